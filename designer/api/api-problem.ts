import type { ProblemDetails } from '#contract';

export type FieldProblem = NonNullable<ProblemDetails['errors']>[number];

/**
 * Anything that kept an API call from its answer. `status` 0 means the server was never reached, so nothing is known
 * to have happened; for every other status the server has spoken.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** Stable machine code, e.g. `task-not-active`; empty when the answer carried none. */
  readonly code: string;
  readonly detail: string;
  /** Id to quote to the administrator. */
  readonly requestId: string | null;
  /** Errors of form data (422). */
  readonly errors: readonly FieldProblem[];

  constructor(details: Partial<ProblemDetails> & { readonly status: number }, requestId: string | null = null) {
    super(details.detail || details.title || `HTTP ${details.status}`);
    this.status = details.status;
    this.code = details.code ?? '';
    this.detail = details.detail ?? '';
    this.requestId = details.requestId ?? requestId;
    this.errors = details.errors ?? [];
  }

  /** Worth trying again by itself with the same idempotency key: the network, a restart or an overload. */
  get transient(): boolean {
    return (
      this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504
    );
  }
}

/** Reads an answer that is not 2xx; never throws, whatever a proxy put into the body. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const requestId = response.headers.get('x-request-id');
  const body: unknown = await response.json().catch(() => undefined);
  const details = isRecord(body) ? (body as Partial<ProblemDetails>) : {};
  return new ApiProblem({ ...details, errors: fieldProblems(details.errors), status: response.status }, requestId);
}

function fieldProblems(errors: unknown): FieldProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter((error): error is FieldProblem => isRecord(error) && typeof error.path === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

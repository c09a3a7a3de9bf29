import { currentLanguage } from '../texts/i18n.ts';
import { ApiProblem, readProblem } from './api-problem.ts';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** Required for every write: the same key means the same action, however often it arrives. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

type SignedOut = () => void;
let onSignedOut: SignedOut = () => undefined;

/** Called once by the application: what to do when the server no longer knows the session. */
export function whenSignedOut(listener: SignedOut): void {
  onSignedOut = listener;
}

/**
 * One call of our API, answered with parsed JSON (undefined for 204).
 * @throws ApiProblem for every answer that is not 2xx and for a server that is not reached
 * @throws DOMException `AbortError` when `signal` cancels
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, idempotencyKey, signal } = options;
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': currentLanguage() };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const init: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  };
  const response = await fetch(withQuery(path, options.query), init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem({ status: 0 });
  });
  if (!response.ok) {
    if (response.status === 401 && path !== '/api/session') onSignedOut();
    throw await readProblem(response);
  }
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as T;
  return (await response.json().catch(() => {
    throw new ApiProblem(
      { status: response.status, title: 'Expected a JSON answer.' },
      response.headers.get('x-request-id'),
    );
  })) as T;
}

/** Adds the query values that are set; empty strings count as not set. */
export function withQuery(path: string, query: RequestOptions['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

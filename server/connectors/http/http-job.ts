import { context, propagation, SpanKind } from '@opentelemetry/api';
import { addDuration, parseDuration, type JsonValue, type VariableMap } from '#engine';
import type { Definitions } from '../../runtime/definitions.ts';
import { inSpan } from '../../telemetry/in-span.ts';
import type { ActivatedJob } from '../../worker/claim-jobs.ts';
import { JobFailure } from '../../worker/job-errors.ts';
import type { JobHandler } from '../../worker/job-handlers.ts';
import { hostOf, TargetRefused, type TargetRules } from './check-target.ts';
import { judgeAnswer, mapResponse, type Answer, type MappingSite } from './map-response.ts';
import { readRequest } from './read-request.ts';
import { secretsIn, useSecrets, type Secrets, type SecretUse } from './secrets.ts';
import { RequestFailed, sendRequest, type HttpResponse, type SendDeps } from './send-request.ts';

/** The job type of Camunda 8's REST connector, so that a model with its template runs here. */
export const HTTP_JOB = 'io.camunda:http-json:1';

export interface HttpJobDeps {
  readonly definitions: Definitions;
  readonly secrets: Secrets;
  readonly httpRules: TargetRules;
  readonly now: () => number;
  /** For tests: how names become addresses. */
  readonly resolve?: SendDeps['resolve'];
}

/** Answers that another try may change; every other 4xx says that the request is wrong. */
const PASSING = [408, 425, 429];

/**
 * One HTTP request. At-least-once, as every job: the header `Idempotency-Key` is the same for every try, so that a server
 * that knows it does the work once.
 */
export function httpJob(deps: HttpJobDeps): JobHandler {
  return async ({ job, idempotencyKey }) => {
    const { model } = await deps.definitions.execution(job.processDefinitionKey);
    const node = model.nodes.get(job.elementId);
    const written = [...(node?.inputMappings ?? []).map(({ source }) => source.text), ...Object.values(job.headers)];
    const secrets = useSecrets(deps.secrets, new Set(written.flatMap(secretsIn)));
    const request = readRequest(job, secrets);
    if (URL.canParse(request.url)) secrets.checkHost(hostOf(new URL(request.url)));
    const site: MappingSite = {
      headers: job.headers,
      calendars: deps.definitions.calendars,
      zone: deps.definitions.zone,
      now: deps.now(),
    };
    const send: SendDeps = { rules: deps.httpRules, ...(deps.resolve && { resolve: deps.resolve }) };
    const headers = { 'idempotency-key': idempotencyKey, 'user-agent': 'Reglament', ...request.headers };
    return traced(request, () => sendRequest(send, { ...request, headers: { ...traceHeaders(), ...headers } })).then(
      (response) => answered(job, { response, secrets, site }),
      (error: unknown) => unanswered(job, { error, secrets, site }),
    );
  };
}

/** The host is named; path and query may carry what people wrote. */
function traced(
  { method, url }: { readonly method: string; readonly url: string },
  send: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const attributes = {
    'http.request.method': method,
    'server.address': URL.canParse(url) ? hostOf(new URL(url)) : 'unknown',
  };
  return inSpan(method, { kind: SpanKind.CLIENT, attributes }, send);
}

/** So that the other side can go on with our trace. */
function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

function answered(
  job: ActivatedJob,
  {
    response,
    secrets,
    site,
  }: { readonly response: HttpResponse; readonly secrets: SecretUse; readonly site: MappingSite },
): VariableMap {
  const { status } = response;
  const good = status >= 200 && status < 300;
  const text = secrets.mask(response.text);
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, secrets.mask(value)]),
  );
  const answer: Answer = {
    response: { status, headers, body: bodyOf(text) },
    error: good ? null : { code: String(status), message: `HTTP ${status}: ${text.slice(0, 300)}` },
  };
  const judged = judgeAnswer(answer, site);
  if (judged !== null) return judged;
  if (answer.error === null) return mapResponse(answer, site);
  const passing = status >= 500 || PASSING.includes(status);
  throw failure(job, { message: answer.error.message, passing, pause: retryAfter(response, site.now) });
}

function unanswered(
  job: ActivatedJob,
  { error, secrets, site }: { readonly error: unknown; readonly secrets: SecretUse; readonly site: MappingSite },
): VariableMap {
  if (!(error instanceof RequestFailed) && !(error instanceof TargetRefused)) throw error;
  const message = secrets.mask(error.message);
  const code = error instanceof TargetRefused ? 'TARGET_REFUSED' : 'NO_ANSWER';
  const judged = judgeAnswer({ response: null, error: { code, message } }, site);
  if (judged !== null) return judged;
  throw failure(job, { message, passing: error instanceof RequestFailed && error.retryable, pause: undefined });
}

/** The author's `retryBackoff` wins, then what the server asks for, then our own growing pause. */
function failure(
  job: ActivatedJob,
  {
    message,
    passing,
    pause,
  }: { readonly message: string; readonly passing: boolean; readonly pause: number | undefined },
): JobFailure {
  if (!passing) return new JobFailure(message, { retries: 0 });
  const written = job.headers['retryBackoff'];
  const retryBackOff = written === undefined || written === '' ? pause : addDuration(0, parseDuration(written), 'UTC');
  return new JobFailure(message, retryBackOff === undefined ? {} : { retryBackOff });
}

function retryAfter({ headers }: HttpResponse, now: number): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  const wait = /^\d+$/u.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, 60 * 60_000) : undefined;
}

/** JSON where it reads as JSON, whatever the server calls it, as Camunda's connector does; else the text. */
function bodyOf(text: string): JsonValue {
  if (text === '') return null;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

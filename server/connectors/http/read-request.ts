import type { JsonValue } from '#engine';
import type { ActivatedJob } from '../../worker/claim-jobs.ts';
import { JobFailure } from '../../worker/job-errors.ts';
import { readParameter, requireText } from '../read-parameter.ts';
import type { SecretUse } from './secrets.ts';
import type { HttpRequest } from './send-request.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];
const DEFAULT_SECONDS = 20;
const MOST_SECONDS = 120;

/**
 * The request of a step, from the inputs of Camunda's REST connector: `method`, `url`, `headers`, `queryParameters`,
 * `body`, `authentication`, `connectionTimeoutInSeconds`, `readTimeoutInSeconds`.
 *
 * @throws JobFailure without further tries for what the author of the model has to mend
 */
export function readRequest(job: ActivatedJob, secrets: SecretUse): HttpRequest {
  const given = readParameter(job, 'method') ?? 'GET';
  const method = typeof given === 'string' ? given.toUpperCase() : '';
  if (!METHODS.includes(method)) throw wrong(job, 'method', METHODS.join(', '));
  const url = secrets.fill(requireText(job, 'url'));
  const headers = new Map(
    Object.entries(textsOf(job, 'headers', secrets)).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const query = textsOf(job, 'queryParameters', secrets);
  const body = ['GET', 'HEAD'].includes(method) ? null : bodyOf(job, headers, secrets);
  authenticate(job, { headers, query, secrets });
  return {
    method,
    url: withQuery(url, query),
    headers: Object.fromEntries(headers),
    body,
    connectionTimeout: seconds(job, 'connectionTimeoutInSeconds'),
    readTimeout: seconds(job, 'readTimeoutInSeconds'),
  };
}

function textsOf(job: ActivatedJob, name: string, secrets: SecretUse): Record<string, string> {
  const value = readParameter(job, name);
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong(job, name, 'a context');
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => [key, filled(one, secrets)]),
  );
}

/** A text goes as it is, anything else as JSON. */
function bodyOf(job: ActivatedJob, headers: Map<string, string>, secrets: SecretUse): string | null {
  const value = readParameter(job, 'body');
  if (value === undefined || value === null) return null;
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return filled(value, secrets);
}

/** Secrets go in before a value becomes JSON: one with a quotation mark would break it. */
function filled(value: JsonValue, secrets: SecretUse): string {
  if (typeof value === 'string') return secrets.fill(value);
  return JSON.stringify(value, (_, one: JsonValue) => (typeof one === 'string' ? secrets.fill(one) : one));
}

interface Parts {
  readonly headers: Map<string, string>;
  readonly query: Record<string, string>;
  readonly secrets: SecretUse;
}

function authenticate(job: ActivatedJob, { headers, query, secrets }: Parts): void {
  const given = readParameter(job, 'authentication') ?? { type: 'noAuth' };
  if (typeof given !== 'object' || Array.isArray(given) || given === null)
    throw wrong(job, 'authentication', 'a context');
  const parts = given as Readonly<Record<string, JsonValue>>;
  const part = (name: string): string => {
    const value = parts[name];
    if (typeof value !== 'string') throw wrong(job, `authentication.${name}`, 'a text');
    return secrets.fill(value);
  };
  switch (parts['type']) {
    case 'noAuth':
      return;
    case 'basic':
      headers.set(
        'authorization',
        `Basic ${secrets.hide(Buffer.from(`${part('username')}:${part('password')}`).toString('base64'))}`,
      );
      return;
    case 'bearer':
      headers.set('authorization', `Bearer ${part('token')}`);
      return;
    case 'apiKey':
      if (parts['apiKeyLocation'] === 'query') query[part('name')] = part('value');
      else headers.set(part('name').toLowerCase(), part('value'));
      return;
    default:
      throw wrong(job, 'authentication.type', 'noAuth, basic, bearer, apiKey');
  }
}

function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  if (Object.keys(query).length === 0 || !URL.canParse(url)) return url;
  const whole = new URL(url);
  for (const [name, value] of Object.entries(query)) whole.searchParams.append(name, value);
  return whole.href;
}

function seconds(job: ActivatedJob, name: string): number {
  const value = Number(readParameter(job, name) ?? DEFAULT_SECONDS);
  if (!(value > 0 && value <= MOST_SECONDS)) throw wrong(job, name, `1–${MOST_SECONDS}`);
  return value * 1_000;
}

function wrong(job: ActivatedJob, name: string, expected: string): JobFailure {
  return new JobFailure(
    `Шаг «${job.elementId}»: вход «${name}» задан неверно, ожидается ${expected}. / ` +
      `Step "${job.elementId}": the input "${name}" does not fit, expected ${expected}.`,
    { retries: 0 },
  );
}

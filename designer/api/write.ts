import { ApiProblem } from './api-problem.ts';
import { createIntentions } from './intentions.ts';
import { request, type RequestOptions } from './request.ts';

const intentions = createIntentions();
const underWay = new Map<string, Promise<unknown>>();

export interface Write {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** What is done to what; the default is method and path. */
  readonly action?: string;
}

/**
 * Sends one intention of a person. While it is under way a second call with the same content joins the first; when the
 * network fails or the server is restarting it is sent again, twice at most, under the same idempotency key.
 * @throws ApiProblem
 */
export async function write<T>(intent: Write): Promise<T> {
  const { method, path, body } = intent;
  const action = intent.action ?? `${method} ${path}`;
  const idempotencyKey = intentions.keyFor(action, body);
  const running = underWay.get(idempotencyKey) as Promise<T> | undefined;
  if (running !== undefined) return running;
  const sent = sendWithRetries<T>(path, { method, body, idempotencyKey });
  underWay.set(idempotencyKey, sent);
  try {
    const answer = await sent;
    intentions.settle(action, body);
    return answer;
  } catch (error) {
    if (!(error instanceof ApiProblem) || !error.transient) intentions.settle(action, body);
    throw error;
  } finally {
    underWay.delete(idempotencyKey);
  }
}

const PAUSES_MS = [400, 1200];

async function sendWithRetries<T>(path: string, options: RequestOptions, attempt = 0): Promise<T> {
  try {
    return await request<T>(path, options);
  } catch (error) {
    const pause = PAUSES_MS[attempt];
    if (!(error instanceof ApiProblem) || !error.transient || pause === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return sendWithRetries<T>(path, options, attempt + 1);
  }
}

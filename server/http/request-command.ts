import type { JsonValue } from '#engine';
import { answerKeyOf, findAnswers, hashRequest, IdempotencyConflict, once } from '../database/command-log.ts';
import { bucketForText } from '../database/key-source.ts';
import type { Transaction } from '../database/transaction.ts';
import type { Principal } from '../identity/principal.ts';
import { Refused } from './refused.ts';

/** A write that came with an Idempotency-Key. Its answer is stored in the transaction that stores its effect. */
export interface RequestCommand {
  /** The client's key within its own account: one person's key never meets another's. */
  readonly commandId: string;
  /** Hash of method, address and body: the same key with another request is a mistake that is told. */
  readonly requestHash: string;
}

export interface IdentifiedRequest {
  readonly principal: Principal | null;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** @throws Refused `invalid-request` for a key that cannot be one */
export function requestCommandOf(header: string | undefined, request: IdentifiedRequest): RequestCommand | null {
  if (header === undefined) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(header)) {
    throw new Refused('invalid-request', {
      ru: 'Idempotency-Key: от 1 до 200 знаков ASCII без пробелов.',
      en: 'Idempotency-Key: 1 to 200 ASCII characters without spaces.',
    });
  }
  const { principal, method, path, body } = request;
  const content = Buffer.isBuffer(body) ? body.toString('base64') : ((body ?? null) as JsonValue);
  return {
    commandId: `api:${principal?.username ?? ''}:${header}`,
    requestHash: hashRequest(method, path, content),
  };
}

/**
 * Runs the effect of a write inside its transaction; with a key, at most once.
 *
 * @param bucket of the case it concerns, so that one transaction touches one bucket; by default that of the key
 * @throws IdempotencyConflict
 */
export function runOnce<T extends JsonValue>(
  tx: Transaction,
  options: { readonly command: RequestCommand | null; readonly bucket?: number; readonly now: number },
  run: () => Promise<T>,
): Promise<T> {
  const { command, now } = options;
  if (command === null) return run();
  const bucket = options.bucket ?? bucketForText(command.commandId);
  return once(tx, { ...command, bucket, now }, run);
}

/**
 * What an earlier attempt of this very request came to, for a write whose effect is more than one transaction; null when it has not come
 * to an end. The last of its transactions stores the answer by `runOnce`.
 * @throws IdempotencyConflict
 */
export async function answeredBefore<T extends JsonValue>(
  tx: Transaction,
  command: RequestCommand | null,
): Promise<T | null> {
  if (command === null) return null;
  const id = { bucket: bucketForText(command.commandId), commandId: command.commandId };
  const answer = (await findAnswers(tx, [id])).get(answerKeyOf(id));
  if (answer === undefined) return null;
  if (answer.requestHash !== command.requestHash) throw new IdempotencyConflict(command.commandId);
  return answer.response as T;
}

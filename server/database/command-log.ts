import { createHash } from 'node:crypto';
import type { JsonValue } from '#engine';
import { queryRows } from './connect.ts';
import type { Transaction } from './transaction.ts';

/** The same command id came with another request. */
export class IdempotencyConflict extends Error {
  override readonly name = 'IdempotencyConflict';
  readonly commandId: string;
  constructor(commandId: string) {
    super(
      `Expected the request with the key "${commandId}" to repeat the first one, but it differs. ` +
        'Send a new idempotency key for a new request.',
    );
    this.commandId = commandId;
  }
}

export interface CommandIdentity {
  /** Of the instance for its commands, else `bucketForText(commandId)`. */
  readonly bucket: number;
  readonly commandId: string;
  /** `hashRequest` of what was asked, so that a key used twice by mistake is noticed. */
  readonly requestHash: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Runs a command once: its answer is stored in the transaction that stores its effect, and a repeat gets that answer
 * without running. Of two at the same time the second waits for the first, on the primary key (PostgreSQL) or on the
 * write lock (SQLite). When `run` throws, the transaction must roll back: then nothing is stored and a repeat runs.
 * @throws IdempotencyConflict
 */
export async function once<T extends JsonValue>(
  tx: Transaction,
  { bucket, commandId, requestHash, now }: CommandIdentity,
  run: () => Promise<T>,
): Promise<T> {
  // The row is written first: a second transaction with the same id then waits here, before it does anything.
  const claimed = await queryRows(
    tx,
    `INSERT INTO command_log (bucket, command_id, request_hash, response, created_at) VALUES (?, ?, ?, 'null', ?)
     ON CONFLICT (bucket, command_id) DO NOTHING RETURNING bucket`,
    [bucket, commandId, requestHash, now],
  );
  if (claimed.length === 0) {
    const [stored] = await queryRows<{ request_hash: string; response: string }>(
      tx,
      'SELECT request_hash, response FROM command_log WHERE bucket = ? AND command_id = ?',
      [bucket, commandId],
    );
    if (stored!.request_hash !== requestHash) throw new IdempotencyConflict(commandId);
    return JSON.parse(stored!.response) as T;
  }
  const response = await run();
  await queryRows(tx, 'UPDATE command_log SET response = ? WHERE bucket = ? AND command_id = ?', [
    JSON.stringify(response ?? null),
    bucket,
    commandId,
  ]);
  return response;
}

/** SHA-256 of the parts of a request that must be equal for it to be a repeat. */
export function hashRequest(...parts: readonly JsonValue[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

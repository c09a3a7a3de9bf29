import { createHash } from 'node:crypto';
import type { JsonValue } from '#engine';
import { queryRows } from './connect.ts';
import { defineTable } from './table-spec.ts';
import { insertNewRows } from './write-rows.ts';
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

export interface StoredAnswer {
  readonly requestHash: string;
  readonly response: JsonValue;
}

const commandLogTable = defineTable('command_log', {
  columns: { bucket: 'smallint', command_id: 'text', request_hash: 'text', response: 'json', created_at: 'time' },
  primaryKey: ['bucket', 'command_id'],
});

type CommandId = Pick<CommandIdentity, 'bucket' | 'commandId'>;

/** An id means nothing outside its bucket. */
export function answerKeyOf({ bucket, commandId }: CommandId): string {
  return `${bucket} ${commandId}`;
}

const IDS = { columns: { bucket: 'smallint', command_id: 'text' } } as const;

/** What commands with these ids came to, by `answerKeyOf`, for those that have run; one query however many. */
export async function findAnswers(
  tx: Transaction,
  ids: readonly CommandId[],
): Promise<ReadonlyMap<string, StoredAnswer>> {
  if (ids.length === 0) return new Map();
  const rows = await queryRows<{ bucket: number; command_id: string; request_hash: string; response: string }>(
    tx,
    `SELECT l.bucket, l.command_id, l.request_hash, l.response FROM ${tx.dialect.rowsFromJson(IDS, 'i', ids.length)}
     JOIN command_log l ON l.bucket = i.bucket AND l.command_id = i.command_id`,
    [JSON.stringify(ids.map(({ bucket, commandId }) => ({ bucket, command_id: commandId })))],
  );
  return new Map(
    rows.map((row) => [
      answerKeyOf({ bucket: row.bucket, commandId: row.command_id }),
      { requestHash: row.request_hash, response: JSON.parse(row.response) as JsonValue },
    ]),
  );
}

/** Another node has just run a command of this batch: its work must not be stored twice. */
export class AnsweredElsewhere extends Error {
  override readonly name = 'AnsweredElsewhere';
  constructor() {
    super('Another node has just carried out one of these commands; the others run again.');
  }
}

/**
 * Stores the answers of commands in the transaction of their effects, by one statement. Of two nodes with the same command
 * the second waits here for the first. @throws AnsweredElsewhere
 */
export async function storeAnswers(
  tx: Transaction,
  answers: readonly (CommandIdentity & { readonly response: JsonValue })[],
): Promise<void> {
  const stored = await insertNewRows(
    tx,
    commandLogTable,
    answers.map(({ bucket, commandId, requestHash, response, now }) => ({
      bucket,
      command_id: commandId,
      request_hash: requestHash,
      response,
      created_at: now,
    })),
  );
  if (stored.length < answers.length) throw new AnsweredElsewhere();
}

/** SHA-256 of the parts of a request that must be equal for it to be a repeat. */
export function hashRequest(...parts: readonly JsonValue[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

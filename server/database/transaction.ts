import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Database, Executor } from './connect.ts';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 320;

/** An open writing transaction. `sql` is a knex bound to it. */
export interface Transaction extends Executor {
  readonly sql: Knex.Transaction;
  /** Runs once the transaction has committed; never when it rolls back. For wake-up hints and caches, not for effects. */
  afterCommit(action: () => void): void;
  /** How many statements so far may have changed something: all that are no SELECT. */
  writes(): number;
}

/** The connection broke while COMMIT was on its way: nobody knows whether it happened. Repeat with the same command id. */
export class CommitInDoubt extends Error {
  override readonly name = 'CommitInDoubt';
  constructor(cause: unknown) {
    super('The connection to the database broke during COMMIT; repeat the request with the same idempotency key.', {
      cause,
    });
  }
}

/**
 * Runs `work` in one transaction: all of it is stored, or, when it throws, nothing. When the database refuses for a
 * reason that passes (serialization failure, deadlock, busy file, connection lost before COMMIT) the whole work runs
 * again, so it must have no effect but on the database; `afterCommit` is for the rest.
 * @throws CommitInDoubt, and whatever `work` throws
 */
export async function inTransaction<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(database, work);
    } catch (error) {
      const again = database.dialect.isTransient(error) || database.dialect.isConnectionLost(error);
      if (!again || attempt >= database.dialect.attempts) throw error;
      await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + Math.random()));
    }
  }
}

async function attemptOnce<T>(
  { writer, dialect, beforeCommit, afterCommit }: Database,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const actions: (() => void)[] = [];
  let failure: { readonly error: unknown } | undefined;
  let committing = false;
  let writes = 0;
  let result: T;
  try {
    result = await writer.transaction(async (sql) => {
      // Every statement of this transaction and of no other passes here, raw ones too; it is gone with the transaction.
      sql.on('query', (query: { readonly sql: string }) => {
        if (!/^\s*select\b/i.test(query.sql)) writes += 1;
      });
      try {
        const value = await work({
          sql,
          dialect,
          afterCommit: (action) => actions.push(action),
          writes: () => writes,
        });
        beforeCommit?.();
        committing = true;
        return value;
      } catch (error) {
        failure = { error };
        throw error;
      }
    });
  } catch (error) {
    if (committing && dialect.isConnectionLost(error)) throw new CommitInDoubt(error);
    // A failed ROLLBACK would otherwise hide why the work failed.
    throw failure?.error ?? error;
  }
  afterCommit?.();
  for (const action of actions) action();
  return result;
}

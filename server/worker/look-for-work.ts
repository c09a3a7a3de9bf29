import { queryRows, type Executor } from '../database/connect.ts';
import type { Rights } from '../nodes/rights.ts';

/** What there is to do: a round claims nothing else. */
export interface WorkFound {
  /** Timers, or start events by timer. */
  readonly timers: boolean;
  readonly outbox: boolean;
  /** Of our own types, those with a job to be had. */
  readonly jobTypes: ReadonlySet<string>;
}

export const NOTHING: WorkFound = { timers: false, outbox: false, jobTypes: new Set() };

/**
 * One read for all kinds of work, outside of any transaction: a claim takes the write lock of SQLite, and three round trips
 * on PostgreSQL, even when there is nothing to claim; with ten kinds of work that was a third of a busy worker's time.
 */
export async function lookForWork(
  executor: Executor,
  { types, rights, now }: { readonly types: readonly string[]; readonly rights: Rights; readonly now: number },
): Promise<WorkFound> {
  const own = rights.parameters;
  const rows = await queryRows<{ kind: string; type: string }>(
    executor,
    `SELECT 'timer' AS kind, '' AS type WHERE EXISTS (SELECT 1 FROM timer WHERE suspended = FALSE AND due_at <= ?${rights.within('bucket')})
     UNION ALL SELECT 'timer', '' WHERE EXISTS (SELECT 1 FROM start_subscription WHERE due_at <= ?)
     UNION ALL SELECT 'outbox', '' WHERE EXISTS (SELECT 1 FROM outbox WHERE available_at <= ?${rights.within('bucket')})
     UNION ALL SELECT 'job', mine.value FROM (${executor.dialect.listFromJson('text')}) AS mine WHERE EXISTS (
       SELECT 1 FROM job WHERE type = mine.value AND ended_at IS NULL AND retries > 0 AND suspended = FALSE
         AND available_at <= ? AND lease_until IS NULL${rights.within('bucket')})`,
    [now, ...own, now, now, ...own, JSON.stringify(types), now, ...own],
  );
  const of = (kind: string): readonly string[] => rows.filter((row) => row.kind === kind).map(({ type }) => type);
  return { timers: of('timer').length > 0, outbox: of('outbox').length > 0, jobTypes: new Set(of('job')) };
}

import { queryRows, type Executor } from '../database/connect.ts';
import { ASSIGNING } from './keep-usage.ts';
import { pseudonymOf } from './pseudonym.ts';

/** Both ends belong to it. Epoch milliseconds. */
export interface UsageWindow {
  readonly from: number;
  readonly to: number;
}

/** What was done in a time, in the words of the Camunda 8 API. */
export interface Usage {
  /** Cases that began: instances that nothing called. */
  readonly processInstances: number;
  /** Null when cases of that time were deleted before anything was kept of them. */
  readonly rest: { readonly decisionInstances: number; readonly assignees: number } | null;
}

/**
 * Counts from what is there and from what is kept of deleted cases: their starts to the millisecond, the rest by the hour, so a window
 * of whole hours is exact. Nothing is written while processes run. Who was assigned is read from the histories of the instances that lived
 * in the window, by the primary key; an index of assignments would cost every step of every process.
 */
export async function readUsage(executor: Executor, window: UsageWindow): Promise<Usage> {
  const processInstances = await countStarts(executor, window);
  if (await isForgotten(executor, window)) return { processInstances, rest: null };
  const decisionInstances = await countDecisions(executor, window);
  return { processInstances, rest: { decisionInstances, assignees: await countAssignees(executor, window) } };
}

async function countStarts(executor: Executor, { from, to }: UsageWindow): Promise<number> {
  return count(
    executor,
    `SELECT (SELECT count(*) FROM process_instance WHERE started_at BETWEEN ? AND ? AND parent_process_instance_key IS NULL)
       + (SELECT count(*) FROM deleted_case WHERE started_at BETWEEN ? AND ?) AS n`,
    [from, to, from, to],
  );
}

async function countDecisions(executor: Executor, { from, to }: UsageWindow): Promise<number> {
  return count(
    executor,
    `SELECT (SELECT count(*) FROM decision_instance WHERE evaluated_at BETWEEN ? AND ? AND state = 'EVALUATED')
       + (SELECT COALESCE(sum(amount), 0) FROM deleted_usage WHERE kind = 'decision' AND hour BETWEEN ? AND ?) AS n`,
    [from, to, from, to],
  );
}

async function countAssignees(executor: Executor, { from, to }: UsageWindow): Promise<number> {
  const { dialect } = executor;
  const assignee = `COALESCE(${dialect.jsonText('h.event', ['assignee'])}, ${dialect.jsonText('h.event', ['userTask', 'assignee'])})`;
  const living = await queryRows<{ assignee: string | null }>(
    executor,
    // jsonb refuses a text with U+0000, which no login has: such an event is left out and not read.
    `SELECT DISTINCT CASE WHEN h.event LIKE '%\\u0000%' ESCAPE '!' THEN NULL ELSE ${assignee} END AS assignee
     FROM process_instance p
     JOIN history_event h ON h.bucket = p.bucket AND h.process_instance_key = p.process_instance_key
     WHERE p.started_at <= ? AND (p.ended_at IS NULL OR p.ended_at >= ?)
       AND h.at BETWEEN ? AND ? AND h.kind IN ${ASSIGNING}`,
    [to, from, from, to],
  );
  const deleted = await queryRows<{ name: string }>(
    executor,
    `SELECT DISTINCT name FROM deleted_usage WHERE kind = 'assignee' AND hour BETWEEN ? AND ?`,
    [from, to],
  );
  const people = living.flatMap((row) => (row.assignee === null ? [] : [pseudonymOf(row.assignee)]));
  return new Set([...people, ...deleted.map(({ name }) => name)]).size;
}

/** A case that lived then was deleted without a trace of what was done in it. */
async function isForgotten(executor: Executor, { from, to }: UsageWindow): Promise<boolean> {
  const rows = await queryRows(
    executor,
    `SELECT 1 AS one FROM deleted_case WHERE started_at <= ? AND (ended_at IS NULL OR ended_at >= ?)
       AND usage_kept IS NULL LIMIT 1`,
    [to, from],
  );
  return rows.length > 0;
}

async function count(executor: Executor, sql: string, parameters: readonly number[]): Promise<number> {
  const [row] = await queryRows<{ n: number | string }>(executor, sql, parameters);
  return Number(row!.n);
}

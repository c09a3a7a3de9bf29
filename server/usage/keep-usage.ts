import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { pseudonymOf } from './pseudonym.ts';

/** What is kept of a case that goes: how many decisions were evaluated in it, and who was assigned a task, in each hour. */
export type UsageKind = 'decision' | 'assignee';

export const HOUR = 60 * 60_000;
/** Events that assign somebody. */
export const ASSIGNING = `('userTaskCreated', 'userTaskAssigned')`;

/** In the transaction that deletes these instances, before their rows go. */
export async function keepUsage(
  tx: Executor,
  { bucket, instances }: { readonly bucket: number; readonly instances: readonly Key[] },
): Promise<void> {
  const keys = JSON.stringify(instances);
  const list = tx.dialect.listFromJson('key');
  const decisions = await queryRows<{ hour: number | string; amount: number | string }>(
    tx,
    `SELECT evaluated_at - evaluated_at % ${HOUR} AS hour, count(*) AS amount
     FROM decision_instance WHERE bucket = ? AND process_instance_key IN (${list}) AND state = 'EVALUATED'
     GROUP BY evaluated_at - evaluated_at % ${HOUR}`,
    [bucket, keys],
  );
  // Read as text: PostgreSQL's jsonb refuses what a text of a model may hold, and nothing may keep a case from being deleted.
  const assignments = await queryRows<{ at: number | string; event: string }>(
    tx,
    `SELECT at, event FROM history_event WHERE bucket = ? AND process_instance_key IN (${list}) AND kind IN ${ASSIGNING}`,
    [bucket, keys],
  );
  const assigned = assignments.flatMap(({ at, event }) => {
    const assignee = assigneeIn(JSON.parse(event));
    return assignee === null ? [] : [{ hour: hourOf(Number(at)), name: pseudonymOf(assignee) }];
  });
  const rows = [
    ...decisions.map(({ hour, amount }) => ({
      hour: Number(hour),
      kind: 'decision',
      name: '',
      amount: Number(amount),
    })),
    ...[...new Map(assigned.map((row) => [`${row.hour} ${row.name}`, row])).values()].map((row) => ({
      ...row,
      kind: 'assignee',
      amount: 1,
    })),
  ];
  // In one order, or two transactions of a bucket could wait for each other.
  rows.sort((a, b) => a.hour - b.hour || a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));
  for (const { hour, kind, name, amount } of rows)
    await queryRows(
      tx,
      `INSERT INTO deleted_usage (bucket, hour, kind, name, amount) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (bucket, hour, kind, name) DO UPDATE SET amount = deleted_usage.amount + excluded.amount`,
      [bucket, hour, kind, name, amount],
    );
}

function assigneeIn(event: unknown): string | null {
  const { assignee, userTask } = event as {
    readonly assignee?: string | null;
    readonly userTask?: { readonly assignee: string | null };
  };
  return assignee ?? userTask?.assignee ?? null;
}

function hourOf(at: number): number {
  return at - (at % HOUR);
}

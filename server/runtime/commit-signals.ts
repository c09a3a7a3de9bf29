import { bucketOf, type Effect, type Key } from '#engine';
import type { Executor } from '../database/connect.ts';
import { insertNewRows } from '../database/write-rows.ts';
import type { FollowUp } from './follow-up.ts';
import { outboxTable } from './instance-tables.ts';
import type { UnnamedStep } from './tree-run.ts';

/** What a commit left for others to do: hints that save them the wait for their next poll, never the only notice. */
export interface CommitSignals {
  /** Types of jobs that became available. */
  readonly jobTypes: readonly string[];
  /** Earliest due time among the timers scheduled; null for none. */
  readonly nextTimerAt: number | null;
  readonly openedSubscriptions: boolean;
  readonly endedInstances: boolean;
  readonly outbox: boolean;
}

export function signalsOf(steps: readonly UnnamedStep[], outbox: boolean): CommitSignals {
  const jobTypes = new Set<string>();
  let nextTimerAt: number | null = null;
  let openedSubscriptions = false;
  let endedInstances = false;
  for (const { accepted } of steps) {
    for (const job of accepted.changes.jobs.values()) if (job !== null && job.retries > 0) jobTypes.add(job.type);
    for (const timer of accepted.changes.timers.values()) {
      if (timer !== null) nextTimerAt = Math.min(timer.dueAt, nextTimerAt ?? Infinity);
    }
    for (const subscription of accepted.changes.subscriptions.values()) openedSubscriptions ||= subscription !== null;
    endedInstances ||= accepted.instance.header.state !== 'active';
  }
  return { jobTypes: [...jobTypes], nextTimerAt, openedSubscriptions, endedInstances, outbox };
}

/**
 * Stores what must leave the tree after the commit: messages, deadline notices, and follow-ups beyond the limit of one
 * transaction. A repeat has the same id and changes nothing.
 * @returns how many rows
 */
export async function writeOutbox(
  tx: Executor,
  {
    steps,
    left,
    now,
  }: { readonly steps: readonly UnnamedStep[]; readonly left: readonly FollowUp[]; readonly now: number },
): Promise<number> {
  const row = (from: Key, id: string, kind: string, payload: unknown) => ({
    bucket: bucketOf(from),
    outbox_id: id,
    kind,
    payload,
    created_at: now,
    available_at: now,
    attempts: 0,
    error_message: null,
  });
  const rows = steps.flatMap(({ accepted }) => {
    const { processInstanceKey, rootProcessInstanceKey, historyLength } = accepted.instance.header;
    return accepted.effects.filter(leavesTheTree).map((effect, at) =>
      row(processInstanceKey, `${processInstanceKey}:${historyLength}:${at}`, effect.kind, {
        ...effect,
        fromProcessInstanceKey: processInstanceKey,
        fromRootProcessInstanceKey: rootProcessInstanceKey,
      }),
    );
  });
  const lastLength = steps.at(-1)?.accepted.instance.header.historyLength ?? 0;
  left.forEach((followUp, at) =>
    rows.push(row(followUp.from, `${followUp.from}:${lastLength}:left:${at}`, 'followUp', followUp)),
  );
  await insertNewRows(tx, outboxTable, rows);
  return rows.length;
}

function leavesTheTree({ kind }: Effect): boolean {
  return kind === 'publishMessage' || kind === 'notifyDeadline';
}

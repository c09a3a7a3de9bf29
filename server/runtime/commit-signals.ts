import { bucketOf } from '#engine';
import type { UnnamedStep } from './tree-run.ts';

/** What a commit left for others to do: hints that save them the wait for their next poll, never the only notice. */
export interface CommitSignals {
  /** Of the instances that were changed: on PostgreSQL one. */
  readonly buckets: readonly number[];
  /** Types of jobs that became available. */
  readonly jobTypes: readonly string[];
  /** Earliest due time among the timers scheduled; null for none. */
  readonly nextTimerAt: number | null;
  readonly openedSubscriptions: boolean;
  readonly endedInstances: boolean;
  readonly outbox: boolean;
  /** How many commands shared the transaction. */
  readonly commands: number;
}

export function signalsOf(
  steps: readonly UnnamedStep[],
  { outbox, commands }: Pick<CommitSignals, 'outbox' | 'commands'>,
): CommitSignals {
  const buckets = new Set<number>();
  const jobTypes = new Set<string>();
  let nextTimerAt: number | null = null;
  let openedSubscriptions = false;
  let endedInstances = false;
  for (const { accepted } of steps) {
    buckets.add(bucketOf(accepted.instance.header.processInstanceKey));
    for (const job of accepted.changes.jobs.values()) if (job !== null && job.retries > 0) jobTypes.add(job.type);
    for (const timer of accepted.changes.timers.values()) {
      if (timer !== null) nextTimerAt = Math.min(timer.dueAt, nextTimerAt ?? Infinity);
    }
    for (const subscription of accepted.changes.subscriptions.values()) openedSubscriptions ||= subscription !== null;
    // What has waited all the time is to be had again.
    if (accepted.history.some(({ event }) => event.kind === 'instanceResumed')) {
      const { jobs, timers } = accepted.instance;
      for (const { type } of jobs.values()) jobTypes.add(type);
      for (const { dueAt } of timers.values()) nextTimerAt = Math.min(dueAt, nextTimerAt ?? Infinity);
      openedSubscriptions = true;
    }
    endedInstances ||= accepted.instance.header.state !== 'active';
  }
  return {
    buckets: [...buckets],
    jobTypes: [...jobTypes],
    nextTimerAt,
    openedSubscriptions,
    endedInstances,
    outbox,
    commands,
  };
}

import { isMissed, nextFire, type TimerCycle } from '#engine';
import { hashRequest } from '../database/command-log.ts';
import { queryRows, type Database } from '../database/connect.ts';
import { bucketForText } from '../database/key-source.ts';
import { inTransactionBy, type Right, type Rights } from '../nodes/rights.ts';
import type { Runner } from '../runtime/runner.ts';
import { claimDueStarts, claimDueTimers, type DueStart, type DueTimer } from './claim-due-timers.ts';

/** Starts have no instance yet: one node sees to all of them. */
export const START_TIMERS = bucketForText('start-timers');
/** Timers of one claim: they fire in shared commits. */
const BATCH = 200;
const STARTS = 50;

export interface TimerDeps {
  readonly database: Database;
  readonly runner: Runner;
  readonly rights: Rights;
  /** IANA zone of cycles without one. */
  readonly zone: string;
  /** Told of a firing that failed; the timer is tried again when its lease ends. */
  readonly onError: (error: unknown, place: string) => void;
}

/** Fires what is due now, once each, never early. @returns how many were taken; 0 means nothing is due */
export async function fireTimers(deps: TimerDeps, now: number): Promise<number> {
  const { rights } = deps;
  const timers = await claimDueTimers(deps.database, { now, limit: BATCH, rights });
  await Promise.all(timers.map((timer) => guarded(deps, `timer ${timer.timerKey}`, () => fire(deps, timer))));
  if (!rights.holds(START_TIMERS)) return timers.length;
  const right = rights.of(START_TIMERS);
  const starts = await claimDueStarts(deps.database, { now, limit: STARTS, right });
  await Promise.all(
    starts.map((start) => guarded(deps, `start ${start.elementId}`, () => startByTimer(deps, start, { now, right }))),
  );
  return timers.length + starts.length;
}

async function fire({ runner }: TimerDeps, { timerKey, processInstanceKey, right }: DueTimer): Promise<void> {
  await runner.run({
    processInstanceKey,
    by: null,
    right,
    readsInstanceOnly: true,
    // Cancelled or moved meanwhile: the instance decides, under its lock.
    build: ({ instance, now }) => {
      const timer = instance.timers.get(timerKey);
      const isFree = timer !== undefined && instance.header.suspendedAt === null;
      return isFree && timer.dueAt <= now ? { kind: 'fireTimer', timerKey } : null;
    },
  });
}

/** The start is repeatable by its due time, so a crash before the next due time is stored starts nothing twice. */
async function startByTimer(
  { runner, database, zone }: TimerDeps,
  start: DueStart,
  { now, right }: { readonly now: number; readonly right: Right | null },
): Promise<void> {
  const cycle = JSON.parse(start.cycle) as TimerCycle | null;
  const commandId = `start-timer:${start.subscriptionKey}:${start.dueAt}`;
  if (cycle === null || !isMissed(cycle, start.dueAt, now)) {
    await runner.start({
      processDefinitionKey: start.processDefinitionKey,
      variables: {},
      startElementId: start.elementId,
      startDefinitionIndex: start.definitionIndex,
      by: null,
      right,
      repeatable: { commandId, requestHash: hashRequest(commandId) },
    });
  }
  const next = cycle === null ? null : nextFire(cycle, start.dueAt, { now, zone });
  await inTransactionBy(database, right, async (tx) => {
    const { subscriptionKey } = start;
    if (next !== null) {
      const statement = 'UPDATE start_subscription SET due_at = ?, lease_until = NULL WHERE subscription_key = ?';
      await queryRows(tx, statement, [next, subscriptionKey]);
    } else await queryRows(tx, 'DELETE FROM start_subscription WHERE subscription_key = ?', [subscriptionKey]);
  });
}

async function guarded({ onError }: TimerDeps, place: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    onError(error, place);
  }
}

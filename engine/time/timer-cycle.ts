import { nextDueAfter } from './next-due.ts';
import { parseCycle } from './parse-cycle.ts';

/**
 * What becomes of the fires of a cycle that were missed, because the machine was off or the instance suspended: `once` makes
 * them up by one fire, `all` by one for each, `skip` by none. Then the cycle is back on its schedule.
 */
export const MISFIRE_POLICIES = ['once', 'all', 'skip'] as const;
export type MisfirePolicy = (typeof MISFIRE_POLICIES)[number];

/** A cycle as written and the instant it is counted from, so that its fires do not drift. */
export interface TimerCycle {
  readonly text: string;
  readonly anchorAt: number;
  /** `once` when absent. */
  readonly misfire?: MisfirePolicy;
}

/** A busy worker is late by seconds; a fire later than this was missed. */
const MISSED_AFTER_MS = 60_000;

/** When a cycle fires after the fire due at `dueAt`; null when it has ended. */
export function nextFire(
  { text, anchorAt, misfire }: TimerCycle,
  dueAt: number,
  { now, zone }: { readonly now: number; readonly zone: string },
): number | null {
  return nextDueAfter(parseCycle(text, zone), anchorAt, misfire === 'all' ? dueAt : now)?.dueAt ?? null;
}

/** Whether the policy passes over a fire that comes so late. */
export function isMissed({ misfire }: TimerCycle, dueAt: number, now: number): boolean {
  return misfire === 'skip' && now - dueAt > MISSED_AFTER_MS;
}

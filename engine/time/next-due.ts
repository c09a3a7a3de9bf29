import { addDuration, meanLengthMs } from './add-duration.ts';
import { nextCron } from './next-cron.ts';
import type { Cycle } from './parse-cycle.ts';
import { scaleDuration } from './parse-duration.ts';
import { TimeOutOfRange } from './time-out-of-range.ts';

/**
 * The due time of the n-th firing (n from 1), or undefined after the last one. It is counted from the anchor, the moment the
 * timer was created, never from the previous firing: 31 January + P1M gives 28 February and then 31 March
 * (`reliability.md` §1 (7)). With a start in the cycle the first firing is that start, with an end the last is that end, otherwise the first comes one
 * interval after the anchor.
 * For cron this walks n matches; a running timer asks `nextDueAfter` instead.
 * @returns epoch milliseconds
 */
export function nextDue(cycle: Cycle, anchorMs: number, n: number): number | undefined {
  if (!Number.isInteger(n) || n < 1) throw new TimeOutOfRange(`the number of a firing to be 1, 2, 3 …, but got ${n}`);
  if (cycle.kind === 'cron') {
    let due: number | undefined = anchorMs;
    for (let count = 0; count < n && due !== undefined; count += 1) due = nextCron(cycle.cron, due, cycle.zone);
    return due;
  }
  if (cycle.repetitions !== undefined && n > cycle.repetitions) return undefined;
  const fixed = cycle.fixed ?? { n: 0, dueAt: anchorMs };
  return addDuration(fixed.dueAt, scaleDuration(cycle.interval, n - fixed.n), cycle.zone);
}

export interface CycleFiring {
  /** Which firing of the interval it is, from 1; undefined for cron, which does not count. */
  readonly n: number | undefined;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/**
 * The first firing strictly after `afterMs`: how a timer gets back on schedule after downtime, and never fires twice at one
 * moment even where a whole day is missing (Apia had no 30 December 2011). Costs the same for any n.
 */
export function nextDueAfter(cycle: Cycle, anchorMs: number, afterMs: number): CycleFiring | undefined {
  if (cycle.kind === 'cron') {
    const dueAt = nextCron(cycle.cron, Math.max(anchorMs, afterMs), cycle.zone);
    return dueAt === undefined ? undefined : { n: undefined, dueAt };
  }
  const endless: Cycle = { ...cycle, repetitions: undefined };
  const comesAfter = (n: number): boolean => (nextDue(endless, anchorMs, n) ?? Infinity) > afterMs;

  // A guess by the mean length is at most a step or two off. Doubling and halving from n = 1 cost 780 µs for a timer of 2026
  // anchored in 1970, more than twice as much, and 100,000 timers may be overdue at a restart (`reliability.md` R16).
  const fixed = cycle.fixed ?? { n: 0, dueAt: anchorMs };
  let n = Math.max(1, fixed.n + Math.floor((afterMs - fixed.dueAt) / meanLengthMs(cycle.interval)));
  while (!comesAfter(n)) n += 1;
  while (n > 1 && comesAfter(n - 1)) n -= 1;
  const dueAt = nextDue(cycle, anchorMs, n);
  return dueAt === undefined ? undefined : { n, dueAt };
}

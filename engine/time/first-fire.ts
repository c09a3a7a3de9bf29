import { assertNever } from '../assert-never.ts';
import { addDuration } from './add-duration.ts';
import { nextDueAfter } from './next-due.ts';
import { parseCycle } from './parse-cycle.ts';
import { parseDuration } from './parse-duration.ts';
import { parseInstant } from './parse-instant.ts';
import type { MisfirePolicy, TimerCycle } from './timer-cycle.ts';

export interface FirstFire {
  /** Epoch milliseconds. */
  readonly dueAt: number;
  /** Null for what fires once. */
  readonly cycle: TimerCycle | null;
}

/**
 * When a timer fires first, durations and cycles counted from now; null for a cycle that has ended.
 * @throws TimeError for text that is no ISO 8601 date, duration or cycle
 */
export function firstFire(
  { kind, misfire = 'once' }: { readonly kind: 'date' | 'duration' | 'cycle'; readonly misfire?: MisfirePolicy },
  text: string,
  { now, zone }: { readonly now: number; readonly zone: string },
): FirstFire | null {
  switch (kind) {
    case 'date':
      return { dueAt: parseInstant(text, zone), cycle: null };
    case 'duration':
      return { dueAt: addDuration(now, parseDuration(text), zone), cycle: null };
    case 'cycle': {
      const first = nextDueAfter(parseCycle(text, zone), now, now - 1);
      if (first === undefined) return null;
      return { dueAt: first.dueAt, cycle: { text, anchorAt: now, ...(misfire === 'once' ? {} : { misfire }) } };
    }
    default:
      return assertNever(kind);
  }
}

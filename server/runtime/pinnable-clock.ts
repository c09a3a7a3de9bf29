import type { Clock } from './clock.ts';

/** A clock that tests stop and set, so that a deadline of next month passes now (`/v2/clock`). Test mode only. */
export interface PinnableClock extends Clock {
  /** Stands at this instant (epoch milliseconds) until it is pinned again or reset. */
  pin(instant: number): void;
  reset(): void;
}

export function createPinnableClock(real: Clock): PinnableClock {
  let pinned: number | null = null;
  return {
    now: () => pinned ?? real.now(),
    pin: (instant) => void (pinned = instant),
    reset: () => void (pinned = null),
  };
}

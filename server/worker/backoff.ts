const FIRST_MS = 1_000;
const LONGEST_MS = 10 * 60_000;

/** Milliseconds before try `attempt` + 1 (attempts count from 1): 1 s, 2 s, 4 s … 10 min. */
export function backoff(attempt: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(0, attempt - 1), 20));
}

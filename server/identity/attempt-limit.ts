/**
 * Slows guessing of one account, whatever address it comes from: five free tries, then a wait that doubles from one
 * second to five minutes. A wait, never a lock: a lock would let anybody shut a colleague out.
 */
export interface AttemptLimit {
  /** Milliseconds to wait before the account may be tried again; 0 = now. */
  waitFor(username: string, now: number): number;
  failed(username: string, now: number): void;
  succeeded(username: string): void;
}

const FREE_TRIES = 5;
const LONGEST_WAIT = 5 * 60_000;
/** Bounds memory: the oldest account is forgotten first. */
const MAX_ACCOUNTS = 10_000;

export function createAttemptLimit(): AttemptLimit {
  const accounts = new Map<string, { readonly failures: number; readonly lastAt: number }>();
  return {
    waitFor(username, now) {
      const account = accounts.get(username);
      if (account === undefined || account.failures < FREE_TRIES) return 0;
      const wait = Math.min(1_000 * 2 ** (account.failures - FREE_TRIES), LONGEST_WAIT);
      return Math.max(0, account.lastAt + wait - now);
    },
    failed(username, now) {
      const failures = (accounts.get(username)?.failures ?? 0) + 1;
      accounts.delete(username);
      accounts.set(username, { failures, lastAt: now });
      if (accounts.size <= MAX_ACCOUNTS) return;
      const [oldest] = accounts.keys();
      if (oldest !== undefined) accounts.delete(oldest);
    },
    succeeded(username) {
      accounts.delete(username);
    },
  };
}

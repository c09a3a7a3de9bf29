import type { Line } from '../database/connect.ts';

/** What one node tells the others, so that they need not wait for their next poll. */
export interface Hint {
  /** Where there is work: timers, outbox rows, jobs. */
  readonly buckets: readonly number[];
  /** Types of jobs that became available; whoever waits for them may be connected anywhere. */
  readonly jobTypes: readonly string[];
  /** Epoch milliseconds of the earliest timer that was scheduled; null for none. */
  readonly nextTimerAt: number | null;
  /** There are buckets to take. */
  readonly leases: boolean;
  /** There is a new catalog. */
  readonly deployed: boolean;
}

export const NO_HINT: Hint = { buckets: [], jobTypes: [], nextTimerAt: null, leases: false, deployed: false };

/** One a node in so many milliseconds, whatever its throughput: NOTIFY takes a lock that all commits share. */
const GAP_MS = 20;
/** PostgreSQL takes less than 8,000 bytes. */
const LONGEST = 7_000;

export interface HintSender {
  send(hint: Hint): void;
  /** Sends what is left. */
  stop(): void;
}

/** Joins hints that come close together. The first goes at once. @param from this node, which does not listen to itself */
export function createHintSender(line: Line, from: () => string): HintSender {
  let waiting: Hint | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lastAt = -Infinity;

  const flush = (): void => {
    timer = undefined;
    if (waiting === undefined) return;
    lastAt = performance.now();
    line.send(writeHint(waiting, from()));
    waiting = undefined;
  };
  return {
    send(hint) {
      waiting = waiting === undefined ? hint : joinHints(waiting, hint);
      timer ??= setTimeout(flush, Math.max(0, lastAt + GAP_MS - performance.now()));
    },
    stop() {
      clearTimeout(timer);
      flush();
    },
  };
}

function joinHints(a: Hint, b: Hint): Hint {
  return {
    buckets: [...new Set([...a.buckets, ...b.buckets])],
    jobTypes: [...new Set([...a.jobTypes, ...b.jobTypes])],
    nextTimerAt: [a.nextTimerAt, b.nextTimerAt].reduce((x, y) => (x === null || (y !== null && y < x) ? y : x)),
    leases: a.leases || b.leases,
    deployed: a.deployed || b.deployed,
  };
}

/** A hint that is too long says «look at everything». */
export function writeHint(hint: Hint, from: string): string {
  const text = JSON.stringify({ from, ...hint });
  if (Buffer.byteLength(text) <= LONGEST) return text;
  const { leases, deployed } = hint;
  return JSON.stringify({ from, all: true, leases, deployed });
}

export type ReceivedHint = Hint & {
  /** Too much to tell: everybody looks. */
  readonly all: boolean;
};

/** Null for what is our own or is no hint at all: the channel belongs to the whole database. */
export function readHint(text: string, self: string): ReceivedHint | null {
  try {
    const parsed = JSON.parse(text) as { readonly from?: unknown } & Partial<ReceivedHint>;
    if (typeof parsed.from !== 'string' || parsed.from === self) return null;
    return { ...NO_HINT, all: false, ...parsed };
  } catch {
    return null;
  }
}

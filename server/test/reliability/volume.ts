import { appendFileSync } from 'node:fs';

/**
 * How much of a reliability test is done: a little with every `npm test`, all that the table in `docs/reliability.md` says with
 * `npm run soak:reliability`, which sets RELIABILITY=full (and RELIABILITY_SCALE for a part of it).
 */
export function volumeOf({ small, full }: { readonly small: number; readonly full: number }): number {
  if (!isFull()) return small;
  return Math.max(small, full === Infinity ? full : Math.round(full * Number(process.env.RELIABILITY_SCALE ?? 1)));
}

export function isFull(): boolean {
  return process.env.RELIABILITY === 'full';
}

/** A draw that SEED repeats. */
export interface Random {
  readonly seed: number;
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
}

/** Printed with every failure by its test: put `seed` into the messages. */
export function openRandom(seed = Number(process.env.SEED ?? newSeed())): Random {
  let state = seed >>> 0;
  // mulberry32: small, and good enough to choose by.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { seed, below, pick: (items) => items[below(items.length)]! };
}

/** CI tries the same each time: what turns it red is the change it judges, and looking further is for the soak. */
function newSeed(): number {
  return process.env.CI === undefined || isFull() ? Math.floor(Math.random() * 2 ** 31) : 20_261_129;
}

/** What was done and measured, for the results of the soak; said to nobody in a normal run. */
export function noteMeasured(id: string, figures: Readonly<Record<string, unknown>>): void {
  const file = process.env.RELIABILITY_NOTES;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ id, ...figures })}\n`);
}

import type { Texts } from '../http/refused.ts';
import { MOST_SHOWN, type FsckSite, type Invariant } from './invariant.ts';
import { invariants } from './invariants.ts';

/** One invariant that does not hold, with the first places where it does not. */
export interface Violation {
  readonly invariant: Invariant;
  readonly places: readonly Texts[];
  /** There are more places than those shown. */
  readonly more: boolean;
}

/** Looks at everything, one invariant after the other; changes nothing. An empty answer is a sound installation. */
export async function runFsck(
  site: FsckSite,
  { only = invariants, told = () => undefined }: FsckOptions = {},
): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for (const invariant of only) {
    const places: Texts[] = [];
    for await (const place of invariant.look(site)) {
      places.push(place);
      if (places.length > MOST_SHOWN) break;
    }
    told(invariant, places.length === 0);
    if (places.length === 0) continue;
    violations.push({ invariant, places: places.slice(0, MOST_SHOWN), more: places.length > MOST_SHOWN });
  }
  return violations;
}

export interface FsckOptions {
  readonly only?: readonly Invariant[];
  /** Hears of every invariant when it has been looked at. */
  readonly told?: (invariant: Invariant, holds: boolean) => void;
}

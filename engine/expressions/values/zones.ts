import { midnightOf } from '../../time/civil-time.ts';
import { checkZone, offsetAt, resolveLocal } from '../../time/zone-arithmetic.ts';

/** FEEL reaches zone rules through `engine/time` only. Years outside of its calendar take the rules of its nearest year. */

const EARLIEST = midnightOf(1000, 1, 3) / 1000;
const LATEST = midnightOf(9999, 12, 29) / 1000;

export function isZone(name: string): boolean {
  try {
    checkZone(name);
    return true;
  } catch {
    return false;
  }
}

export function offsetSecondsAt(instantSeconds: number, zone: string): number {
  return offsetAt(clamp(instantSeconds) * 1000, zone) / 1000;
}

export function localSecondsToInstant(localSeconds: number, zone: number | string): number {
  if (typeof zone === 'number') return localSeconds - zone;
  const inside = clamp(localSeconds);
  return localSeconds + (resolveLocal(inside * 1000, zone) / 1000 - inside);
}

function clamp(seconds: number): number {
  return Math.min(LATEST, Math.max(EARLIEST, Math.floor(seconds)));
}

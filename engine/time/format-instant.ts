import { MINUTE_MS } from './civil-time.ts';
import { offsetAt } from './zone-arithmetic.ts';

/** Writes an instant as ISO 8601 with the zone's offset, `2026-11-23T12:00:00+10:00`; `parseInstant` reads it back. */
export function formatInstant(instantMs: number, zone: string): string {
  const offsetMs = offsetAt(instantMs, zone);
  const local = new Date(instantMs + offsetMs)
    .toISOString()
    .slice(0, -1)
    .replace(/\.000$/, '');
  // ISO offsets have minutes; local mean times before about 1920 had seconds, which are cut here.
  const minutes = Math.trunc(Math.abs(offsetMs) / MINUTE_MS);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

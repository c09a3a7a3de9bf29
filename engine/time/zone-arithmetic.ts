/**
 * The one file that asks for time-zone rules (`temporal-polyfill`; Node 20 has no Temporal of its own).
 *
 * Choices for wall-clock times that a zone does not have exactly once (`semantics.md` §1, `reliability.md` §1 (7)):
 * - gap: the next valid instant, which is the moment the clocks jump (Berlin 02:30 → 03:00). Rejected: Temporal's
 *   "compatible" and Luxon's 03:30, because then 02:30 comes after 03:10 and due times stop being monotonic;
 * - overlap: the first of the two.
 */
import { Temporal } from 'temporal-polyfill';
import { civilOf, inRange } from './civil-time.ts';
import { TimeOutOfRange } from './time-out-of-range.ts';
import { UnknownZone } from './unknown-zone.ts';

/** A process writes its zone once and reads it a million times: the check costs 20 µs, so its outcome is kept. */
const checkedZones = new Set<string>();

/** @throws UnknownZone for anything but an IANA name or UTC */
export function checkZone(zone: string): void {
  if (checkedZones.has(zone)) return;
  if (!/^[A-Za-z]/.test(zone)) throw new UnknownZone(zone);
  try {
    new Temporal.ZonedDateTime(0n, zone);
  } catch {
    throw new UnknownZone(zone);
  }
  checkedZones.add(zone);
}

/** Milliseconds to add to the instant to read the zone's wall clock. */
export function offsetAt(instantMs: number, zone: string): number {
  checkZone(zone);
  return zoned(instantMs, zone).offsetNanoseconds / 1e6;
}

/** The zone's wall clock at an instant, as local milliseconds. */
export function toLocal(instantMs: number, zone: string): number {
  return instantMs + offsetAt(instantMs, zone);
}

/** The instant at which the zone's wall clock shows `localMs`; gap and overlap as the header of this file says. */
export function resolveLocal(localMs: number, zone: string): number {
  checkZone(zone);
  const { year, month, day, hour, minute, second, millisecond } = civilOf(inRange(localMs));
  const wallClock = new Temporal.PlainDateTime(year, month, day, hour, minute, second, millisecond);
  const earlier = wallClock.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const instantMs = earlier.epochMilliseconds;
  if (instantMs + earlier.offsetNanoseconds / 1e6 === localMs) return instantMs;
  const jump = nextTransition(instantMs, zone);
  if (jump === undefined) throw new TimeOutOfRange(`zone rules of ${zone} that explain their own gap`);
  return jump;
}

/** The first moment after `instantMs` at which the zone's offset changes; undefined when none is planned. */
export function nextTransition(instantMs: number, zone: string): number | undefined {
  checkZone(zone);
  return zoned(instantMs, zone).getTimeZoneTransition('next')?.epochMilliseconds;
}

function zoned(instantMs: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(inRange(instantMs)).toZonedDateTimeISO(zone);
}

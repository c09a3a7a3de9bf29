import { compareNumbers, isNumber, negate, parseNumber, roundTo, subtract, textOfNumber, toDouble } from './decimal.ts';
import type { FeelNumber } from './decimal.ts';
import {
  civilOfDays,
  DAY_SECONDS,
  DaysDuration,
  FeelDate,
  FeelDateTime,
  FeelTime,
  MonthsDuration,
  offsetOf,
  dateOf,
  type TemporalValue,
  type Zone,
} from './temporal.ts';
import { isZone } from './zones.ts';

/** ISO 8601 as FEEL reads and writes it (DMN 1.5 §10.3.4.1); text of another form gives null. */

const DATE = /^(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][A-Za-z0-9_+/-]*)?$/;
const DAYS = /^(-?)P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?|\.\d+)S)?)?$/;
const MONTHS = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?$/;

export function parseDate(text: string): FeelDate | null {
  const match = DATE.exec(text);
  return match === null ? null : dateOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

export function parseTime(text: string): FeelTime | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const zone = zoneOf(match[5]);
  if (zone === undefined || hour > 23 || minute > 59 || second > 59) return null;
  const nanos = Number((match[4] ?? '').slice(0, 9).padEnd(9, '0'));
  return new FeelTime((hour * 3600 + minute * 60 + second) * 1e9 + nanos, zone);
}

function zoneOf(text: string | undefined): Zone | undefined {
  if (text === undefined) return null;
  if (text === 'Z' || text === 'z') return 0;
  if (text.startsWith('@')) return isZone(text.slice(1)) ? text.slice(1) : undefined;
  const [hours, minutes, seconds = 0] = text.slice(1).split(':').map(Number) as [number, number, number?];
  const offset = hours * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || offset > 18 * 3600) return undefined;
  return text.startsWith('-') ? 0 - offset : offset;
}

/** A date alone is its midnight. */
export function parseDateTime(text: string): FeelDateTime | null {
  const at = text.indexOf('T');
  // ISO 8601 writes the end of a day as 24:00:00.
  const dayEnd = /T24:00:00(?:\.0+)?(?![\d.])/.exec(text);
  if (dayEnd !== null) {
    const next = parseDateTime(text.replace(dayEnd[0], 'T00:00:00'));
    return next && new FeelDateTime(next.days + 1, next.nanos, next.zone);
  }
  const date = parseDate(at < 0 ? text : text.slice(0, at));
  const time = at < 0 ? new FeelTime(0, null) : parseTime(text.slice(at + 1));
  return date === null || time === null ? null : new FeelDateTime(date.days, time.nanos, time.zone);
}

/** As `parseDateTime`, and without seconds (`2026-11-03T09:00`), as browsers write date-times into JSON. */
export function readDateTime(text: string): FeelDateTime | null {
  return parseDateTime(text.replace(/T(\d\d:\d\d)(?=$|[Zz+@-])/, 'T$1:00'));
}

export function parseDuration(text: string): DaysDuration | MonthsDuration | null {
  const months = MONTHS.exec(text);
  if (months !== null && (months[2] ?? months[3]) !== undefined) {
    const count = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    if (!Number.isSafeInteger(count)) return null;
    return new MonthsDuration(months[1] === '-' ? 0 - count : count);
  }
  const days = DAYS.exec(text);
  if (days === null || (days[2] ?? days[3] ?? days[4] ?? days[5]) === undefined) return null;
  const whole = Number(days[2] ?? 0) * DAY_SECONDS + Number(days[3] ?? 0) * 3600 + Number(days[4] ?? 0) * 60;
  const fraction = parseNumber(days[5] ?? '0');
  if (!Number.isSafeInteger(whole) || fraction === null) return null;
  const seconds = subtract(whole, negate(fraction));
  return seconds === null ? null : new DaysDuration(days[1] === '-' ? negate(seconds) : seconds);
}

/** `@"…"` (grammar rule 66): whatever temporal literal the text is. */
export function parseTemporal(text: string): TemporalValue | null {
  return parseDuration(text) ?? parseDate(text) ?? (text.includes('T') ? parseDateTime(text) : null) ?? parseTime(text);
}

export function textOfTemporal(value: TemporalValue): string {
  if (value instanceof FeelDate) return dateText(value.days);
  if (value instanceof FeelTime) return timeText(value.nanos) + zoneText(value.zone);
  if (value instanceof FeelDateTime) return `${dateText(value.days)}T${timeText(value.nanos)}${zoneText(value.zone)}`;
  return value instanceof MonthsDuration ? monthsText(value.months) : daysText((value as DaysDuration).seconds);
}

/**
 * As a value leaves for JSON: a named zone becomes its offset (`2026-11-20T10:00:00+03:00`), because `…@Europe/Moscow` is
 * FEEL notation, which no ISO 8601 reader accepts.
 */
export function jsonTextOfTemporal(value: TemporalValue): string {
  if (!(value instanceof FeelDateTime) || typeof value.zone !== 'string') return textOfTemporal(value);
  return textOfTemporal(new FeelDateTime(value.days, value.nanos, offsetOf(value)));
}

function dateText(days: number): string {
  const { year, month, day } = civilOfDays(days);
  const digits = String(Math.abs(year)).padStart(4, '0');
  return `${year < 0 ? '-' : ''}${digits}-${two(month)}-${two(day)}`;
}

function timeText(nanos: number): string {
  const seconds = Math.floor(nanos / 1e9);
  const rest = nanos - seconds * 1e9;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return rest === 0 ? clock : `${clock}.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
}

function zoneText(zone: Zone): string {
  if (zone === null) return '';
  if (typeof zone === 'string') return `@${zone}`;
  if (zone === 0) return 'Z';
  const offset = Math.abs(zone);
  const seconds = offset % 60 === 0 ? '' : `:${two(offset % 60)}`;
  return `${zone < 0 ? '-' : '+'}${two(Math.floor(offset / 3600))}:${two(Math.floor(offset / 60) % 60)}${seconds}`;
}

function monthsText(months: number): string {
  const count = Math.abs(months);
  const years = Math.floor(count / 12);
  const rest = count % 12;
  const text = (years === 0 ? '' : `${years}Y`) + (rest === 0 ? '' : `${rest}M`);
  return `${months < 0 ? '-' : ''}P${text === '' ? '0M' : text}`;
}

function daysText(exact: FeelNumber): string {
  const rounded = roundTo(exact, 9, 'down');
  if (!isNumber(rounded)) return 'PT0S';
  const negative = compareNumbers(rounded, 0) < 0;
  const absolute = negative ? negate(rounded) : rounded;
  const whole = toDouble(roundTo(absolute, 0, 'floor') ?? 0);
  const fraction = subtract(absolute, whole) ?? 0;
  const days = Math.floor(whole / DAY_SECONDS);
  const hours = Math.floor(whole / 3600) % 24;
  const minutes = Math.floor(whole / 60) % 60;
  const seconds = subtract(whole % 60, negate(fraction)) ?? 0;
  const time =
    (hours === 0 ? '' : `${hours}H`) +
    (minutes === 0 ? '' : `${minutes}M`) +
    (compareNumbers(seconds, 0) === 0 ? '' : `${textOfNumber(seconds)}S`);
  const text = (days === 0 ? '' : `${days}D`) + (time === '' ? '' : `T${time}`);
  return `${negative ? '-' : ''}P${text === '' ? 'T0S' : text}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

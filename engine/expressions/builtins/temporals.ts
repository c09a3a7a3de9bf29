import { add, isNumber, toDouble, toSafeInteger, roundTo } from '../values/decimal.ts';
import { equalValues } from '../values/equality.ts';
import { FeelRange, type FeelFunction, type FeelValue } from '../values/feel-value.ts';
import { kindName } from '../values/kind-name.ts';
import {
  civilOfDays,
  dateOf,
  dateTimeOfInstant,
  daysOfCivil,
  DaysDuration,
  FeelDate,
  FeelDateTime,
  FeelTime,
  monthsBetween,
  MonthsDuration,
  weekday,
  type Zone,
} from '../values/temporal.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from '../values/temporal-text.ts';
import { isZone } from '../values/zones.ts';
import { define, overload } from './define.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
]; // prettier-ignore

/** Conversion and temporal functions of DMN 1.5 §10.3.4.1, §10.3.4.7, §10.3.4.8, `now` and `today` from the scope. */
export const temporalFunctions: readonly FeelFunction[] = [
  overload(
    define('date', 'from: string -> date', ([from]) => (typeof from === 'string' ? parseDate(from) : null)),
    define('date', 'from: date and time -> date', ([from]) => dateFrom(from!)),
    define('date', 'from: date -> date', ([from]) => dateFrom(from!)),
    define('date', 'year: number, month: number, day: number -> date', ([year, month, day]) => {
      const [y = null, m = null, d = null] = [year, month, day].map((part) => toSafeInteger(part));
      return y === null || m === null || d === null ? null : dateOf(y, m, d);
    }),
  ),
  overload(
    define('time', 'from: string -> time', ([from]) => (typeof from === 'string' ? parseTime(from) : null)),
    define('time', 'from: time -> time', ([from]) => timeFrom(from!)),
    define('time', 'from: date -> time', ([from]) => timeFrom(from!)),
    define('time', 'from: date and time -> time', ([from]) => timeFrom(from!)),
    define(
      'time',
      'hour: number, minute: number, second: number, offset?: days and time duration -> time',
      ([hour, minute, second, offset]) => timeOf(hour!, minute!, second!, zoneOfOffset(offset)),
    ),
  ),
  overload(
    define('date and time', 'from: string -> date and time', ([from]) =>
      typeof from === 'string' ? parseDateTime(from) : null,
    ),
    define('date and time', 'from: date and time -> date and time', ([from]) =>
      from instanceof FeelDateTime ? from : null,
    ),
    define('date and time', 'date: date, time: time -> date and time', ([date, time]) => joined(date!, time!)),
    define('date and time', 'date: date and time, time: time -> date and time', ([date, time]) => joined(date!, time!)),
    define('date and time', 'date: date and time, timezone: string -> date and time', ([moment, zone]) =>
      moment instanceof FeelDateTime && typeof zone === 'string' && isZone(zone)
        ? new FeelDateTime(moment.days, moment.nanos, zone)
        : null,
    ),
    define(
      'date and time',
      'year: number, month: number, day: number, hour: number, minute: number, second: number -> date and time',
      (args) => momentOf(args, null),
    ),
    define(
      'date and time',
      'year: number, month: number, day: number, hour: number, minute: number, second: number, offset: days and time duration -> date and time',
      (args) => momentOf(args, zoneOfOffset(args[6])),
    ),
    define(
      'date and time',
      'year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: string -> date and time',
      (args) => (typeof args[6] === 'string' && isZone(args[6]) ? momentOf(args, args[6]) : null),
    ),
  ),
  define('duration', 'from: string', ([from]) => (typeof from === 'string' ? parseDuration(from) : null)),
  overload(
    ...['date', 'date and time'].flatMap((from) =>
      ['date', 'date and time'].map((to) =>
        define('years and months duration', `from: ${from}, to: ${to} -> years and months duration`, ([a, b]) =>
          isDay(a) && isDay(b) ? new MonthsDuration(monthsBetween(a, b)) : null,
        ),
      ),
    ),
  ),
  onDay('day of year', 'number', ({ days }) => days - daysOfCivil(civilOfDays(days).year, 1, 1) + 1),
  onDay('day of week', 'string', ({ days }) => WEEKDAYS[weekday(days) - 1]!),
  onDay('month of year', 'string', ({ days }) => MONTHS[civilOfDays(days).month - 1]!),
  onDay('week of year', 'number', ({ days }) => weekOfYear(days)),
  define('now', '-> date and time', (_args, { scope }) => dateTimeOfInstant(secondsOf(scope.now), scope.zone)),
  define('today', '-> date', (_args, { scope }) => {
    const now = dateTimeOfInstant(secondsOf(scope.now), scope.zone);
    return now === null ? null : new FeelDate(now.days);
  }),
  define(
    'is',
    'value1: Any, value2: Any -> boolean',
    ([a, b], run) => isSame(a ?? null, b ?? null) && equalValues(a ?? null, b ?? null, run) === true,
  ),
];

function secondsOf(milliseconds: number) {
  const whole = Math.floor(milliseconds / 1000);
  return milliseconds === whole * 1000 ? whole : (add(whole, (milliseconds - whole * 1000) / 1000) ?? whole);
}

type Day = FeelDate | FeelDateTime;

function isDay(value: FeelValue | undefined): value is Day {
  return value instanceof FeelDate || value instanceof FeelDateTime;
}

function onDay(name: string, result: string, call: (day: Day) => FeelValue): FeelFunction {
  const read = ([date]: readonly FeelValue[]): FeelValue => (isDay(date) ? call(date) : null);
  return overload(
    define(name, `date: date -> ${result}`, read),
    define(name, `date: date and time -> ${result}`, read),
  );
}

function dateFrom(value: FeelValue): FeelValue {
  return isDay(value) ? new FeelDate(value.days) : null;
}

function timeFrom(value: FeelValue): FeelValue {
  if (value instanceof FeelDateTime) return new FeelTime(value.nanos, value.zone);
  if (value instanceof FeelDate) return new FeelTime(0, 0);
  return value instanceof FeelTime ? value : null;
}

function joined(date: FeelValue, time: FeelValue): FeelValue {
  return isDay(date) && time instanceof FeelTime ? new FeelDateTime(date.days, time.nanos, time.zone) : null;
}

/** Undefined: an offset that no zone has. */
function zoneOfOffset(offset: FeelValue | undefined): Zone | undefined {
  if (offset === undefined || offset === null) return null;
  const seconds = offset instanceof DaysDuration ? toSafeInteger(offset.seconds) : null;
  return seconds === null || Math.abs(seconds) > 18 * 3600 ? undefined : seconds;
}

function timeOf(hour: FeelValue, minute: FeelValue, second: FeelValue, zone: Zone | undefined): FeelTime | null {
  const h = toSafeInteger(hour);
  const m = toSafeInteger(minute);
  if (h === null || m === null || !isNumber(second) || zone === undefined) return null;
  const nanos = roundTo(second, 9, 'down');
  const s = nanos === null ? -1 : toDouble(nanos);
  if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s >= 60) return null;
  return new FeelTime((h * 3600 + m * 60) * 1e9 + Math.round(s * 1e9), zone);
}

function momentOf(args: readonly FeelValue[], zone: Zone | undefined): FeelValue {
  const [year = null, month = null, day = null] = args.slice(0, 3).map((part) => toSafeInteger(part));
  const date = year === null || month === null || day === null ? null : dateOf(year, month, day);
  const time = timeOf(args[3]!, args[4]!, args[5]!, zone);
  return date === null || time === null ? null : new FeelDateTime(date.days, time.nanos, time.zone);
}

/** ISO 8601: the week with the year's first Thursday is the first. */
function weekOfYear(days: number): number {
  const thursday = days + 4 - weekday(days);
  return Math.floor((thursday - daysOfCivil(civilOfDays(thursday).year, 1, 1)) / 7) + 1;
}

/** `is` (§10.3.4.11): same kind, and the same notation of zone: 10:00Z is not 12:00+02:00. */
function isSame(a: FeelValue, b: FeelValue): boolean {
  if (kindName(a) !== kindName(b)) return false;
  if ((a instanceof FeelTime && b instanceof FeelTime) || (a instanceof FeelDateTime && b instanceof FeelDateTime)) {
    return a.zone === b.zone && a.nanos === b.nanos;
  }
  return !(a instanceof FeelRange) || b instanceof FeelRange;
}

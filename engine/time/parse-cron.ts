import { TimeTextError } from './time-text-error.ts';

/** One restriction on the date; the date must meet one of `days` and one of `weekdays`. Weekdays: Monday 1 to Sunday 7. */
export type CronDay =
  | { readonly kind: 'every' }
  | { readonly kind: 'dayOfMonth'; readonly day: number }
  | { readonly kind: 'lastDayOfMonth' }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'nthWeekday'; readonly weekday: number; readonly n: number }
  | { readonly kind: 'lastWeekday'; readonly weekday: number };

/** A cron expression; the lists are ascending. */
export interface Cron {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly CronDay[];
  readonly months: readonly number[];
  readonly weekdays: readonly CronDay[];
}

interface CronField {
  readonly name: string;
  readonly text: string;
  readonly position: number;
  readonly min: number;
  readonly max: number;
  readonly words?: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};

/**
 * Reads a cron expression as Camunda 8 does (Spring's form): second, minute, hour, day of month, month, weekday; lists,
 * ranges, steps, names, `?`, `L`, `5L`, `MON#1`, `@daily`. Day and weekday must both match, again as in Spring. Five fields
 * are accepted with the second 0, but not with both days restricted: Unix cron reads that as "or".
 * `W` is refused: it means Monday to Friday, and working days come from a calendar here (`nthWorkingDay`).
 * @throws TimeTextError
 */
export function parseCron(text: string): Cron {
  const fail = (position: number, expected: string): never => {
    throw new TimeTextError({ kind: 'cron', text, position, expected });
  };
  const source = text.startsWith('@') ? (MACROS[text] ?? fail(0, `one of ${Object.keys(MACROS).join(', ')}`)) : text;
  const words = [...source.matchAll(/\S+/g)].map((match) => ({ text: match[0].toUpperCase(), position: match.index }));
  if (words.length !== 5 && words.length !== 6) {
    fail(source.length, '6 fields (second minute hour day month weekday) or 5 without the second');
  }
  if (words.length === 5) {
    const [, , day, , weekday] = words;
    if (!isOpen(day?.text) && !isOpen(weekday?.text)) {
      fail(day?.position ?? 0, '6 fields when both day and weekday are restricted; then both must match');
    }
    words.unshift({ text: '0', position: 0 });
  }
  const field = (index: number, name: string, min: number, max: number, names?: readonly string[]): CronField => ({
    ...(words[index] ?? { text: '', position: source.length }),
    ...{ name, min, max },
    ...(names === undefined ? {} : { words: names }),
  });
  return {
    seconds: readNumbers(field(0, 'second', 0, 59), fail),
    minutes: readNumbers(field(1, 'minute', 0, 59), fail),
    hours: readNumbers(field(2, 'hour', 0, 23), fail),
    days: readDays(field(3, 'day of month', 1, 31), fail),
    months: readNumbers(field(4, 'month', 1, 12, ['', ...MONTHS]), fail),
    weekdays: readWeekdays(field(5, 'weekday', 0, 7, WEEKDAYS), fail),
  };
}

type Fail = (position: number, expected: string) => never;

function isOpen(text: string | undefined): boolean {
  return text === '*' || text === '?';
}

function readNumbers(field: CronField, fail: Fail): number[] {
  const values = new Set<number>();
  for (const item of field.text.split(',')) {
    const [, range = '', step] = /^([^/]*)(?:\/(.*))?$/.exec(item) ?? [];
    const [from, to] = readRange({ ...field, text: range }, step !== undefined, fail);
    const stride = step === undefined ? 1 : Number(step);
    if (!/^\d+$/.test(step ?? '1') || stride === 0) fail(field.position, `a step of at least 1 in the ${field.name}`);
    for (let value = from; value <= to; value += stride) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function readRange(field: CronField, hasStep: boolean, fail: Fail): readonly [number, number] {
  if (isOpen(field.text)) return [field.min, field.max];
  const [first = '', last] = field.text.split('-');
  const from = readValue(field, first, fail);
  // "5/15" runs from 5 to the end, "5" is 5 alone.
  const to = last === undefined ? (hasStep ? field.max : from) : readValue(field, last, fail);
  if (to < from) fail(field.position, `a range that rises in the ${field.name}`);
  return [from, to];
}

function readValue(field: CronField, text: string, fail: Fail): number {
  const named = text === '' ? -1 : (field.words?.indexOf(text) ?? -1);
  const value = named >= 0 ? named : Number(text);
  if ((named < 0 && !/^\d{1,2}$/.test(text)) || value < field.min || value > field.max) {
    fail(field.position, `a ${field.name} from ${field.min} to ${field.max}, *, a list, a range or a step`);
  }
  return value;
}

function readDays(field: CronField, fail: Fail): CronDay[] {
  if (isOpen(field.text)) return [{ kind: 'every' }];
  return field.text.split(',').flatMap((item): CronDay[] => {
    if (item === 'L') return [{ kind: 'lastDayOfMonth' }];
    if (item.endsWith('W')) fail(field.position, 'no W: use nth working day, which knows the calendar, instead');
    return readNumbers({ ...field, text: item }, fail).map((day) => ({ kind: 'dayOfMonth', day }));
  });
}

function readWeekdays(field: CronField, fail: Fail): CronDay[] {
  if (isOpen(field.text)) return [{ kind: 'every' }];
  const isoWeekday = (value: number): number => value % 7 || 7;
  return field.text.split(',').flatMap((item): CronDay[] => {
    const [, day = '', n, last] = /^([^#]+?)(?:#([1-5])|(L))$/.exec(item) ?? [];
    if (n === undefined && last === undefined) {
      return readNumbers({ ...field, text: item }, fail).map((value) => ({
        kind: 'weekday',
        weekday: isoWeekday(value),
      }));
    }
    const weekday = isoWeekday(readValue(field, day, fail));
    return [n === undefined ? { kind: 'lastWeekday', weekday } : { kind: 'nthWeekday', weekday, n: Number(n) }];
  });
}

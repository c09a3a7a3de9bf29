import { missingAtLine, missingPathOf, missingVariable } from './strict-values.ts';
import { badValue } from './template-errors.ts';

export type DocumentLocale = 'ru' | 'en';
export type HelperContext = { readonly locale: DocumentLocale; readonly timeZone: string };

type Options = {
  readonly hash: Readonly<Record<string, unknown>>;
  readonly loc?: { readonly start: { readonly line: number } };
};
type Value = (...args: readonly unknown[]) => unknown;

const NBSP = '\u00a0';
const MINUS = '\u2212';

/**
 * The helpers of document templates, for one locale and zone.
 * `date "2026-11-05"` → 05.11.2026, `style="long"` → 5 ноября 2026 г.; an instant is shown in the zone.
 * `money 967265` (integer kopecks: bigint, safe integer or digits) → 9 672,65 ₽. `plural 5 "день" "дня" "дней"` → 5 дней.
 * `number 1234.5` → 1 234,5. `eq a b`. `optional x`: the value, or nothing where it is absent.
 */
export function templateHelpers(context: HelperContext): Readonly<Record<string, Value>> {
  const named = (name: string, helper: Value): Value =>
    function (this: unknown, ...args) {
      // `{{number}}` without arguments is the field of that name: documents have numbers and dates of their own.
      if (args.length === 1) return (this as Readonly<Record<string, unknown>>)[name];
      if (name !== 'optional') requirePresent(args);
      return helper(...args);
    };
  const helpers: Readonly<Record<string, Value>> = {
    date: (value, options) => formatDate('date', value, options as Options, context),
    dateTime: (value, options) => formatDate('dateTime', value, options as Options, context),
    money: (value, options) => formatMoney(value, options as Options, context.locale),
    number: (value) => formatNumber(value, context.locale),
    plural: (...args) => formatPlural(args.slice(0, -1), context.locale),
    eq: (left, right) => left === right || (isInteger(left) && isInteger(right) && BigInt(left) === BigInt(right)),
    optional: (value) => (value === undefined || missingPathOf(value) !== undefined ? null : value),
  };
  return Object.fromEntries(Object.entries(helpers).map(([name, helper]) => [name, named(name, helper)]));
}

/**
 * Arguments of a helper or block, the Handlebars options last. `undefined` comes from a path through an empty or simple
 * value, such as `{{../sum}}` taken too far: only its line is known here.
 *
 * @throws RenderFailed `render-missing-variable`
 */
export function requirePresent(args: readonly unknown[]): void {
  for (const arg of args.slice(0, -1)) {
    const path = missingPathOf(arg);
    if (path !== undefined) throw missingVariable(path);
    if (arg === undefined) throw missingAtLine((args.at(-1) as Options).loc?.start.line);
  }
}

/** Building an Intl format costs more than a table row (5.8 ms of 50 rows); there are as many as zones and locales. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function cached<Format>(formats: Map<string, Format>, key: string, build: () => Format): Format {
  let format = formats.get(key);
  if (format === undefined) formats.set(key, (format = build()));
  return format;
}

function formatDate(helper: 'date' | 'dateTime', value: unknown, options: Options, context: HelperContext): string {
  if (value === null || value === '') return '';
  const plain = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/u.test(value);
  const instant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT.+(?:Z|[+-]\d\d:\d\d)$/u.test(value);
  const moment = value instanceof Date ? value : plain || instant ? new Date(value) : undefined;
  if (moment === undefined || Number.isNaN(moment.getTime()) || (plain && helper === 'dateTime')) {
    throw badValue(
      helper,
      { ru: 'дату ГГГГ-ММ-ДД или момент с зоной', en: 'a date YYYY-MM-DD or an instant with its zone' },
      value,
    );
  }
  const long = options.hash['style'] === 'long';
  const day: Intl.DateTimeFormatOptions = long
    ? { day: 'numeric', month: 'long', year: 'numeric' }
    : { day: '2-digit', month: '2-digit', year: 'numeric' };
  const time: Intl.DateTimeFormatOptions = helper === 'date' ? {} : { hour: '2-digit', minute: '2-digit' };
  // A plain date has no zone: shifting it by one would change the day.
  const timeZone = plain ? 'UTC' : context.timeZone;
  const key = [context.locale, timeZone, helper, long].join(' ');
  const format = cached(dateFormats, key, () => {
    const language = context.locale === 'ru' ? 'ru-RU' : 'en-GB';
    return new Intl.DateTimeFormat(language, { ...day, ...time, timeZone });
  });
  return format.format(moment).replace(/[ \u202f]г\./u, `${NBSP}г.`);
}

function isInteger(value: unknown): value is bigint | number | string {
  return (
    typeof value === 'bigint' ||
    Number.isSafeInteger(value) ||
    (typeof value === 'string' && /^-?\d{1,18}$/u.test(value))
  );
}

function formatMoney(value: unknown, options: Options, locale: DocumentLocale): string {
  if (!isInteger(value)) {
    throw badValue('money', { ru: 'целое число копеек', en: 'an integer number of kopecks' }, value);
  }
  const kopecks = BigInt(value);
  const size = kopecks < 0n ? -kopecks : kopecks;
  const whole = String(size / 100n).replace(/\B(?=(?:\d{3})+$)/gu, locale === 'ru' ? NBSP : ',');
  const amount = `${whole}${locale === 'ru' ? ',' : '.'}${String(size % 100n).padStart(2, '0')}`;
  const signed = `${kopecks < 0n ? MINUS : ''}${amount}`;
  const given: unknown = options.hash['currency'];
  const currency = typeof given === 'string' ? given : 'RUB';
  if (currency === 'none') return signed;
  return locale === 'ru' ? `${signed}${NBSP}${currency === 'RUB' ? '₽' : currency}` : `${currency}${NBSP}${signed}`;
}

function formatNumber(value: unknown, locale: DocumentLocale): string {
  if (value === null || value === '') return '';
  if (
    typeof value !== 'bigint' &&
    typeof value !== 'number' &&
    !(typeof value === 'string' && /^-?\d+(?:\.\d+)?$/u.test(value))
  ) {
    throw badValue('number', { ru: 'число', en: 'a number' }, value);
  }
  const format = cached(numberFormats, locale, () => {
    const language = locale === 'ru' ? 'ru-RU' : 'en-GB';
    return new Intl.NumberFormat(language, { maximumFractionDigits: 6, useGrouping: true });
  });
  return format.format(value as number).replace('-', MINUS);
}

function formatPlural(args: readonly unknown[], locale: DocumentLocale): string {
  const [count, ...forms] = args;
  if (!isInteger(count)) throw badValue('plural', { ru: 'целое число', en: 'an integer' }, count);
  const expected = locale === 'ru' ? 3 : 2;
  if (forms.length !== expected) {
    throw badValue('plural', { ru: `${expected} формы слова`, en: `${expected} forms of the word` }, forms.join(', '));
  }
  const category = new Intl.PluralRules(locale).select(Number(count));
  const form = locale === 'ru' ? ({ one: 0, few: 1 }[category as 'one' | 'few'] ?? 2) : category === 'one' ? 0 : 1;
  return `${formatNumber(typeof count === 'string' ? BigInt(count) : count, locale)}${NBSP}${String(forms[form])}`;
}

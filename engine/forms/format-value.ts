import type { FormLanguage } from './form-definition.ts';

/**
 * Numbers in words for messages. Written out instead of `Intl.NumberFormat`: ICU versions of Node and of browsers differ in which
 * space separates groups, and the same error must read the same on both.
 */
const NBSP = '\u00a0';

/** `9672.5` → `9 672,5` / `9,672.5`. */
export function formatNumber(value: number, language: FormLanguage): string {
  const [whole = '0', fraction] = String(Math.abs(value)).split('.');
  return `${value < 0 ? '−' : ''}${grouped(whole, language)}${fraction ? decimalMark(language) + fraction : ''}`;
}

/** Kopecks: `967265` → `9 672,65 ₽` / `₽9,672.65`. Kopecks are always shown. */
export function formatMoney(minorUnits: number | bigint, language: FormLanguage): string {
  const digits = String(minorUnits).replace('-', '').padStart(3, '0');
  const text = `${grouped(digits.slice(0, -2), language)}${decimalMark(language)}${digits.slice(-2)}`;
  const sign = minorUnits < 0 ? '−' : '';
  return language === 'ru' ? `${sign}${text}${NBSP}₽` : `${sign}₽${text}`;
}

/** `20971520` → `20 МБ`. */
export function formatBytes(bytes: number, language: FormLanguage): string {
  const units = language === 'ru' ? ['Б', 'КБ', 'МБ', 'ГБ'] : ['B', 'KB', 'MB', 'GB'];
  let unit = 0;
  let size = bytes;
  for (; size >= 1024 && unit < 3; unit += 1) size /= 1024;
  return `${formatNumber(Math.round(size * 10) / 10, language)}${NBSP}${units[unit]}`;
}

/** Picks the form by Unicode's plural rules: [one, few, many] in Russian, [one, other] in English. Written for genitive use too. */
export function plural(language: FormLanguage, count: number, forms: readonly [string, string, string]): string {
  if (language === 'en') return count === 1 ? forms[0] : forms[1];
  const tens = count % 100;
  const ones = count % 10;
  if (ones === 1 && tens !== 11) return forms[0];
  return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? forms[1] : forms[2];
}

function grouped(digits: string, language: FormLanguage): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, language === 'ru' ? NBSP : ',');
}

function decimalMark(language: FormLanguage): string {
  return language === 'ru' ? ',' : '.';
}

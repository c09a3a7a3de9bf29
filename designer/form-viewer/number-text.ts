import type { FormLanguage } from '#engine';

/**
 * Numbers as people type them. A text that is no number stays a text: the form then says so, and nothing typed is ever lost or
 * silently turned into something else.
 */
const BLANKS = /[\s\u00a0\u202f]/g;

/** «1 200,5» → 1200.5, whole numbers only when `whole`. */
export function parseNumber(text: string, whole: boolean): number | string | null {
  const plain = text.replace(BLANKS, '').replace(',', '.').replace(/^[−–]/, '-');
  if (plain === '') return null;
  const shape = whole ? /^-?\d{1,15}$/ : /^-?\d{1,15}(?:\.\d{1,10})?$/;
  return shape.test(plain) ? Number(plain) : text;
}

/** «9 672,65» → 967265 kopecks, without ever holding a fraction: 0.1 + 0.2 has no place in money. */
export function parseMoney(text: string): number | string | null {
  const plain = text
    .replace(BLANKS, '')
    .replace(/₽|руб\.?$|р\.?$/i, '')
    .replace(',', '.')
    .replace(/^[−–]/, '-');
  if (plain === '') return null;
  const parts = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!parts) return text;
  const minor = Number(`${parts[2]}${(parts[3] ?? '').padEnd(2, '0')}`);
  return parts[1] ? -minor : minor;
}

/** The text to edit: grouped, kopecks always, no currency (it stands beside the input). */
export function moneyText(value: unknown, language: FormLanguage): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : '';
  const digits = String(Math.abs(Math.trunc(value))).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, language === 'ru' ? '\u00a0' : ',');
  return `${value < 0 ? '−' : ''}${whole}${language === 'ru' ? ',' : '.'}${digits.slice(-2)}`;
}

export function numberText(value: unknown, language: FormLanguage): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : '';
  return language === 'ru' ? String(value).replace('.', ',').replace('-', '−') : String(value);
}

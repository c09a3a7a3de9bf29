import { formatNumber, formText, type FormField, type FormModel, type JsonValue } from '#engine';
import type { Language } from '#contract';

/** One line of CSV as Excel in Russian opens it: `;`, quotes as in RFC 4180. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')}\r\n`;
}

/** Texts that a spreadsheet would run as a formula get an apostrophe before them; an import takes it away again. */
export function guarded(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** A value as text: numbers with a decimal comma in Russian and without groups, days as people write them. */
export function csvText(form: FormModel, field: FormField, value: JsonValue | undefined, language: Language): string {
  if (value === null || value === undefined) return '';
  switch (field.kind) {
    case 'money':
      return typeof value === 'number' ? decimal(value / 100, language, 2) : guarded(plain(value));
    case 'integer':
    case 'decimal':
    case 'percent':
      return typeof value === 'number' ? decimal(value, language) : guarded(plain(value));
    case 'boolean':
      return language === 'ru' ? (value === true ? 'Да' : 'Нет') : value === true ? 'Yes' : 'No';
    case 'date':
      return typeof value === 'string' ? value.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3.$2.$1') : plain(value);
    default:
      return guarded(readableText(form, field, value, language));
  }
}

/** What people read for a value that is a code. */
export function readableText(form: FormModel, field: FormField, value: JsonValue, language: Language): string {
  const option = (one: JsonValue): string =>
    (typeof one === 'string' ? formText(form, language, `${field.name}.options.${one}`) : undefined) ?? plain(one);
  if (field.kind === 'choice') return option(value);
  if (field.kind === 'choices' && Array.isArray(value)) return (value as readonly JsonValue[]).map(option).join(', ');
  return plain(value);
}

function decimal(value: number, language: Language, digits?: number): string {
  const text = digits === undefined ? formatNumber(value, 'en').replaceAll(',', '') : value.toFixed(digits);
  return language === 'ru' ? text.replace('.', ',') : text;
}

function plain(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

import { foldText, formText, FORM_LANGUAGES, type FormField, type FormModel, type JsonValue } from '#engine';
import type { Cell } from './read-table.ts';

const YES = ['да', 'yes', 'true', 'истина', '1', '+'];
const NO = ['нет', 'no', 'false', 'ложь', '0', '-'];

/**
 * A cell as the value of a field. What cannot be one comes back as it was written: the check of the row then says what is wrong, in the
 * same words as for a form.
 */
export function cellValue(form: FormModel, field: FormField, cell: Cell): JsonValue {
  if (cell === null) return null;
  switch (field.kind) {
    case 'integer':
    case 'decimal':
    case 'percent':
      return typeof cell === 'string' ? (numberOf(cell) ?? cell) : cell;
    case 'money':
      return typeof cell === 'boolean' ? cell : kopecksOf(cell);
    case 'boolean':
      return typeof cell === 'boolean' ? cell : truthOf(String(cell));
    case 'date':
      return dayOf(String(cell));
    case 'choice':
      return optionOf(form, field, String(cell));
    case 'choices':
      return String(cell)
        .split(/[;,]/)
        .map((one) => one.trim())
        .filter(Boolean)
        .map((one) => optionOf(form, field, one));
    default:
      return withoutGuard(String(cell));
  }
}

/** The apostrophe that an export puts before what a spreadsheet would take for a formula. */
function withoutGuard(text: string): string {
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

/** «1 234,5», «1,234.5», «1234.5»: the last comma or point divides, unless it only groups thousands. */
function numberOf(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(/₽|руб\.?$/i, '');
  if (!/^[-+]?[\d.,]+$/.test(plain)) return undefined;
  const comma = plain.lastIndexOf(',');
  const point = plain.lastIndexOf('.');
  const decimal = comma > point ? ',' : '.';
  const grouped = decimal === ',' ? plain.replaceAll('.', '') : plain.replaceAll(',', '');
  const number = Number(grouped.replace(',', '.'));
  return Number.isFinite(number) ? number : undefined;
}

function kopecksOf(cell: string | number): JsonValue {
  const roubles = typeof cell === 'number' ? cell : numberOf(cell);
  if (roubles === undefined) return cell;
  const kopecks = Math.round(roubles * 100);
  // A third digit after the comma is a mistake, not something to round away.
  return Math.abs(roubles * 100 - kopecks) < 1e-6 * Math.max(1, Math.abs(kopecks)) ? kopecks : String(cell);
}

function truthOf(text: string): JsonValue {
  const word = foldText(text.trim());
  return YES.includes(word) ? true : NO.includes(word) ? false : text;
}

function dayOf(text: string): string {
  const parts = /^(\d{1,2})[./](\d{1,2})[./](\d{4})(?:\s.*)?$/.exec(text.trim());
  return parts ? `${parts[3]}-${parts[2]!.padStart(2, '0')}-${parts[1]!.padStart(2, '0')}` : text.trim();
}

/** The code of an option, or what people read for it in either language. */
function optionOf(form: FormModel, { name, choices = [] }: FormField, text: string): string {
  const wanted = foldText(text.trim());
  const reads = (code: string): boolean =>
    FORM_LANGUAGES.some((language) => foldText(formText(form, language, `${name}.options.${code}`) ?? '') === wanted);
  return choices.find((code) => code === text.trim()) ?? choices.find(reads) ?? text.trim();
}

import { formatPhone, kindOf, type FieldOption, type FormField, type FormLanguage, type JsonValue } from '#engine';
import { dateText, parseDate } from './date-text.ts';
import { moneyText, numberText, parseMoney, parseNumber } from './number-text.ts';

interface CellWords {
  readonly language: FormLanguage;
  /** Of a choice: what it offers. */
  readonly options: readonly FieldOption[];
}

const YES = ['да', 'yes', 'true', '1', '+', 'истина', 'x', 'х'];
const NO = ['нет', 'no', 'false', '0', '-', 'ложь'];

/** A cell as one line of text: what stands in it, and what goes to the clipboard. */
export function cellText(column: FormField, value: JsonValue | undefined, { language, options }: CellWords): string {
  if (value === undefined || value === null) return '';
  const labelOf = (item: JsonValue): string => options.find((option) => option.value === item)?.label ?? plain(item);
  switch (column.kind) {
    case 'money':
      return moneyText(value, language);
    case 'date':
      return dateText(value, language);
    case 'phone':
      return typeof value === 'string' ? formatPhone(value) : plain(value);
    case 'boolean':
      return value === true
        ? language === 'ru'
          ? 'Да'
          : 'Yes'
        : value === false
          ? language === 'ru'
            ? 'Нет'
            : 'No'
          : plain(value);
    case 'choice':
      return labelOf(value);
    case 'choices':
      return Array.isArray(value) ? (value as readonly JsonValue[]).map(labelOf).join(', ') : plain(value);
    case 'files':
      return Array.isArray(value)
        ? value.map((file) => (file as { name?: string }).name ?? '').join(', ')
        : plain(value);
    default:
      return typeof value === 'number' ? numberText(value, language) : plain(value);
  }
}

/** Can a text from a spreadsheet become a value of this column? */
export function takesText({ kind }: FormField): boolean {
  const { type } = kindOf({ kind });
  return kind !== 'files' && kind !== 'reference' && type !== 'object';
}

/**
 * What was typed or pasted → the value to store. A text that is none of the column's kind stays a text: the form then says what is
 * wrong with it, and nothing is lost.
 */
export function parseCell(column: FormField, text: string, { options }: Pick<CellWords, 'options'>): JsonValue {
  const plainText = text.replaceAll('\u00a0', ' ').trim();
  if (plainText === '') return null;
  const optionOf = (item: string): string | undefined => {
    const wanted = item.trim().toLowerCase();
    return options.find(({ value, label }) => label.toLowerCase() === wanted || value.toLowerCase() === wanted)?.value;
  };
  switch (column.kind) {
    case 'money':
      return parseMoney(text);
    case 'date':
      return parseDate(text);
    case 'choice':
      return optionOf(plainText) ?? plainText;
    case 'choices':
      return plainText.split(/[,;]/).map((item) => optionOf(item) ?? item.trim());
    case 'boolean':
      return YES.includes(plainText.toLowerCase()) ? true : NO.includes(plainText.toLowerCase()) ? false : plainText;
    default: {
      const { type } = kindOf(column);
      if (type === 'integer' || type === 'number') return parseNumber(text, type === 'integer');
      return plainText;
    }
  }
}

function plain(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

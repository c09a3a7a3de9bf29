import {
  formatMoney,
  formatNumber,
  formatPhone,
  formText,
  type FormField,
  type FormModel,
  type JsonValue,
} from '#engine';
import type { Language } from '#contract';
import { formatDate } from '../format/instant.ts';

interface Words {
  readonly form: FormModel;
  readonly language: Language;
  readonly yes: string;
  readonly no: string;
}

/** How a value of a register reads in one line; empty when there is none. A reference is named by `label`. */
export function cellText(
  field: FormField | undefined,
  value: unknown,
  { form, language, yes, no }: Words,
  label?: string,
): string {
  if (value === null || value === undefined || value === '') return '';
  if (label !== undefined) return label;
  const option = (one: unknown): string =>
    (typeof one === 'string' && formText(form, language, `${field?.name ?? ''}.options.${one}`)) || plain(one);
  switch (field?.kind) {
    case 'money':
      return typeof value === 'number' ? formatMoney(value, language) : plain(value);
    case 'integer':
    case 'decimal':
    case 'percent':
      return typeof value === 'number' ? formatNumber(value, language) : plain(value);
    case 'boolean':
      return value === true ? yes : no;
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
        ? formatDate(value, language)
        : plain(value);
    case 'phone':
      return typeof value === 'string' ? formatPhone(value) : plain(value);
    case 'choice':
      return option(value);
    case 'choices':
      return Array.isArray(value) ? (value as readonly JsonValue[]).map(option).join(', ') : plain(value);
    default:
      return plain(value);
  }
}

/** Numbers stand to the right, so that their digits stand under each other. */
export function isFigure(field: FormField): boolean {
  return ['money', 'integer', 'decimal', 'percent'].includes(field.kind);
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

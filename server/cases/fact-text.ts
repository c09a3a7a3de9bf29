import {
  fileReferenceOf,
  formatDateTime,
  formatDuration,
  formatGeoPoint,
  formatMoney,
  formatNumber,
  formatPeriod,
  formatPhone,
  formatTime,
  geoPointOf,
  type FormField,
  type FormModel,
  formText,
  type JsonValue,
} from '#engine';
import type { Language } from '#contract';

export interface FactContext {
  readonly form: FormModel;
  readonly language: Language;
  /** IANA zone of the house: the server does not know the reader's. */
  readonly zone: string;
  readonly personName: (username: string) => string;
  readonly groupName: (groupId: string) => string;
  /** Label of a row of a register; the key where there is none. */
  readonly rowLabel: (registerKey: string, rowKey: string) => string;
}

/** How a stored value of a form field reads to a person. */
export function factText(field: FormField, value: JsonValue, context: FactContext): string {
  const { language } = context;
  switch (field.kind) {
    case 'boolean':
      if (value === true) return language === 'ru' ? 'Да' : 'Yes';
      return language === 'ru' ? 'Нет' : 'No';
    case 'money':
      return typeof value === 'number' ? formatMoney(value, language) : plain(value);
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? formatNumber(value, language) : plain(value);
    case 'percent':
      return typeof value === 'number' ? `${formatNumber(value, language)}\u00a0%` : plain(value);
    case 'date':
      return typeof value === 'string' ? dateText(value, language) : plain(value);
    case 'time':
      return formatTime(plain(value));
    case 'datetime':
      return formatDateTime(plain(value), context.zone, language);
    case 'period':
      return formatPeriod(plain(value), language);
    case 'duration':
      return formatDuration(plain(value), language);
    case 'phone':
      return formatPhone(plain(value));
    case 'geo-point': {
      const point = geoPointOf(value);
      return point ? formatGeoPoint(point, language) : plain(value);
    }
    case 'signature':
      return language === 'ru' ? 'Подписано' : 'Signed';
    case 'html':
      return plain(value)
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    case 'table':
      return Array.isArray(value) ? tableText(field, value as readonly JsonValue[], context) : plain(value);
    case 'choice':
      return optionText(field, value, context);
    case 'choices':
      return Array.isArray(value)
        ? value.map((one) => optionText(field, one as JsonValue, context)).join(', ')
        : plain(value);
    case 'reference':
      if (typeof value !== 'string') return plain(value);
      if (field.source?.register !== undefined) return context.rowLabel(field.source.catalog, value);
      return field.source?.catalog === 'groups' ? context.groupName(value) : context.personName(value);
    case 'files':
      return Array.isArray(value)
        ? value
            .map((file) => fileReferenceOf(file)?.name ?? '')
            .filter(Boolean)
            .join(', ')
        : plain(value);
    default:
      return plain(value);
  }
}

/** One line a row, filled columns only: «Плёнка ПВД · 3 · 1 200,00 ₽». What is no row (an older form wrote it) is left out. */
function tableText({ table }: FormField, rows: readonly JsonValue[], context: FactContext): string {
  const lines = rows.filter(isRow).map((row) =>
    table!.columns
      .flatMap((column) => {
        const cell = row[column.column!.key] ?? null;
        return cell === null ? [] : [factText(column, cell, context)];
      })
      .join(' · '),
  );
  return lines.filter((line) => line !== '').join('\n');
}

function isRow(value: JsonValue): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optionText(field: FormField, value: JsonValue, { form, language }: FactContext): string {
  const text = typeof value === 'string' ? formText(form, language, `${field.name}.options.${value}`) : undefined;
  return text ?? plain(value);
}

function dateText(isoDate: string, language: Language): string {
  const date = new Date(`${isoDate}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return isoDate;
  const format = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(date).replace(' г.', '');
}

function plain(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

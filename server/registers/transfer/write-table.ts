import ExcelJS from 'exceljs';
import { fieldLabel, type FormField, type JsonValue, type RegisterModel, type VariableMap } from '#engine';
import type { Language } from '#contract';
import { csvLine, csvText, readableText } from './write-csv.ts';

const MONEY = '# ##0.00\\ "₽"';
const DAY = 'dd.mm.yyyy';

/** Rows as CSV in UTF-8 with a byte order mark, without which Excel takes it for Windows-1251. */
export function writeCsv({ form }: RegisterModel, rows: readonly VariableMap[], language: Language): Buffer {
  const head = csvLine(form.fields.map((field) => fieldLabel(form, language, field)));
  const lines = rows.map((row) => csvLine(form.fields.map((field) => csvText(form, field, row[field.name], language))));
  return Buffer.from(`\ufeff${head}${lines.join('')}`, 'utf8');
}

/** Rows as a workbook: amounts, numbers and days are typed, so that they can be summed and sorted; texts never are formulas. */
export async function writeXlsx(
  { form }: RegisterModel,
  rows: readonly VariableMap[],
  language: Language,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(sheetName(form.title[language] ?? form.title.ru), {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = form.fields.map((field) => {
    const header = fieldLabel(form, language, field);
    return { header, key: field.name, width: Math.max(12, Math.min(40, header.length + 4)), style: styleOf(field) };
  });
  sheet.getRow(1).font = { bold: true };
  for (const row of rows) sheet.addRow(form.fields.map((field) => cellOf(row[field.name], { form, field, language })));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: form.fields.length } };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Excel refuses these signs, quotes at the ends, more than 31 characters, and a sheet of the name it has for its own log. */
function sheetName(title: string): string {
  const name = title.replace(/[*?:\\/[\]']/g, ' ').slice(0, 31);
  return name === 'History' ? 'History ' : name;
}

function styleOf({ kind }: FormField): Partial<ExcelJS.Style> {
  if (kind === 'money') return { numFmt: MONEY };
  return kind === 'date' ? { numFmt: DAY } : {};
}

function cellOf(
  value: JsonValue | undefined,
  { form, field, language }: { form: RegisterModel['form']; field: FormField; language: Language },
): ExcelJS.CellValue {
  if (value === null || value === undefined) return null;
  if (field.kind === 'money' && typeof value === 'number') return value / 100;
  if (field.kind === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return new Date(`${value}T00:00:00Z`);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return language === 'ru' ? (value ? 'Да' : 'Нет') : value ? 'Yes' : 'No';
  return readableText(form, field, value, language);
}

import ExcelJS from 'exceljs';
import { checkZip } from './check-zip.ts';
import { decodeText, readCsv } from './read-csv.ts';
import { fileRefused, MAX_CELL, MAX_COLUMNS, MAX_ROWS, tooManyRows } from './transfer-refused.ts';

/** What a cell holds: Excel knows numbers, days and truth values, CSV knows texts only. Null is empty. */
export type Cell = string | number | boolean | null;

export interface FileTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** The number of the line in the file, of each row. */
  readonly lines: readonly number[];
}

/**
 * A table from the bytes of a file; its kind is told by what it holds, never by its name. @throws Refused `file-refused`
 */
export async function readTable(bytes: Buffer): Promise<FileTable> {
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const lines: readonly { readonly line: number; readonly cells: readonly Cell[] }[] = zip
    ? await readXlsx(bytes)
    : readCsv(decodeText(bytes));
  const [first, ...rest] = lines;
  if (first === undefined || rest.length === 0)
    throw fileRefused(
      'В файле нет строк: нужна строка заголовков и хотя бы одна строка данных.',
      'The file has no rows: it needs a row of headings and at least one row.',
    );
  if (rest.length > MAX_ROWS) throw tooManyRows();
  return {
    headings: first.cells.map((cell) => (cell === null ? '' : String(cell).trim())),
    rows: rest.map(({ cells }) => cells.map((cell) => (cell === '' ? null : cell))),
    lines: rest.map(({ line }) => line),
  };
}

async function readXlsx(bytes: Buffer): Promise<readonly { readonly line: number; readonly cells: readonly Cell[] }[]> {
  if (!checkZip(bytes).includes('xl/workbook.xml'))
    throw fileRefused(
      'Это архив, но не Excel. Сохраните таблицу как .xlsx или .csv.',
      'This is an archive, but not Excel. Save the table as .xlsx or .csv.',
    );
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch {
    throw fileRefused(
      'Файл Excel не читается. Сохраните его заново или как CSV.',
      'The Excel file cannot be read. Save it again, or as CSV.',
    );
  }
  const sheet = workbook.worksheets.find(({ actualRowCount }) => actualRowCount > 0);
  const found: { readonly line: number; readonly cells: readonly Cell[] }[] = [];
  if (sheet !== undefined && (sheet.actualRowCount > MAX_ROWS + 1 || sheet.actualColumnCount > MAX_COLUMNS))
    throw tooManyRows();
  sheet?.eachRow((row, line) => {
    const cells: Cell[] = [];
    for (let column = 1; column <= Math.min(row.cellCount, MAX_COLUMNS); column += 1)
      cells.push(cellOf(row.getCell(column).value));
    if (cells.some((cell) => cell !== null)) found.push({ line, cells });
  });
  return found;
}

function cellOf(value: ExcelJS.CellValue): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.trim() === '' ? null : value.slice(0, MAX_CELL);
  // Excel keeps days without a zone, and exceljs reads them as UTC.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return String(value.text);
  if ('result' in value) return cellOf(value.result);
  if ('error' in value) return String(value.error);
  return null;
}

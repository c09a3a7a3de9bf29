import { fileRefused, MAX_CELL, MAX_COLUMNS, MAX_ROWS, tooManyRows } from './transfer-refused.ts';

/** Text as UTF-8 where it is UTF-8, else as Windows-1251, which is what Excel in Russian writes. @throws Refused `file-refused` */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  // Of the characters below a blank only tab and line ends are text.
  if (bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13))
    throw fileRefused(
      'Это не Excel и не CSV. Сохраните таблицу как .xlsx или .csv.',
      'This is neither Excel nor CSV. Save the table as .xlsx or .csv.',
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

export interface CsvLine {
  /** Of the file, as an editor counts: a quoted cell may hold several, and empty ones are left out. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The lines of a CSV text; quotes as in RFC 4180, `;`, `,` or tab as the first line has it. */
export function readCsv(text: string): readonly CsvLine[] {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const delimiter = delimiterOf(source);
  const lines: CsvLine[] = [];
  let cells: string[] = [];
  let [line, begun] = [1, 1];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    if (cell.length > MAX_CELL || cells.length >= MAX_COLUMNS) throw tooManyRows();
    cells.push(cell);
    cell = '';
  };
  const endLine = (): void => {
    endCell();
    if (cells.some((one) => one.trim() !== '')) lines.push({ line: begun, cells });
    if (lines.length > MAX_ROWS + 1) throw tooManyRows();
    cells = [];
    begun = line;
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at]!;
    if (sign === '\n') line += 1;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === delimiter) endCell();
    else if (sign === '\n') endLine();
    else if (sign !== '\r') cell += sign;
  }
  if (quoted)
    throw fileRefused(
      'В файле CSV не закрыта кавычка. Сохраните его заново.',
      'A quotation mark of the CSV file is not closed. Save it again.',
    );
  if (cell !== '' || cells.length > 0) endLine();
  return lines;
}

function delimiterOf(text: string): string {
  const first = text
    .slice(0, 10_000)
    .split(/\r?\n/, 1)[0]!
    .replace(/"[^"]*"/g, '');
  const count = (sign: string): number => first.split(sign).length - 1;
  return [';', '\t', ','].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

import { Refused } from '../../http/refused.ts';

export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const MAX_ROWS = 50_000;
export const MAX_COLUMNS = 200;
/** What a cell may hold; longer ones are no data of a register. */
export const MAX_CELL = 20_000;

export function fileRefused(ru: string, en: string): Refused {
  return new Refused('file-refused', { ru, en });
}

export function tooManyRows(): Refused {
  return fileRefused(
    `В файле больше ${MAX_ROWS} строк или ${MAX_COLUMNS} столбцов. Разделите его.`,
    `The file has more than ${MAX_ROWS} rows or ${MAX_COLUMNS} columns. Split it.`,
  );
}

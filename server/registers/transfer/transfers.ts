import { createHash } from 'node:crypto';
import type { VariableMap } from '#engine';
import type { RegisterExportQuery, RegisterImportReport } from '#contract';
import type { Request } from 'express';
import { readerOf, type Database } from '../../database/connect.ts';
import { inTransaction } from '../../database/transaction.ts';
import { readUpload } from '../../files/read-upload.ts';
import { Refused } from '../../http/refused.ts';
import { runOnce } from '../../http/request-command.ts';
import type { Definitions } from '../../runtime/definitions.ts';
import { requireReader, requireWriter } from '../register-access.ts';
import { readQuery, type RegisterAsker, type RegisterWrite } from '../registers.ts';
import { cursorOf, pageOfRows, type RowCursor } from '../row-page.ts';
import { judgeRows, saveRows, type SaveOutcome } from '../save-rows.ts';
import { badRows, judgeFile, reportOf, type FileRow } from './judge-file.ts';
import { guessMapping, readMapping, type ColumnMapping } from './map-columns.ts';
import { readTable, type FileTable } from './read-table.ts';
import { fileRefused, MAX_FILE_BYTES } from './transfer-refused.ts';
import { csvLine, guarded } from './write-csv.ts';
import { writeCsv, writeXlsx } from './write-table.ts';

/** Rows of one export; more are asked for by filters. */
const MAX_EXPORT = 100_000;
const LOT = 2_000;

/** Files of rows in and out. Each throws as `Registers` does, and Refused `file-refused` for a file that is no table. */
export interface RegisterTransfers {
  /** All rows of a file in one transaction. Sent twice it changes nothing more: rows are told by their key. */
  importFile(
    request: RegisterWrite & {
      readonly mode: 'preview' | 'all' | 'good';
      readonly mapping: string | undefined;
      readonly request: Request;
    },
  ): Promise<RegisterImportReport>;
  /** The rows of a file that cannot be taken, as CSV, with why. */
  badRows(
    request: RegisterAsker & {
      readonly registerKey: string;
      readonly mapping: string | undefined;
      readonly request: Request;
    },
  ): Promise<Buffer>;
  exportFile(registerKey: string, query: RegisterExportQuery, asker: RegisterAsker): Promise<Buffer>;
}

export function createRegisterTransfers(deps: {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly now: () => number;
}): RegisterTransfers {
  const { database, definitions, now } = deps;
  const reader = readerOf(database);

  const read = async (
    wanted: RegisterAsker & {
      readonly registerKey: string;
      readonly mapping: string | undefined;
      readonly request: Request;
    },
  ) => {
    await definitions.refresh();
    const register = requireWriter(definitions.register(wanted.registerKey)?.model, wanted.principal);
    const bytes = await readUpload(wanted.request, ({ bytes: part }) => collect(part));
    const table = await readTable(bytes);
    const guess = wanted.mapping === undefined;
    const mapping = guess ? guessMapping(register, table.headings) : readMapping(register, wanted.mapping);
    const { language } = wanted;
    const rows = await judgeFile(reader, register, { table, mapping, definitions, language, now: now() });
    const hash = createHash('sha256').update(bytes).digest('hex');
    const save = {
      register,
      rows: rows.flatMap(({ toSave }) => (toSave === null ? [] : [toSave])),
      by: wanted.principal.username,
      origin: 'import' as const,
      language,
      definitions,
    };
    return { register, table, mapping, rows, hash, save };
  };

  return {
    async importFile(wanted) {
      const { table, mapping, rows, hash, save } = await read(wanted);
      const at = now();
      const { command, mode } = wanted;
      const someBad = rows.some(({ toSave }) => toSave === null);
      const withFile = command && { ...command, requestHash: sha256(`${command.requestHash} ${hash}`) };
      const report = await inTransaction(database, (tx) =>
        runOnce(tx, { command: mode === 'preview' ? null : withFile, now: at }, async () => {
          const judged = mode === 'preview' || (mode === 'all' && someBad);
          const outcomes = judged
            ? (await judgeRows(tx, { ...save, now: at, whenSomeFail: 'none' })).outcomes
            : await saveRows(tx, { ...save, now: at, whenSomeFail: mode === 'good' ? 'good' : 'none' });
          const refused = outcomes.some(({ kind }) => kind === 'refused');
          const applied = !judged && (mode === 'good' || !refused);
          return reportOf({ table, mapping, applied }, rows, outcomes);
        }),
      );
      return report;
    },

    async badRows(wanted) {
      const { table, mapping, rows, save } = await read(wanted);
      const { outcomes } = await inTransaction(database, (tx) =>
        judgeRows(tx, { ...save, now: now(), whenSomeFail: 'none' }),
      );
      return badFile({ table, mapping, rows, outcomes, russian: wanted.language === 'ru' });
    },

    async exportFile(registerKey, { format, ...query }, { principal, language }) {
      await definitions.refresh();
      const register = requireReader(definitions.register(registerKey)?.model, principal);
      const asked = readQuery(register, query);
      const rows: VariableMap[] = [];
      for (let after: RowCursor | undefined; ;) {
        const lot = await pageOfRows(reader, register, { ...asked, limit: LOT, ...(after && { after }) });
        rows.push(...lot.map(({ content }) => content as VariableMap));
        if (rows.length > MAX_EXPORT) throw tooMuch();
        if (lot.length < LOT) break;
        after = cursorOf(lot.at(-1)!, asked.sort);
      }
      return format === 'csv' ? writeCsv(register, rows, language) : writeXlsx(register, rows, language);
    },
  };
}

async function collect(part: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of part) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > MAX_FILE_BYTES)
      throw fileRefused(
        'Файл больше 20 МБ. Разделите его или сохраните как CSV.',
        'The file is larger than 20 MB. Split it, or save it as CSV.',
      );
  }
  return Buffer.concat(chunks);
}

/** The columns of the file as they were, the number of the line before them and what is wrong behind: to be mended and sent again. */
function badFile(parts: {
  readonly table: FileTable;
  readonly mapping: ColumnMapping;
  readonly rows: readonly FileRow[];
  readonly outcomes: readonly SaveOutcome[];
  readonly russian: boolean;
}): Buffer {
  const { table, rows, outcomes, russian } = parts;
  const head = [...table.headings, russian ? 'Строка файла' : 'Line of the file', russian ? 'Ошибка' : 'Error'];
  const lines = badRows(rows, outcomes).map(({ line, cells, errors }) =>
    csvLine([
      ...table.headings.map((_, index) => textOf(cells[index] ?? null)),
      String(line),
      guarded(errors.map(({ message }) => message).join(' ')),
    ]),
  );
  return Buffer.from(`\ufeff${csvLine(head)}${lines.join('')}`, 'utf8');
}

function textOf(cell: FileTable['rows'][number][number]): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? guarded(cell) : String(cell).replace('.', ',');
}

function tooMuch(): Refused {
  return new Refused('too-large', {
    ru: `Строк больше ${MAX_EXPORT}. Сузьте отбор и выгрузите частями.`,
    en: `More than ${MAX_EXPORT} rows. Narrow the filters and export in parts.`,
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

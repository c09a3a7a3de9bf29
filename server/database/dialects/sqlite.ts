import { baseTypeOf, type BaseType, type ColumnType } from '../table-spec.ts';
import type { Dialect } from './dialect.ts';
import { fixedStatistics } from './fixed-statistics.ts';

const COLUMN_TYPES: Readonly<Record<BaseType, string>> = {
  key: 'INTEGER',
  time: 'INTEGER',
  integer: 'INTEGER',
  smallint: 'INTEGER',
  text: 'TEXT',
  json: 'TEXT',
  boolean: 'INTEGER',
};

/**
 * SQLite: one writer at a time. BEGIN IMMEDIATE takes the write lock at once, so a transaction never fails half way
 * because another began to write, and row locks are needless.
 */
export const sqliteDialect: Dialect = {
  name: 'sqlite',
  supportsSkipLocked: false,
  writesOneByOne: true,
  pipelines: false,
  severalNodes: false,
  attempts: 6,
  begin: 'BEGIN IMMEDIATE',
  forUpdate: '',
  forUpdateOf: () => '',
  forShare: '',
  forUpdateSkipLocked: '',
  indexedBy: (index) => ` INDEXED BY ${index}`,
  onlyChecked: (column) => `+${column}`,
  clock: null,
  columnType: (type) => COLUMN_TYPES[type],
  // A table that is its own index: half the page writes of a rowid table with a separate primary key.
  tableOptions: () => ' WITHOUT ROWID',
  // `jsonb_each` (3.51) hands each row on as parsed; from `json_each` every column would parse the row's text again, which
  // was measured at twice the cost of the whole insert.
  rowsFromJson(spec, alias) {
    const columns = Object.entries(spec.columns).map(([name, type]) => `${read(name, type)} AS ${name}`);
    return `(SELECT ${columns.join(', ')} FROM jsonb_each(?)) AS ${alias}`;
  },
  listFromJson: () => 'SELECT value FROM json_each(?)',
  isAmong: (column) => `${column} IN (SELECT value FROM json_each(?))`,
  jsonText: (column, path) => `CAST(json_extract(${column}, '$.${path.join('.')}') AS TEXT)`,
  listIndexes: "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?",
  binaryOrder: '',
  jsonArray: (expressions) => `json_array(${expressions.join(', ')})`,
  rowsOf: (answer) => answer as readonly Record<string, unknown>[],
  isTransient: (error) => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error)),
  isConnectionLost: () => false,
  isUniqueViolation: (error) =>
    codeOf(error).startsWith('SQLITE_CONSTRAINT') && /UNIQUE constraint failed/.test((error as Error).message),
  async fixStatistics(sql) {
    const indexes = await sql.raw<readonly IndexRow[]>(INDEXES_BY_BUCKET);
    const rows = indexes.map(({ table, name, columns, is_unique, is_partial, origin }) => ({
      // A table without rowids is the index of its own primary key.
      tbl: table,
      idx: origin === 'pk' ? table : name,
      stat: fixedStatistics({ columns: columns.split(','), unique: is_unique === 1, partial: is_partial === 1 }),
    }));
    // Makes `sqlite_stat1` where it is missing, and nothing else.
    await sql.raw('ANALYZE sqlite_schema');
    await sql.raw('DELETE FROM sqlite_stat1');
    await sql.raw(
      "INSERT INTO sqlite_stat1 (tbl, idx, stat) SELECT value->>'tbl', value->>'idx', value->>'stat' FROM json_each(?)",
      [JSON.stringify(rows)],
    );
    await sql.raw('ANALYZE sqlite_schema');
  },
  // The write lock that BEGIN IMMEDIATE took is lock enough.
  lockMigrations: () => Promise.resolve(),
};

interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly columns: string;
  readonly is_unique: number;
  readonly is_partial: number;
  readonly origin: string;
}

/** Of every table that is kept by bucket: the others stay small, and registers have their own way. */
const INDEXES_BY_BUCKET = `SELECT t.name AS "table", i.name, i.origin, i."unique" AS is_unique, i.partial AS is_partial,
    group_concat(c.name ORDER BY c.seqno) AS columns
  FROM sqlite_schema t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
  WHERE t.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) b WHERE b.name = 'bucket')
  GROUP BY t.name, i.name`;

/** `->>` gives a JSON boolean as 1 or 0 and a whole number as INTEGER. */
function read(name: string, type: ColumnType): string {
  const value = `value->>'${name}'`;
  return baseTypeOf(type) === 'text' || baseTypeOf(type) === 'json' ? `CAST(${value} AS TEXT)` : value;
}

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

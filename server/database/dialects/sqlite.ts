import { baseTypeOf, type BaseType, type ColumnType } from '../table-spec.ts';
import type { Dialect } from './dialect.ts';

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
  // The write lock that BEGIN IMMEDIATE took is lock enough.
  lockMigrations: () => Promise.resolve(),
};

/** `->>` gives a JSON boolean as 1 or 0 and a whole number as INTEGER. */
function read(name: string, type: ColumnType): string {
  const value = `value->>'${name}'`;
  return baseTypeOf(type) === 'text' || baseTypeOf(type) === 'json' ? `CAST(${value} AS TEXT)` : value;
}

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

import type { Executor } from './connect.ts';
import { queryRows } from './connect.ts';
import { baseTypeOf, type ColumnType, type RowOf, type TableSpec } from './table-spec.ts';
import { UnstorableText } from './unstorable-text.ts';

/**
 * Set-based writes: one statement per table whatever the number of rows, the rows as one JSON parameter. One statement
 * per row was measured at 530 steps a second on SQLite, this shape at 3,700–9,100 (performance.md).
 */
export async function insertRows<S extends TableSpec>(tx: Executor, spec: S, rows: readonly RowOf<S>[]): Promise<void> {
  if (rows.length === 0) return;
  await queryRows(tx, insertStatement(tx, spec, rows.length), [encodeRows(spec, rows)]);
}

/** Inserts, leaving rows whose primary key is taken as they are; answers with the rows that were new. */
export async function insertNewRows<S extends TableSpec>(
  tx: Executor,
  spec: S,
  rows: readonly RowOf<S>[],
): Promise<readonly RowOf<S>[]> {
  if (rows.length === 0) return [];
  const statement = `${insertStatement(tx, spec, rows.length)} ON CONFLICT (${spec.primaryKey.join(', ')}) DO NOTHING RETURNING *`;
  return decodeRows(spec, await queryRows(tx, statement, [encodeRows(spec, rows)]));
}

/** Inserts rows, or gives those that exist (by primary key) the new values of the columns in `spec`; others stay. */
export async function upsertRows<S extends TableSpec>(tx: Executor, spec: S, rows: readonly RowOf<S>[]): Promise<void> {
  if (rows.length === 0) return;
  const changed = Object.keys(spec.columns).filter((column) => !spec.primaryKey.includes(column));
  const update =
    changed.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${changed.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  const statement = `${insertStatement(tx, spec, rows.length)} ON CONFLICT (${spec.primaryKey.join(', ')}) ${update}`;
  await queryRows(tx, statement, [encodeRows(spec, rows)]);
}

/** Gives rows that exist (by primary key) the values of the other columns in `spec`; unknown keys are passed over. */
export async function updateRows<S extends TableSpec>(tx: Executor, spec: S, rows: readonly RowOf<S>[]): Promise<void> {
  if (rows.length === 0) return;
  const changed = Object.keys(spec.columns).filter((column) => !spec.primaryKey.includes(column));
  const values = changed.map((column) => `${column} = r.${column}`).join(', ');
  const same = spec.primaryKey.map((name) => `${spec.name}.${name} = r.${name}`).join(' AND ');
  const statement = `UPDATE ${spec.name} SET ${values} FROM ${tx.dialect.rowsFromJson(spec, 'r', rows.length)} WHERE ${same}`;
  await queryRows(tx, statement, [encodeRows(spec, rows)]);
}

/** Deletes by primary key; the other columns of `rows` are not looked at. */
export async function deleteRows<S extends TableSpec>(
  tx: Executor,
  spec: S,
  rows: readonly Partial<RowOf<S>>[],
): Promise<void> {
  if (rows.length === 0) return;
  const keySpec = { columns: Object.fromEntries(spec.primaryKey.map((name) => [name, spec.columns[name]!])) };
  const key = spec.primaryKey.join(', ');
  const doomed = `SELECT ${key} FROM ${tx.dialect.rowsFromJson(keySpec, 'r', rows.length)}`;
  await queryRows(tx, `DELETE FROM ${spec.name} WHERE (${key}) IN (${doomed})`, [
    encodeRows(keySpec, rows as readonly Readonly<Record<string, unknown>>[], spec.name),
  ]);
}

/** Rows as the database gives them (text JSON, 0/1) → rows as the application sees them; other columns are left out. */
export function decodeRows<S extends TableSpec>(
  spec: S,
  rows: readonly Readonly<Record<string, unknown>>[],
): RowOf<S>[] {
  const columns = Object.entries(spec.columns).map(([name, type]) => [name, baseTypeOf(type)] as const);
  return rows.map((row) => {
    const decoded: Record<string, unknown> = {};
    for (const [name, type] of columns) {
      const value = row[name] ?? null;
      decoded[name] =
        value === null
          ? null
          : type === 'json'
            ? JSON.parse(value as string)
            : type === 'boolean'
              ? Boolean(value)
              : value;
    }
    return decoded as RowOf<S>;
  });
}

function insertStatement({ dialect }: Executor, spec: TableSpec, count: number): string {
  const columns = Object.keys(spec.columns).join(', ');
  // Without WHERE, SQLite's parser takes ON CONFLICT for the ON of a join.
  return `INSERT INTO ${spec.name} (${columns}) SELECT ${columns} FROM ${dialect.rowsFromJson(spec, 'r', count)} WHERE true`;
}

/** JSON columns travel as text inside the parameter, so that the database keeps them byte for byte. */
function encodeRows(
  { columns, name }: { readonly columns: TableSpec['columns']; readonly name?: string },
  rows: readonly Readonly<Record<string, unknown>>[],
  table = name ?? '',
): string {
  const types = Object.entries(columns).map(([column, type]) => [column, type] as const);
  return JSON.stringify(
    rows.map((row) => {
      const encoded: Record<string, unknown> = {};
      for (const [column, type] of types) encoded[column] = encode(row[column], { table, column, type });
      return encoded;
    }),
  );
}

interface Place {
  readonly table: string;
  readonly column: string;
  readonly type: ColumnType;
}

function encode(value: unknown, place: Place): unknown {
  if (value === undefined || value === null) {
    if (!place.type.endsWith('?') && place.type !== 'json') {
      throw new Error(`Expected ${place.table}.${place.column} to have a value, but it is ${String(value)}.`);
    }
    return place.type === 'json' ? 'null' : null;
  }
  if (baseTypeOf(place.type) === 'json') return JSON.stringify(value);
  if (typeof value === 'string' && !isStorable(value)) throw new UnstorableText(place.table, place.column);
  return value;
}

const UNSTORABLE = /\u0000|\p{Surrogate}/u;

/** False for U+0000 and for half of a surrogate pair: PostgreSQL refuses both, so we refuse them on SQLite too. */
function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

import type { Executor } from './connect.ts';
import { queryRows } from './connect.ts';
import { baseTypeOf, type BaseType, type RowOf, type TableSpec } from './table-spec.ts';
import { UnstorableText } from './unstorable-text.ts';

/**
 * Set-based writes: one statement per table whatever the number of rows, the rows as one JSON parameter. One statement
 * per row was measured at 530 steps a second on SQLite, this shape at 3,700–9,100 (performance.md).
 */
export async function insertRows<S extends TableSpec>(tx: Executor, spec: S, rows: readonly RowOf<S>[]): Promise<void> {
  if (rows.length === 0) return;
  await queryRows(tx, statementFor(tx, spec, 'insert', rows.length), [encodeRows(spec, rows)]);
}

/** Inserts, leaving rows whose primary key is taken as they are; answers with the rows that were new. */
export async function insertNewRows<S extends TableSpec>(
  tx: Executor,
  spec: S,
  rows: readonly RowOf<S>[],
): Promise<readonly RowOf<S>[]> {
  if (rows.length === 0) return [];
  return decodeRows(
    spec,
    await queryRows(tx, statementFor(tx, spec, 'insertNew', rows.length), [encodeRows(spec, rows)]),
  );
}

/** Inserts rows, or gives those that exist (by primary key) the new values of the columns in `spec`; others stay. */
export async function upsertRows<S extends TableSpec>(tx: Executor, spec: S, rows: readonly RowOf<S>[]): Promise<void> {
  if (rows.length === 0) return;
  await queryRows(tx, statementFor(tx, spec, 'upsert', rows.length), [encodeRows(spec, rows)]);
}

/** Gives rows that exist (by primary key) the values of the other columns in `spec`; unknown keys are passed over. */
export async function updateRows<S extends TableSpec>(tx: Executor, spec: S, rows: readonly RowOf<S>[]): Promise<void> {
  if (rows.length === 0) return;
  await queryRows(tx, statementFor(tx, spec, 'update', rows.length), [encodeRows(spec, rows)]);
}

/** Deletes by primary key; the other columns of `rows` are not looked at. */
export async function deleteRows<S extends TableSpec>(
  tx: Executor,
  spec: S,
  rows: readonly Partial<RowOf<S>>[],
): Promise<void> {
  if (rows.length === 0) return;
  await queryRows(tx, statementFor(tx, spec, 'delete', rows.length), [
    encodeRows(keySpecOf(spec), rows as readonly Readonly<Record<string, unknown>>[], spec.name),
  ]);
}

/** Rows as the database gives them (text JSON, 0/1) → rows as the application sees them; other columns are left out. */
export function decodeRows<S extends TableSpec>(
  spec: S,
  rows: readonly Readonly<Record<string, unknown>>[],
): RowOf<S>[] {
  const columns = columnsOf(spec);
  return rows.map((row) => {
    const decoded: Record<string, unknown> = {};
    for (const { column, base } of columns) decoded[column] = decode(row[column], base);
    return decoded as RowOf<S>;
  });
}

/** The same for a row that comes as the list of its columns in the order of `spec`. */
export function decodeCells<S extends TableSpec>(spec: S, cells: readonly unknown[]): RowOf<S> {
  const decoded: Record<string, unknown> = {};
  for (const [at, { column, base }] of columnsOf(spec).entries()) decoded[column] = decode(cells[at], base);
  return decoded as RowOf<S>;
}

function decode(value: unknown, type: BaseType): unknown {
  if (value === undefined || value === null) return null;
  if (type === 'json') return JSON.parse(value as string);
  return type === 'boolean' ? Boolean(value) : value;
}

interface Column {
  readonly column: string;
  readonly base: BaseType;
  readonly nullable: boolean;
}

const columnLists = new WeakMap<object, readonly Column[]>();

function columnsOf({ columns }: Pick<TableSpec, 'columns'>): readonly Column[] {
  const known = columnLists.get(columns);
  if (known !== undefined) return known;
  const list = Object.entries(columns).map(([column, type]) => ({
    column,
    base: baseTypeOf(type),
    nullable: type.endsWith('?'),
  }));
  columnLists.set(columns, list);
  return list;
}

type Verb = keyof typeof STATEMENTS;

const STATEMENTS = {
  insert: insertStatement,
  insertNew: (tx: Executor, spec: TableSpec, count: number): string =>
    `${insertStatement(tx, spec, count)} ON CONFLICT (${spec.primaryKey.join(', ')}) DO NOTHING RETURNING *`,
  upsert(tx: Executor, spec: TableSpec, count: number): string {
    const changed = otherColumns(spec);
    const update =
      changed.length === 0
        ? 'DO NOTHING'
        : `DO UPDATE SET ${changed.map((column) => `${column} = excluded.${column}`).join(', ')}`;
    return `${insertStatement(tx, spec, count)} ON CONFLICT (${spec.primaryKey.join(', ')}) ${update}`;
  },
  update(tx: Executor, spec: TableSpec, count: number): string {
    const values = otherColumns(spec).map((column) => `${column} = r.${column}`);
    const same = spec.primaryKey.map((name) => `${spec.name}.${name} = r.${name}`);
    return `UPDATE ${spec.name} SET ${values.join(', ')} FROM ${tx.dialect.rowsFromJson(spec, 'r', count)} WHERE ${same.join(' AND ')}`;
  },
  delete(tx: Executor, spec: TableSpec, count: number): string {
    const key = spec.primaryKey.join(', ');
    const doomed = `SELECT ${key} FROM ${tx.dialect.rowsFromJson(keySpecOf(spec), 'r', count)}`;
    return `DELETE FROM ${spec.name} WHERE (${key}) IN (${doomed})`;
  },
} as const;

/** The count in a text only tells the planner how many rows to expect: with classes of size, texts that are kept stay few. */
export function sizeClass(rows: number): number {
  return 2 ** Math.ceil(Math.log2(rows));
}

const texts = new WeakMap<TableSpec, Map<string, string>>();

/** Texts are built once per table, kind of write and size class. */
function statementFor(tx: Executor, spec: TableSpec, verb: Verb, rows: number): string {
  const count = sizeClass(rows);
  const known = texts.get(spec) ?? new Map<string, string>();
  texts.set(spec, known);
  const name = `${tx.dialect.name} ${verb} ${count}`;
  const text = known.get(name) ?? STATEMENTS[verb](tx, spec, count);
  known.set(name, text);
  return text;
}

function insertStatement({ dialect }: Executor, spec: TableSpec, count: number): string {
  const columns = Object.keys(spec.columns).join(', ');
  // Without WHERE, SQLite's parser takes ON CONFLICT for the ON of a join.
  return `INSERT INTO ${spec.name} (${columns}) SELECT ${columns} FROM ${dialect.rowsFromJson(spec, 'r', count)} WHERE true`;
}

function otherColumns(spec: TableSpec): readonly string[] {
  return Object.keys(spec.columns).filter((column) => !spec.primaryKey.includes(column));
}

function keySpecOf({ columns, primaryKey }: TableSpec): Pick<TableSpec, 'columns'> {
  return { columns: Object.fromEntries(primaryKey.map((name) => [name, columns[name]!])) };
}

/** JSON columns travel as text inside the parameter, so that the database keeps them byte for byte. */
function encodeRows(
  spec: Pick<TableSpec, 'columns'> & { readonly name?: string },
  rows: readonly Readonly<Record<string, unknown>>[],
  table = spec.name ?? '',
): string {
  const columns = columnsOf(spec);
  return JSON.stringify(
    rows.map((row) => {
      const encoded: Record<string, unknown> = {};
      for (const column of columns) encoded[column.column] = encode(row[column.column], column, table);
      return encoded;
    }),
  );
}

function encode(value: unknown, { column, base, nullable }: Column, table: string): unknown {
  if (value === undefined || value === null) {
    if (base === 'json') return nullable ? null : 'null';
    if (!nullable) throw new Error(`Expected ${table}.${column} to have a value, but it is ${String(value)}.`);
    return null;
  }
  if (base === 'json') return JSON.stringify(value);
  if (typeof value === 'string' && !isStorable(value)) throw new UnstorableText(table, column);
  return value;
}

const UNSTORABLE = /\u0000|\p{Surrogate}/u;

/** False for U+0000 and for half of a surrogate pair: PostgreSQL refuses both, so we refuse them on SQLite too. */
function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

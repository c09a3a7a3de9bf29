import type { RegisterModel } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import { registerLiteral, sortExpression } from './register-sql.ts';
import { changeTable, rowTable, type StoredChange, type StoredRow } from './register-tables.ts';

/** Rows by key, locked until the transaction ends when one is given that locks. */
export async function findRows(
  executor: Executor,
  registerKey: string,
  rowKeys: readonly string[],
  lock: '' | 'lock' = '',
): Promise<ReadonlyMap<string, StoredRow>> {
  if (rowKeys.length === 0) return new Map();
  const rows = await queryRows(
    executor,
    `SELECT * FROM register_row WHERE register_key = ? AND row_key IN (${executor.dialect.listFromJson('text')})
     ORDER BY row_key${lock === 'lock' ? executor.dialect.forUpdate : ''}`,
    [registerKey, JSON.stringify(rowKeys)],
  );
  return new Map(decodeRows(rowTable, rows).map((row) => [row.row_key, row]));
}

/** Rows whose indexed field has one of these values, told by what they sort by. */
export async function findBySortValue(
  executor: Executor,
  { registerKey, field, sortValues }: { registerKey: string; field: string; sortValues: readonly string[] },
): Promise<readonly StoredRow[]> {
  const { dialect } = executor;
  const rows = await queryRows(
    executor,
    `SELECT * FROM register_row WHERE register_key = ${registerLiteral(registerKey)}
     AND ${sortExpression(dialect, field)} IN (${dialect.listFromJson('text')})`,
    [JSON.stringify([...new Set(sortValues)])],
  );
  return decodeRows(rowTable, rows);
}

/** The last version of rows that were there once. */
export async function lastVersions(
  executor: Executor,
  registerKey: string,
  rowKeys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (rowKeys.length === 0) return new Map();
  const rows = await queryRows<{ row_key: string; version: number }>(
    executor,
    `SELECT row_key, max(version) AS version FROM register_change
     WHERE register_key = ? AND row_key IN (${executor.dialect.listFromJson('text')}) GROUP BY row_key`,
    [registerKey, JSON.stringify(rowKeys)],
  );
  return new Map(rows.map(({ row_key, version }) => [row_key, Number(version)]));
}

/** What was changed in a row, the latest first; also of one that is gone. */
export async function findChanges(
  executor: Executor,
  registerKey: string,
  rowKey: string,
): Promise<readonly StoredChange[]> {
  const rows = await queryRows(
    executor,
    'SELECT * FROM register_change WHERE register_key = ? AND row_key = ? ORDER BY version DESC LIMIT 200',
    [registerKey, rowKey],
  );
  return decodeRows(changeTable, rows);
}

export async function countRows(executor: Executor, { key }: Pick<RegisterModel, 'key'>): Promise<number> {
  const [row] = await queryRows<{ rows: number }>(
    executor,
    'SELECT count(*) AS rows FROM register_row WHERE register_key = ?',
    [key],
  );
  return Number(row?.rows ?? 0);
}

/** A lot of rows in the order of their keys, after `after`: for walks over a whole register. */
export async function rowsAfter(
  executor: Executor,
  { registerKey, after, limit }: { registerKey: string; after: string; limit: number },
): Promise<readonly StoredRow[]> {
  const rows = await queryRows(
    executor,
    'SELECT * FROM register_row WHERE register_key = ? AND row_key > ? ORDER BY row_key LIMIT ?',
    [registerKey, after, limit],
  );
  return decodeRows(rowTable, rows);
}

import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable } from '../database/table-spec.ts';
import { sizeClass, updateRows } from '../database/write-rows.ts';
import { searchText, type CaseFields } from './instance-rows.ts';

/** An instance row as it stands under the lock. */
export interface LockedInstance extends CaseFields {
  readonly key: Key;
  /** Number of history events so far. */
  readonly version: number;
}

const OWNERS = { columns: { bucket: 'smallint', process_instance_key: 'key' } } as const;

/** Locks instances until the transaction ends, in key order, by one statement; unknown ones are missing from the answer. */
export async function lockInstances(tx: Executor, keys: readonly Key[]): Promise<readonly LockedInstance[]> {
  if (keys.length === 0) return [];
  const owners = tx.dialect.rowsFromJson(OWNERS, 'o', keys.length);
  const rows = await queryRows<{
    key: Key;
    version: number;
    case_number: string | null;
    title: string | null;
    client: string | null;
  }>(
    tx,
    `SELECT t.process_instance_key AS key, t.history_length AS version, t.case_number, t.title, t.client
     FROM ${owners} JOIN process_instance t ON t.bucket = o.bucket AND t.process_instance_key = o.process_instance_key
     ORDER BY t.bucket, t.process_instance_key${tx.dialect.forUpdateOf('t')}`,
    [JSON.stringify(keys.map((key) => ({ bucket: bucketOf(key), process_instance_key: key })))],
  );
  return rows.map(({ key, version, case_number, title, client }) => ({
    key,
    version,
    caseNumber: case_number,
    title,
    client,
  }));
}

/** The root of each instance that there is. It never changes, so it may be read without a lock and kept. */
export async function findRoots(executor: Executor, keys: readonly Key[]): Promise<ReadonlyMap<Key, Key>> {
  const owners = executor.dialect.rowsFromJson(OWNERS, 'o', sizeClass(keys.length));
  const rows = await queryRows<{ key: Key; root: Key }>(
    executor,
    `SELECT t.process_instance_key AS key, t.root_process_instance_key AS root
     FROM ${owners} JOIN process_instance t ON t.bucket = o.bucket AND t.process_instance_key = o.process_instance_key`,
    [JSON.stringify(keys.map((key) => ({ bucket: bucketOf(key), process_instance_key: key })))],
  );
  return new Map(rows.map(({ key, root }) => [key, root]));
}

const caseTable = defineTable('process_instance', {
  columns: {
    bucket: 'smallint',
    process_instance_key: 'key',
    case_number: 'text?',
    title: 'text?',
    client: 'text?',
    case_search: 'text',
  },
  primaryKey: ['bucket', 'process_instance_key'],
});

/** Every task of a tree by its root, which stands here for the key. */
const taskCaseTable = defineTable('user_task', {
  columns: {
    bucket: 'smallint',
    root_process_instance_key: 'key',
    case_number: 'text?',
    case_title: 'text?',
    client: 'text?',
    case_search: 'text',
  },
  primaryKey: ['bucket', 'root_process_instance_key'],
});

/** Says what cases are called, at their roots and on every task of their trees. */
export async function renameCases(
  tx: Executor,
  cases: readonly (CaseFields & { readonly rootKey: Key })[],
): Promise<void> {
  const rows = cases.map(({ rootKey, caseNumber, title, client }) => ({
    bucket: bucketOf(rootKey),
    rootKey,
    case_number: caseNumber,
    title,
    client,
    case_search: searchText(caseNumber, title, client),
  }));
  await updateRows(
    tx,
    caseTable,
    rows.map(({ rootKey, ...row }) => ({ ...row, process_instance_key: rootKey })),
  );
  await updateRows(
    tx,
    taskCaseTable,
    rows.map(({ rootKey, title, ...row }) => ({ ...row, case_title: title, root_process_instance_key: rootKey })),
  );
}

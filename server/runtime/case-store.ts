import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { searchText, type CaseFields } from './instance-rows.ts';

/** The root of an instance tree, locked until the transaction ends; undefined when there is no such instance. */
export async function lockRoot(tx: Executor, rootKey: Key): Promise<CaseFields | undefined> {
  const [row] = await queryRows<{ case_number: string | null; title: string | null; client: string | null }>(
    tx,
    `SELECT case_number, title, client FROM process_instance WHERE bucket = ? AND process_instance_key = ?${tx.dialect.forUpdate}`,
    [bucketOf(rootKey), rootKey],
  );
  return row && { caseNumber: row.case_number, title: row.title, client: row.client };
}

/** The root never changes, so it may be read without a lock and kept. */
export async function findRoot(executor: Executor, processInstanceKey: Key): Promise<Key | undefined> {
  const [row] = await queryRows<{ root: Key }>(
    executor,
    'SELECT root_process_instance_key AS root FROM process_instance WHERE bucket = ? AND process_instance_key = ?',
    [bucketOf(processInstanceKey), processInstanceKey],
  );
  return row?.root;
}

/** Says what the case is called, at its root and on every task of the tree. */
export async function renameCase(tx: Executor, rootKey: Key, fields: CaseFields): Promise<void> {
  const { caseNumber, title, client } = fields;
  const values = [caseNumber, title, client, searchText(caseNumber, title, client), bucketOf(rootKey), rootKey];
  await queryRows(
    tx,
    'UPDATE process_instance SET case_number = ?, title = ?, client = ?, case_search = ? WHERE bucket = ? AND process_instance_key = ?',
    values,
  );
  await queryRows(
    tx,
    'UPDATE user_task SET case_number = ?, case_title = ?, client = ?, case_search = ? WHERE bucket = ? AND root_process_instance_key = ?',
    values,
  );
}

import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { keepUsage } from '../usage/keep-usage.ts';

const deletedCaseTable = defineTable('deleted_case', {
  columns: {
    bucket: 'smallint',
    case_key: 'key',
    process_id: 'text',
    case_number: 'text?',
    started_at: 'time',
    ended_at: 'time?',
    reason: 'text',
    deleted_by: 'text?',
    deleted_at: 'time',
    usage_kept: 'boolean?',
  },
  primaryKey: ['bucket', 'case_key'],
});
type DeletedCaseRow = RowOf<typeof deletedCaseTable>;

/** Rows that carry (bucket, process_instance_key): gone with their instance. Drafts and candidates hang on tasks, so before them. */
const OF_INSTANCE = [
  'user_task',
  'element_instance',
  'variable',
  'token',
  'loop_result',
  'loop_item',
  'compensation_record',
  'job',
  'timer',
  'message_subscription',
  'signal_subscription',
  'condition_subscription',
  'incident',
  'decision_instance',
  'history_event',
] as const;

/** Rows of the case itself. `document_number` stays, so that the series keeps no gap, and `mail_receipt` and `start_submission`, so that nothing comes twice. */
const OF_CASE = ['mail', 'stored_file', 'document', 'case_party'] as const;

export interface Deletion {
  readonly bucket: number;
  readonly caseKeys: readonly Key[];
  readonly reason: 'retention' | 'operator';
  readonly by: string | null;
  readonly now: number;
}

export interface Deleted {
  readonly caseKeys: readonly Key[];
  /** The cases and all they called. */
  readonly instanceKeys: readonly Key[];
  /** Content that lost a row; whoever deletes it must look whether another row has it. */
  readonly contents: readonly string[];
}

/**
 * Deletes ended cases of one bucket with all they called, one statement per table, and writes down that they were there.
 * A case that is not over, or is gone by now, stays as it is: two nodes may try the same.
 */
export async function deleteCases(tx: Executor, deletion: Deletion): Promise<Deleted> {
  const { bucket, reason, by, now } = deletion;
  const roots = await queryRows<
    Omit<DeletedCaseRow, 'reason' | 'deleted_by' | 'deleted_at' | 'usage_kept' | 'case_key'> & Owner
  >(
    tx,
    `DELETE FROM process_instance WHERE bucket = ? AND process_instance_key IN (${tx.dialect.listFromJson('key')})
       AND parent_process_instance_key IS NULL AND ended_at IS NOT NULL
     RETURNING bucket, process_instance_key, process_id, case_number, started_at, ended_at`,
    [bucket, JSON.stringify(deletion.caseKeys)],
  );
  if (roots.length === 0) return { caseKeys: [], instanceKeys: [], contents: [] };
  const caseKeys = roots.map((root) => root.process_instance_key);
  const cases = JSON.stringify(caseKeys);
  const called = await queryRows<Owner>(
    tx,
    `DELETE FROM process_instance
     WHERE bucket = ? AND root_process_instance_key IN (${tx.dialect.listFromJson('key')})
     RETURNING process_instance_key`,
    [bucket, cases],
  );
  const instanceKeys = [...caseKeys, ...called.map((row) => row.process_instance_key)];
  const instances = JSON.stringify(instanceKeys);
  const contents = await contentsOf(tx, { bucket, cases });
  await keepUsage(tx, { bucket, instances: instanceKeys });
  for (const table of ['task_draft', 'user_task_candidate']) {
    await queryRows(
      tx,
      `DELETE FROM ${table} WHERE bucket = ? AND user_task_key IN (
         SELECT t.user_task_key FROM user_task t
         WHERE t.bucket = ? AND t.process_instance_key IN (${tx.dialect.listFromJson('key')}))`,
      [bucket, bucket, instances],
    );
  }
  const remove = async (
    tables: readonly string[],
    { column, keys }: { readonly column: string; readonly keys: string },
  ): Promise<void> => {
    for (const table of tables)
      await queryRows(
        tx,
        `DELETE FROM ${table}
         WHERE bucket = ? AND ${column} IN (${tx.dialect.listFromJson('key')})`,
        [bucket, keys],
      );
  };
  await remove(OF_INSTANCE, { column: 'process_instance_key', keys: instances });
  await remove(OF_CASE, { column: 'case_key', keys: cases });
  await insertNewRows(
    tx,
    deletedCaseTable,
    roots.map(({ process_instance_key: case_key, ...root }) => ({
      bucket,
      case_key,
      process_id: root.process_id,
      case_number: root.case_number,
      started_at: root.started_at,
      ended_at: root.ended_at,
      reason,
      deleted_by: by,
      deleted_at: now,
      usage_kept: true,
    })),
  );
  return { caseKeys, instanceKeys, contents };
}

/** Those of the cases that may be deleted, and all they called. */
export async function findDeletable(
  executor: Executor,
  { bucket, caseKeys }: Pick<Deletion, 'bucket' | 'caseKeys'>,
): Promise<Pick<Deleted, 'caseKeys' | 'instanceKeys'>> {
  const rows = await queryRows<Owner & { readonly root_process_instance_key: Key }>(
    executor,
    `SELECT i.process_instance_key, i.root_process_instance_key FROM process_instance p
     JOIN process_instance i ON i.bucket = p.bucket AND i.root_process_instance_key = p.process_instance_key
     WHERE p.bucket = ? AND p.process_instance_key IN (${executor.dialect.listFromJson('key')})
       AND p.parent_process_instance_key IS NULL AND p.ended_at IS NOT NULL`,
    [bucket, JSON.stringify(caseKeys)],
  );
  return {
    caseKeys: [...new Set(rows.map((row) => row.root_process_instance_key))],
    instanceKeys: rows.map((row) => row.process_instance_key),
  };
}

/**
 * What lies in other buckets, those of people and of messages, and so not in the transaction that deletes the cases. It goes
 * before them: after a crash between the two the case is still there to be deleted again, and with it the rest.
 */
export async function deleteTraces(
  tx: Executor,
  { caseKeys, instanceKeys }: Pick<Deleted, 'caseKeys' | 'instanceKeys'>,
): Promise<void> {
  const remove = (table: string, column: string, keys: readonly Key[]): Promise<unknown> =>
    queryRows(tx, `DELETE FROM ${table} WHERE ${column} IN (${tx.dialect.listFromJson('key')})`, [
      JSON.stringify(keys),
    ]);
  await remove('notification', 'case_key', caseKeys);
  await remove('reservation', 'holder_key', instanceKeys);
  await remove('correlated_subscription', 'process_instance_key', instanceKeys);
}

interface Owner {
  readonly process_instance_key: Key;
}

async function contentsOf(
  tx: Executor,
  { bucket, cases }: { readonly bucket: number; readonly cases: string },
): Promise<readonly string[]> {
  const list = tx.dialect.listFromJson('key');
  const rows = await queryRows<{ sha256: string }>(
    tx,
    `SELECT sha256 FROM stored_file WHERE bucket = ? AND case_key IN (${list})
     UNION SELECT html_sha256 FROM document WHERE bucket = ? AND case_key IN (${list})
     UNION SELECT pdf_sha256 FROM document WHERE bucket = ? AND case_key IN (${list})
     UNION SELECT raw_sha256 FROM mail WHERE bucket = ? AND case_key IN (${list}) AND raw_sha256 IS NOT NULL`,
    [bucket, cases, bucket, cases, bucket, cases, bucket, cases],
  );
  return rows.map((row) => row.sha256);
}

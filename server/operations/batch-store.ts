import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { RowOf } from '../database/table-spec.ts';
import { decodeRows, insertRows } from '../database/write-rows.ts';
import type { Rights } from '../nodes/rights.ts';
import type { Condition } from '../user-tasks/task-visibility.ts';
import type { BatchPlan, BatchState } from './batch-plan.ts';
import { batchItemTable, batchTable } from './batch-tables.ts';

export interface BatchItem {
  readonly batchKey: Key;
  readonly itemKey: Key;
  readonly processInstanceKey: Key;
}

/**
 * One item per instance, or per open incident of it, that fits the filter now. What is canceled, suspended or resumed is so
 * with all it has called, so only roots are taken. @returns how many
 */
export async function insertItems(
  tx: Executor,
  batch: { readonly batchKey: Key; readonly kind: BatchPlan['kind'] },
  filter: Condition,
): Promise<number> {
  const { batchKey, kind } = batch;
  const ofIncidents = kind === 'resolveIncident';
  const from = ofIncidents
    ? `process_instance p JOIN incident i ON i.bucket = p.bucket AND i.process_instance_key = p.process_instance_key
         AND i.ended_at IS NULL`
    : 'process_instance p';
  await queryRows(
    tx,
    `INSERT INTO batch_operation_item (bucket, batch_operation_key, item_key, process_instance_key, state)
     SELECT p.bucket, CAST(? AS bigint), ${ofIncidents ? 'i.incident_key' : 'p.process_instance_key'}, p.process_instance_key, 'ACTIVE'
     FROM ${from} WHERE p.state = 'active'${TAKEN[kind] ?? ''}
       AND (${filter.sql})`,
    [batchKey, ...filter.parameters],
  );
  // Counted there: a batch may have more items than we want to see here.
  const [row] = await queryRows<{ total: number }>(
    tx,
    'SELECT count(*) AS total FROM batch_operation_item WHERE batch_operation_key = ?',
    [batchKey],
  );
  return row!.total;
}

/** Beside the filter: what an operation of this kind can do something to. */
const ROOTS = ' AND p.parent_process_instance_key IS NULL';
const TAKEN: { readonly [Kind in BatchPlan['kind']]?: string } = {
  cancel: ROOTS,
  suspend: `${ROOTS} AND p.suspended_at IS NULL`,
  resume: `${ROOTS} AND p.suspended_at IS NOT NULL`,
};

export async function insertBatch(tx: Executor, row: RowOf<typeof batchTable>): Promise<void> {
  await insertRows(tx, batchTable, [row]);
}

/** Batches that have something to do; of `key` alone when given. */
export async function findBatches(
  executor: Executor,
  wanted: { readonly state: BatchState; readonly rights: Rights } | { readonly key: Key },
): Promise<readonly RowOf<typeof batchTable>[]> {
  const [where, parameters] =
    'key' in wanted
      ? (['bucket = ? AND batch_operation_key = ?', [bucketOf(wanted.key), wanted.key]] as const)
      : ([
          `ended_at IS NULL AND state = ?${wanted.rights.within('bucket')}`,
          [wanted.state, ...wanted.rights.parameters],
        ] as const);
  const rows = await queryRows(
    executor,
    `SELECT * FROM batch_operation WHERE ${where} ORDER BY batch_operation_key LIMIT 100`,
    parameters,
  );
  return decodeRows(batchTable, rows);
}

export async function findOpenItems(executor: Executor, batchKey: Key, limit: number): Promise<readonly BatchItem[]> {
  const rows = await queryRows(
    executor,
    `SELECT * FROM batch_operation_item WHERE batch_operation_key = ? AND state = 'ACTIVE' ORDER BY item_key LIMIT ?`,
    [batchKey, limit],
  );
  return decodeRows(batchItemTable, rows).map((row) => ({
    batchKey,
    itemKey: row.item_key,
    processInstanceKey: row.process_instance_key,
  }));
}

/** Takes an item out of the open ones, once: false when another node, or a cancellation, was faster. */
export async function settleItem(
  tx: Executor,
  { batchKey, itemKey, processInstanceKey }: BatchItem,
  outcome: { readonly state: 'COMPLETED' | 'FAILED'; readonly now: number; readonly errorMessage: string | null },
): Promise<boolean> {
  const rows = await queryRows(
    tx,
    `UPDATE batch_operation_item SET state = ?, processed_at = ?, error_message = ?
     WHERE bucket = ? AND batch_operation_key = ? AND item_key = ? AND state = 'ACTIVE' RETURNING item_key`,
    [outcome.state, outcome.now, outcome.errorMessage, bucketOf(processInstanceKey), batchKey, itemKey],
  );
  return rows.length > 0;
}

/** False when the batch was not in one of these states any more. */
export async function changeBatch(
  tx: Executor,
  key: Key,
  change: { readonly from: readonly BatchState[]; readonly to: BatchState; readonly endedAt: number | null },
): Promise<boolean> {
  const { from, to, endedAt } = change;
  const rows = await queryRows(
    tx,
    `UPDATE batch_operation SET state = ?, ended_at = ? WHERE bucket = ? AND batch_operation_key = ?
       AND state IN (${from.map(() => '?').join(', ')}) RETURNING state`,
    [to, endedAt, bucketOf(key), key, ...from],
  );
  return rows.length > 0;
}

export async function cancelOpenItems(tx: Executor, key: Key, now: number): Promise<void> {
  await queryRows(
    tx,
    `UPDATE batch_operation_item SET state = 'CANCELED', processed_at = ? WHERE batch_operation_key = ? AND state = 'ACTIVE'`,
    [now, key],
  );
}

import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { RowOf } from '../database/table-spec.ts';
import { decodeRows, insertRows } from '../database/write-rows.ts';
import type { Rights } from '../nodes/rights.ts';
import type { Condition } from '../user-tasks/task-visibility.ts';
import type { BatchPlan, BatchState } from './batch-plan.ts';
import { batchItemTable, batchTable } from './batch-tables.ts';

export type BatchRow = RowOf<typeof batchTable>;

export interface BatchItem {
  readonly batchKey: Key;
  readonly itemKey: Key;
  readonly processInstanceKey: Key;
}

export interface ItemsToTake {
  readonly batchKey: Key;
  readonly kind: BatchPlan['kind'];
  /** On `process_instance p`. */
  readonly filter: Condition;
}

/** Buckets with something to take. */
export async function findBucketsToTake(executor: Executor, items: ItemsToTake): Promise<readonly number[]> {
  const { from, where } = sourceOf(items);
  const rows = await queryRows<{ bucket: number }>(
    executor,
    `SELECT DISTINCT p.bucket FROM ${from} WHERE ${where} ORDER BY p.bucket`,
    items.filter.parameters,
  );
  return rows.map(({ bucket }) => bucket);
}

/**
 * One item per instance of this bucket, or per open incident of it, that fits the filter now; null: of all buckets. What is
 * canceled, suspended or resumed is so with all it has called, so only roots are taken. May run again: each is taken once.
 */
export async function insertItems(tx: Executor, items: ItemsToTake, bucket: number | null): Promise<void> {
  const { batchKey, kind, filter } = items;
  const { from, where } = sourceOf(items);
  const itemKey = kind === 'resolveIncident' ? 'i.incident_key' : 'p.process_instance_key';
  await queryRows(
    tx,
    `INSERT INTO batch_operation_item (bucket, batch_operation_key, item_key, process_instance_key, state)
     SELECT p.bucket, CAST(? AS bigint), ${itemKey}, p.process_instance_key, 'ACTIVE'
     FROM ${from} WHERE ${where}${bucket === null ? '' : ' AND p.bucket = ?'}
     ON CONFLICT (bucket, batch_operation_key, item_key) DO NOTHING`,
    [batchKey, ...filter.parameters, ...(bucket === null ? [] : [bucket])],
  );
}

function sourceOf({ kind, filter }: ItemsToTake): { readonly from: string; readonly where: string } {
  const incidents =
    kind === 'resolveIncident'
      ? ` JOIN incident i ON i.bucket = p.bucket AND i.process_instance_key = p.process_instance_key AND i.ended_at IS NULL`
      : '';
  return {
    from: `process_instance p${incidents}`,
    where: `p.state = 'active'${TAKEN[kind] ?? ''} AND (${filter.sql})`,
  };
}

/** Counted there: a batch may have more items than we want to see here. */
export async function countItems(executor: Executor, batchKey: Key): Promise<number> {
  const [row] = await queryRows<{ total: number }>(
    executor,
    'SELECT count(*) AS total FROM batch_operation_item WHERE batch_operation_key = ?',
    [batchKey],
  );
  return Number(row!.total);
}

/** Buckets in which a batch has items that are not done. */
export async function findItemBuckets(executor: Executor, batchKey: Key): Promise<readonly number[]> {
  const rows = await queryRows<{ bucket: number }>(
    executor,
    "SELECT DISTINCT bucket FROM batch_operation_item WHERE batch_operation_key = ? AND state = 'ACTIVE' ORDER BY bucket",
    [batchKey],
  );
  return rows.map(({ bucket }) => bucket);
}

/** All its items are written: from now on they are done. False when it is not in creation any more. */
export async function beginBatch(
  tx: Executor,
  key: Key,
  { total, now }: { readonly total: number; readonly now: number },
): Promise<boolean> {
  const rows = await queryRows(
    tx,
    `UPDATE batch_operation SET state = ?, total = ?, ended_at = ? WHERE bucket = ? AND batch_operation_key = ? AND state = 'CREATED'
     RETURNING state`,
    [total === 0 ? 'COMPLETED' : 'ACTIVE', total, total === 0 ? now : null, bucketOf(key), key],
  );
  return rows.length > 0;
}

export async function deleteItems(tx: Executor, key: Key, bucket: number): Promise<void> {
  await queryRows(tx, 'DELETE FROM batch_operation_item WHERE bucket = ? AND batch_operation_key = ?', [bucket, key]);
}

/** Beside the filter: what an operation of this kind can do something to. */
const ROOTS = ' AND p.parent_process_instance_key IS NULL';
const TAKEN: { readonly [Kind in BatchPlan['kind']]?: string } = {
  cancel: ROOTS,
  suspend: `${ROOTS} AND p.suspended_at IS NULL`,
  resume: `${ROOTS} AND p.suspended_at IS NOT NULL`,
};

export async function insertBatch(tx: Executor, row: BatchRow): Promise<void> {
  await insertRows(tx, batchTable, [row]);
}

/** Batches that are not over and are in this state; of `key` alone when given, whatever its state. */
export async function findBatches(
  executor: Executor,
  wanted: { readonly state: BatchState; readonly rights: Rights } | { readonly key: Key },
): Promise<readonly BatchRow[]> {
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

export async function findOpenItems(
  executor: Executor,
  batchKey: Key,
  { limit, after }: { readonly limit: number; readonly after: Key },
): Promise<readonly BatchItem[]> {
  const rows = await queryRows(
    executor,
    `SELECT * FROM batch_operation_item WHERE batch_operation_key = ? AND state = 'ACTIVE' AND item_key > ?
     ORDER BY item_key LIMIT ?`,
    [batchKey, after, limit],
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

export async function cancelOpenItems(
  tx: Executor,
  key: Key,
  place: { readonly bucket: number; readonly now: number },
): Promise<void> {
  await queryRows(
    tx,
    `UPDATE batch_operation_item SET state = 'CANCELED', processed_at = ? WHERE bucket = ? AND batch_operation_key = ? AND state = 'ACTIVE'`,
    [place.now, place.bucket, key],
  );
}

import { queryRows, type Executor } from '../database/connect.ts';

/** Milliseconds since 1970 by the clock of the database: leases are judged by nodes that did not give them. */
export async function readDatabaseTime(executor: Executor, statement: string): Promise<number> {
  const [row] = await queryRows<{ now: string | number }>(executor, statement);
  return Number(row!.now);
}

/** May be repeated: whether its COMMIT happened is not always known. */
export async function insertNode(
  tx: Executor,
  node: { readonly nodeId: string; readonly now: number; readonly until: number; readonly revision: number },
): Promise<void> {
  await queryRows(
    tx,
    `INSERT INTO server_node (node_id, started_at, lease_until, catalog_revision) VALUES (?, ?, ?, ?)
     ON CONFLICT (node_id) DO UPDATE SET lease_until = excluded.lease_until`,
    [node.nodeId, Math.round(node.now), Math.round(node.until), node.revision],
  );
}

/** False when the lease had ended before: then others may have taken the buckets, and the node is to begin anew. */
export async function renewNode(
  tx: Executor,
  { nodeId, now, until }: { readonly nodeId: string; readonly now: number; readonly until: number },
): Promise<boolean> {
  const rows = await queryRows(
    tx,
    'UPDATE server_node SET lease_until = ? WHERE node_id = ? AND lease_until > ? RETURNING node_id',
    [Math.round(until), nodeId, Math.round(now)],
  );
  return rows.length > 0;
}

/** How many nodes live. */
export async function countNodes(tx: Executor, now: number): Promise<number> {
  const [row] = await queryRows<{ n: number }>(tx, 'SELECT count(*) AS n FROM server_node WHERE lease_until > ?', [
    Math.round(now),
  ]);
  return row!.n;
}

/** Buckets of a node with their epochs. */
export async function findBuckets(tx: Executor, nodeId: string): Promise<Map<number, number>> {
  const rows = await queryRows<{ bucket: number; epoch: number }>(
    tx,
    'SELECT bucket, epoch FROM bucket_lease WHERE node_id = ? ORDER BY bucket',
    [nodeId],
  );
  return new Map(rows.map(({ bucket, epoch }) => [bucket, epoch]));
}

/** Takes buckets that are free or whose node has fallen silent, as many as are wanted and no more. */
export async function takeBuckets(
  tx: Executor,
  { nodeId, now, wanted }: { readonly nodeId: string; readonly now: number; readonly wanted: number },
): Promise<void> {
  if (wanted <= 0) return;
  await queryRows(
    tx,
    `UPDATE bucket_lease SET node_id = ?, epoch = epoch + 1 WHERE bucket IN (
       SELECT bucket FROM bucket_lease
       WHERE node_id IS NULL OR node_id NOT IN (SELECT node_id FROM server_node WHERE lease_until > ?)
       ORDER BY bucket LIMIT ?${tx.dialect.forUpdateSkipLocked})`,
    [nodeId, Math.round(now), wanted],
  );
}

/** Gives buckets back, for others to take. */
export async function releaseBuckets(tx: Executor, nodeId: string, buckets: readonly number[]): Promise<void> {
  if (buckets.length === 0) return;
  await queryRows(
    tx,
    `UPDATE bucket_lease SET node_id = NULL, epoch = epoch + 1 WHERE node_id = ? AND ${tx.dialect.isAmong('bucket', 'key')}`,
    [nodeId, JSON.stringify(buckets)],
  );
}

/** Forgets nodes that went without a word some time ago; their buckets are taken by now. */
export async function forgetNodes(tx: Executor, before: number): Promise<void> {
  await queryRows(tx, 'DELETE FROM server_node WHERE lease_until < ?', [Math.round(before)]);
}

export async function deleteNode(tx: Executor, nodeId: string): Promise<void> {
  await queryRows(tx, 'DELETE FROM server_node WHERE node_id = ?', [nodeId]);
}

/** Says which catalog a node has read. */
export async function noteRevision(tx: Executor, nodeId: string, revision: number): Promise<void> {
  await queryRows(tx, 'UPDATE server_node SET catalog_revision = ? WHERE node_id = ? AND catalog_revision < ?', [
    revision,
    nodeId,
    revision,
  ]);
}

/** Whether every node that lives has read this catalog or a later one. */
export async function allHaveRevision(executor: Executor, revision: number, now: number): Promise<boolean> {
  const rows = await queryRows(
    executor,
    'SELECT node_id FROM server_node WHERE lease_until > ? AND catalog_revision < ? LIMIT 1',
    [Math.round(now), revision],
  );
  return rows.length === 0;
}

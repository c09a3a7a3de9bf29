import { bucketOf, type Key } from '#engine';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import { bucketForText } from '../database/key-source.ts';
import { inTransactionBy, type Rights } from '../nodes/rights.ts';

export interface Reservation {
  readonly scope: string;
  readonly key: string;
  /** The process instance that has it. */
  readonly holder: Key;
}

/** «At most one active instance per process, message and key»: a row whose primary key is the promise, over all buckets. */
export function messageStartScope(processId: string, messageName: string): string {
  return `message-start:${processId}:${messageName}`;
}

/** True when the holder has it now: newly, or since an earlier try. */
export async function reserve(tx: Executor, { scope, key, holder }: Reservation, now: number): Promise<boolean> {
  const bucket = bucketForText(`${scope}\n${key}`);
  await queryRows(
    tx,
    `INSERT INTO reservation (bucket, scope, reservation_key, holder_bucket, holder_key, reserved_at)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (bucket, scope, reservation_key) DO NOTHING`,
    [bucket, scope, key, bucketOf(holder), holder, now],
  );
  const [row] = await queryRows<{ holder_key: Key }>(
    tx,
    'SELECT holder_key FROM reservation WHERE bucket = ? AND scope = ? AND reservation_key = ?',
    [bucket, scope, key],
  );
  return row?.holder_key === holder;
}

/** Frees what ended instances held. @returns how many */
export async function releaseEnded(
  database: Database,
  { limit, rights }: { readonly limit: number; readonly rights: Rights },
): Promise<number> {
  const ended = await queryRows<{ bucket: number; scope: string; reservation_key: string; holder_key: Key }>(
    readerOf(database),
    `SELECT r.bucket, r.scope, r.reservation_key, r.holder_key FROM reservation r
     JOIN process_instance p ON p.bucket = r.holder_bucket AND p.process_instance_key = r.holder_key
     WHERE p.state <> 'active'${rights.within('r.bucket')} LIMIT ?`,
    [...rights.parameters, limit],
  );
  for (const { bucket, scope, reservation_key: key, holder_key: holder } of ended) {
    await inTransactionBy(database, rights.of(bucket), (tx) =>
      queryRows(
        tx,
        'DELETE FROM reservation WHERE bucket = ? AND scope = ? AND reservation_key = ? AND holder_key = ?',
        [bucket, scope, key, holder],
      ),
    );
  }
  return ended.length;
}

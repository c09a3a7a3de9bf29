import { bucketOf, type Key } from '#engine';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import { bucketForText } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';

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
export function reserve(database: Database, { scope, key, holder }: Reservation, now: number): Promise<boolean> {
  const bucket = bucketForText(`${scope}\n${key}`);
  return inTransaction(database, async (tx) => {
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
  });
}

/** Frees what ended instances held. @returns how many */
export async function releaseEnded(database: Database, limit: number): Promise<number> {
  const ended = await queryRows<{ bucket: number; scope: string; reservation_key: string; holder_key: Key }>(
    readerOf(database),
    `SELECT r.bucket, r.scope, r.reservation_key, r.holder_key FROM reservation r
     JOIN process_instance p ON p.bucket = r.holder_bucket AND p.process_instance_key = r.holder_key
     WHERE p.state <> 'active' LIMIT ?`,
    [limit],
  );
  for (const { bucket, scope, reservation_key: key, holder_key: holder } of ended) {
    await inTransaction(database, (tx) =>
      queryRows(
        tx,
        'DELETE FROM reservation WHERE bucket = ? AND scope = ? AND reservation_key = ? AND holder_key = ?',
        [bucket, scope, key, holder],
      ),
    );
  }
  return ended.length;
}

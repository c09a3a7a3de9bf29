import { bucketOf, type Key } from '#engine';
import { queryRows, type Database, type Executor } from '../database/connect.ts';
import { bucketForText } from '../database/key-source.ts';
import { inTransactionBy, type Right, type Rights } from '../nodes/rights.ts';

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
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (bucket, scope, reservation_key) DO UPDATE SET reserved_at = excluded.reserved_at
       WHERE reservation.holder_key = excluded.holder_key`,
    [bucket, scope, key, bucketOf(holder), holder, now],
  );
  const [row] = await queryRows<{ holder_key: Key }>(
    tx,
    'SELECT holder_key FROM reservation WHERE bucket = ? AND scope = ? AND reservation_key = ?',
    [bucket, scope, key],
  );
  return row?.holder_key === holder;
}

/** Between a reservation and the start of its holder lies one transaction; a crash between is made good in seconds after the restart. */
const START_MS = 10 * 60_000;

export interface HeldReservation {
  readonly bucket: number;
  readonly scope: string;
  readonly reservationKey: string;
  readonly holder: Key;
  /** Epoch milliseconds at which it was last asked for; from then on its holder may still be about to start. */
  readonly reservedAt: number;
}

/** What instances hold that have ended, were deleted since, or never came to be because their start was refused. */
export async function findFree(
  executor: Executor,
  { now, limit, rights }: { readonly now: number; readonly limit: number; readonly rights: Rights },
): Promise<readonly HeldReservation[]> {
  const rows = await queryRows<{
    bucket: number;
    scope: string;
    reservation_key: string;
    holder_key: Key;
    reserved_at: number;
  }>(
    executor,
    `SELECT r.bucket, r.scope, r.reservation_key, r.holder_key, r.reserved_at FROM reservation r
     LEFT JOIN process_instance p ON p.bucket = r.holder_bucket AND p.process_instance_key = r.holder_key
     WHERE (p.state <> 'active' OR (p.state IS NULL AND r.reserved_at <= ?))${rights.within('r.bucket')} LIMIT ?`,
    [now - START_MS, ...rights.parameters, limit],
  );
  return rows.map((row) => ({
    bucket: row.bucket,
    scope: row.scope,
    reservationKey: row.reservation_key,
    holder: row.holder_key,
    reservedAt: row.reserved_at,
  }));
}

/** @returns 1, or 0 when its holder has asked for it again meanwhile */
export async function release(database: Database, held: HeldReservation, right: Right | null): Promise<number> {
  const { bucket, scope, reservationKey, holder, reservedAt } = held;
  const gone = await inTransactionBy(database, right, (tx) =>
    queryRows(
      tx,
      `DELETE FROM reservation WHERE bucket = ? AND scope = ? AND reservation_key = ? AND holder_key = ? AND reserved_at = ?
       RETURNING bucket`,
      [bucket, scope, reservationKey, holder, reservedAt],
    ),
  );
  return gone.length;
}

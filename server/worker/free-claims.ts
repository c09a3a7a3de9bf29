import { queryRows, type Executor } from '../database/connect.ts';
import { START_TIMERS } from './fire-timers.ts';

/**
 * What the last node of these buckets had claimed and not done is to be had at once by the next: it can store nothing any more.
 * Without this a timer that was about to fire would wait for the end of its claim.
 */
export async function freeClaims(tx: Executor, buckets: readonly number[], now: number): Promise<void> {
  if (buckets.length === 0) return;
  const list = JSON.stringify(buckets);
  const among = tx.dialect.isAmong('bucket', 'key');
  await queryRows(
    tx,
    `UPDATE timer SET lease_until = NULL WHERE due_at <= ? AND suspended = FALSE AND lease_until IS NOT NULL AND ${among}`,
    [now, list],
  );
  if (buckets.includes(START_TIMERS)) {
    await queryRows(
      tx,
      'UPDATE start_subscription SET lease_until = NULL WHERE due_at <= ? AND suspended = FALSE AND lease_until IS NOT NULL',
      [now],
    );
  }
  // One that had failed is tried earlier than it would be; that happens once for each change of hands.
  await queryRows(tx, `UPDATE outbox SET available_at = ? WHERE available_at > ? AND ${among}`, [now, now, list]);
}

import { bucketOf } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { Step } from './step.ts';

/** What others look for by its own columns, without looking at its instance. */
const HELD = ['job', 'timer', 'message_subscription', 'signal_subscription'] as const;

/**
 * Marks the waits of instances that are suspended, and frees them when they go on: a timer that nobody may fire must not be
 * claimed again and again. Touched are only instances that are suspended, or were until now.
 */
export async function holdWaits(tx: Executor, steps: readonly Step[]): Promise<void> {
  const held = new Map<number, boolean>();
  for (const { before, accepted } of steps) {
    const { processInstanceKey, suspendedAt } = accepted.instance.header;
    const wasSuspended = (before?.header.suspendedAt ?? null) !== null;
    if (suspendedAt !== null || wasSuspended) held.set(processInstanceKey, suspendedAt !== null);
  }
  for (const [key, suspended] of held) {
    for (const table of HELD) {
      // A lease on a timer is only a claim to fire it.
      const free = table === 'timer' ? ', lease_until = NULL' : '';
      await queryRows(
        tx,
        `UPDATE ${table} SET suspended = ${suspended ? 'TRUE' : 'FALSE'}${free}
         WHERE bucket = ? AND process_instance_key = ? AND suspended = ${suspended ? 'FALSE' : 'TRUE'}`,
        [bucketOf(key), key],
      );
    }
  }
}

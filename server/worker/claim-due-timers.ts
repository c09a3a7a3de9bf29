import type { Key } from '#engine';
import { queryRows, type Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { inTransactionBy, requireRights, type Right, type Rights } from '../nodes/rights.ts';

/** A node that died while firing gives its timers back after this. */
const LEASE_MS = 30_000;

export interface DueTimer {
  /** By which it is fired. */
  readonly right: Right | null;
  readonly timerKey: Key;
  readonly processInstanceKey: Key;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** Takes timers that are due, earliest first, so that two nodes do not both try. The firing itself is decided under the instance's lock. */
export async function claimDueTimers(
  database: Database,
  { now, limit, rights }: { readonly now: number; readonly limit: number; readonly rights: Rights },
): Promise<readonly DueTimer[]> {
  const claimed = await inTransaction(database, async (tx) => {
    const rows = await queryRows<{ bucket: number; timer_key: Key; process_instance_key: Key; due_at: number }>(
      tx,
      `UPDATE timer SET lease_until = ?
       WHERE (bucket, process_instance_key, timer_key) IN (
         SELECT bucket, process_instance_key, timer_key FROM timer
         WHERE suspended = FALSE AND due_at <= ? AND (lease_until IS NULL OR lease_until <= ?)${rights.within('bucket')}
         ORDER BY due_at, timer_key LIMIT ?${tx.dialect.forUpdateSkipLocked})
       RETURNING bucket, timer_key, process_instance_key, due_at`,
      [now + LEASE_MS, now, now, ...rights.parameters, limit],
    );
    await requireRights(tx, rights.over(rows));
    return rows;
  });
  return claimed
    .map((row) => ({
      right: rights.of(row.bucket),
      timerKey: row.timer_key,
      processInstanceKey: row.process_instance_key,
      dueAt: row.due_at,
    }))
    .sort((a, b) => a.dueAt - b.dueAt || a.timerKey - b.timerKey);
}

export interface DueStart {
  readonly subscriptionKey: Key;
  readonly processDefinitionKey: Key;
  readonly elementId: string;
  readonly definitionIndex: number;
  readonly dueAt: number;
  /** Of a `TimerCycle`, or null, as JSON: one that cannot be read fails alone. */
  readonly cycle: string;
}

/** The same for timer start events. */
export async function claimDueStarts(
  database: Database,
  { now, limit, right }: { readonly now: number; readonly limit: number; readonly right: Right | null },
): Promise<readonly DueStart[]> {
  const rows = await inTransactionBy(database, right, (tx) =>
    queryRows<{
      subscription_key: Key;
      process_definition_key: Key;
      element_id: string;
      definition_index: number;
      due_at: number;
      cycle: string;
    }>(
      tx,
      `UPDATE start_subscription SET lease_until = ?
       WHERE subscription_key IN (
         SELECT subscription_key FROM start_subscription
         WHERE suspended = FALSE AND due_at <= ? AND (lease_until IS NULL OR lease_until <= ?)
         ORDER BY due_at LIMIT ?${tx.dialect.forUpdateSkipLocked})
       RETURNING subscription_key, process_definition_key, element_id, definition_index, due_at, cycle`,
      [now + LEASE_MS, now, now, limit],
    ),
  );
  return rows.map((row) => ({
    subscriptionKey: row.subscription_key,
    processDefinitionKey: row.process_definition_key,
    elementId: row.element_id,
    definitionIndex: row.definition_index,
    dueAt: row.due_at,
    cycle: row.cycle,
  }));
}

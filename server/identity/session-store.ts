import type { Executor } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';
import { defineTable } from '../database/table-spec.ts';
import { insertRows } from '../database/write-rows.ts';

const sessionTable = defineTable('user_session', {
  columns: { token_hash: 'text', username: 'text', created_at: 'time', last_seen_at: 'time', expires_at: 'time' },
  primaryKey: ['token_hash'],
});

export interface StoredSession {
  readonly username: string;
  /** Epoch milliseconds. */
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

export interface NewSession {
  readonly tokenHash: string;
  readonly username: string;
  readonly now: number;
  readonly expiresAt: number;
}

export async function insertSession(tx: Executor, session: NewSession): Promise<void> {
  const { tokenHash, username, now, expiresAt } = session;
  const row = { token_hash: tokenHash, username, created_at: now, last_seen_at: now, expires_at: expiresAt };
  await insertRows(tx, sessionTable, [row]);
}

/** The session if it is alive: not past its absolute end, and seen since `seenSince`. */
export async function findSession(
  executor: Executor,
  query: { readonly tokenHash: string; readonly now: number; readonly seenSince: number },
): Promise<StoredSession | null> {
  const [row] = await queryRows<{ username: string; last_seen_at: number; expires_at: number }>(
    executor,
    'SELECT username, last_seen_at, expires_at FROM user_session WHERE token_hash = ? AND expires_at > ? AND last_seen_at > ?',
    [query.tokenHash, query.now, query.seenSince],
  );
  return row === undefined ? null : { username: row.username, lastSeenAt: row.last_seen_at, expiresAt: row.expires_at };
}

export async function touchSession(tx: Executor, tokenHash: string, now: number): Promise<void> {
  await queryRows(tx, 'UPDATE user_session SET last_seen_at = ? WHERE token_hash = ?', [now, tokenHash]);
}

export async function deleteSession(tx: Executor, tokenHash: string): Promise<void> {
  await queryRows(tx, 'DELETE FROM user_session WHERE token_hash = ?', [tokenHash]);
}

/** Sessions that ended by themselves; called when a new one starts, so the table stays as large as the staff. */
export async function deleteExpiredSessions(
  tx: Executor,
  limits: { readonly now: number; readonly seenSince: number },
): Promise<void> {
  await queryRows(tx, 'DELETE FROM user_session WHERE expires_at <= ? OR last_seen_at <= ?', [
    limits.now,
    limits.seenSince,
  ]);
}

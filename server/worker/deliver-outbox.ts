import { queryRows, type Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { deleteRows } from '../database/write-rows.ts';
import { findLost, inTransactionBy, requireRights, RightLost, type Right, type Rights } from '../nodes/rights.ts';
import { outboxTable } from '../runtime/instance-tables.ts';
import { backoff } from './backoff.ts';
import { forEachLimited } from './for-each-limited.ts';

const BATCH = 50;
const AT_ONCE = 16;
/** A node that died while delivering gives the row back after this. */
const LEASE_MS = 30_000;

export interface OutboxRow {
  /** By which it is delivered: whatever the receiver stores is stored by this right. */
  readonly right: Right | null;
  readonly bucket: number;
  readonly outboxId: string;
  readonly kind: string;
  readonly payload: unknown;
  /** Which try this is, from 1. */
  readonly attempt: number;
}

/** Delivers one row; it may come again after a crash, so its effect must be keyed by `outboxId`. Throwing tries again later. */
export type OutboxHandler = (row: OutboxRow) => Promise<void>;

export interface OutboxDeps {
  readonly database: Database;
  readonly rights: Rights;
  readonly handlers: ReadonlyMap<string, OutboxHandler>;
  readonly onError: (error: unknown, place: string) => void;
}

/** Hands what commits left behind to whom it is for, at least once. @returns how many rows were delivered */
export async function deliverOutbox({ database, rights, handlers, onError }: OutboxDeps, now: number): Promise<number> {
  const delivered: ClaimedRow[] = [];
  const deliver = async (claimed: ClaimedRow): Promise<void> => {
    const { payload, ...row } = claimed;
    const place = `outbox ${row.kind} ${row.outboxId}`;
    try {
      const handler = handlers.get(row.kind);
      if (handler === undefined) throw new Error(`Expected a receiver for outbox rows of kind "${row.kind}".`);
      await handler({ ...row, payload: JSON.parse(payload) as unknown });
      delivered.push(claimed);
    } catch (error) {
      onError(error, place);
      if (error instanceof RightLost) return;
      // Not even that: then it is tried again at the end of its claim.
      await postpone(database, claimed, { error, at: now + backoff(row.attempt) }).catch((second: unknown) =>
        onError(second, place),
      );
    }
  };
  const sources = new Map<string, ClaimedRow[]>();
  for (const row of await claim(database, rights, now)) {
    const source = row.outboxId.split(':', 1)[0]!;
    const queue = sources.get(source);
    if (queue === undefined) sources.set(source, [row]);
    else queue.push(row);
  }
  // What one instance sent keeps its order; what several sent shares commits.
  await forEachLimited([...sources.values()], AT_ONCE, async (rows) => {
    for (const row of rows) await deliver(row);
  });
  await finish(database, delivered);
  return delivered.length;
}

/** The payload is read by whoever delivers the row: one that nobody can read keeps no other from its turn. */
type ClaimedRow = Omit<OutboxRow, 'payload'> & { readonly payload: string };

async function claim(database: Database, rights: Rights, now: number): Promise<readonly ClaimedRow[]> {
  const claimed = await inTransaction(database, async (tx) => {
    const rows = await queryRows<{
      bucket: number;
      outbox_id: string;
      kind: string;
      payload: string;
      attempts: number;
      created_at: number;
    }>(
      tx,
      `UPDATE outbox SET available_at = ?, attempts = attempts + 1
       WHERE (bucket, outbox_id) IN (
         SELECT bucket, outbox_id FROM outbox WHERE available_at <= ?${rights.within('bucket')}
         ORDER BY available_at LIMIT ?${tx.dialect.forUpdateSkipLocked})
       RETURNING bucket, outbox_id, kind, payload, attempts, created_at`,
      [now + LEASE_MS, now, ...rights.parameters, BATCH],
    );
    await requireRights(tx, rights.over(rows));
    return rows;
  });
  return [...claimed]
    .sort((a, b) => a.created_at - b.created_at || (a.outbox_id < b.outbox_id ? -1 : 1))
    .map((row) => ({
      right: rights.of(row.bucket),
      bucket: row.bucket,
      outboxId: row.outbox_id,
      kind: row.kind,
      payload: row.payload,
      attempt: row.attempts,
    }));
}

/** A crash before this delivers again, which the keys of the effects make harmless. @throws RightLost when some are another's by now */
async function finish(database: Database, rows: readonly ClaimedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const lost = await inTransaction(database, async (tx) => {
    const over = await findLost(
      tx,
      rows.flatMap(({ right }) => right ?? []),
    );
    const ours = rows.filter(({ right }) => right === null || !over.has(right));
    await deleteRows(
      tx,
      outboxTable,
      ours.map(({ bucket, outboxId }) => ({ bucket, outbox_id: outboxId })),
    );
    return over;
  });
  const [first] = lost;
  if (first !== undefined) throw new RightLost(first);
}

async function postpone(
  database: Database,
  { bucket, outboxId, right }: ClaimedRow,
  { error, at }: { readonly error: unknown; readonly at: number },
): Promise<void> {
  const message = String((error as Error | null)?.message ?? error).slice(0, 1_000);
  await inTransactionBy(database, right, (tx) =>
    queryRows(tx, 'UPDATE outbox SET available_at = ?, error_message = ? WHERE bucket = ? AND outbox_id = ?', [
      at,
      message,
      bucket,
      outboxId,
    ]),
  );
}

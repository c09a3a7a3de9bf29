import { queryRows, readerOf, type Database } from '../database/connect.ts';

/** The one source of time of the server. Tests move a clock of their own; nothing sleeps. */
export interface Clock {
  /** Epoch milliseconds, UTC. */
  now(): number;
}

/** How often the difference to the database's clock is measured anew. */
const RESYNC_MS = 60_000;

/**
 * The clock that every node of an installation agrees on. Leases are judged by nodes that did not give them, so on
 * PostgreSQL each node corrects its wall clock by the measured difference to the server's; on SQLite there is one node.
 */
export async function createSharedClock(database: Database): Promise<Clock & { stop(): void }> {
  const { clock } = database.dialect;
  if (clock === null) return { now: Date.now, stop: () => undefined };
  let offset = await measureOffset(database, clock);
  const timer = setInterval(() => {
    // A failed measurement keeps the last one; the next minute tries again.
    measureOffset(database, clock).then(
      (measured) => (offset = measured),
      () => undefined,
    );
  }, RESYNC_MS).unref();
  return { now: () => Math.round(Date.now() + offset), stop: () => clearInterval(timer) };
}

async function measureOffset(database: Database, statement: string): Promise<number> {
  const sent = Date.now();
  const [row] = await queryRows<{ now: string | number }>(readerOf(database), statement);
  const received = Date.now();
  return Number(row!.now) - (sent + received) / 2;
}

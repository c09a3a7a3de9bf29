import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresServer } from './postgres-server.ts';

/** How long a test's closed connections may take to disappear on the server side. */
const CLOSE_GRACE_MS = 15_000;

let count = 0;

/** Creates an empty database (≈ 30 ms) and gives its `postgres://…` URL. */
export async function createPostgresDatabase(server: PostgresServer): Promise<string> {
  count += 1;
  const name = `reglament_test_${process.pid}_${count}_${crypto.randomUUID().slice(0, 8)}`;
  await asAdmin(server, (admin) => admin.query(`CREATE DATABASE ${admin.escapeIdentifier(name)} TEMPLATE template0`));
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Drops a database made by `createPostgresDatabase`.
 * @throws Error naming the open connections when the test left any: a leak fails the test. The database is gone all the same.
 */
export async function dropPostgresDatabase(server: PostgresServer, databaseUrl: string): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1);
  await asAdmin(server, async (admin) => {
    const leaked = await openConnections(admin, name);
    await admin.query(`DROP DATABASE IF EXISTS ${admin.escapeIdentifier(name)} WITH (FORCE)`);
    if (leaked.length > 0) {
      throw new Error(
        `Expected every connection to ${name} to be closed, but ${leaked.length} are open. ` +
          `Call destroy() on what the test connected. Last statements:\n${leaked.join('\n')}`,
      );
    }
  });
}

async function openConnections(admin: pg.Client, name: string): Promise<readonly string[]> {
  for (const deadline = Date.now() + CLOSE_GRACE_MS; ; await sleep(20)) {
    const { rows } = await admin.query<{ state: string; query: string }>(
      `SELECT state, query FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ state, query }) => `  ${state}: ${query}`);
  }
}

async function asAdmin<T>(server: PostgresServer, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

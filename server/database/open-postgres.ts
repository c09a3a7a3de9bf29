import knex, { type Knex } from 'knex';
import pg from 'pg';
import { beginWith } from './begin-with.ts';
import type { Database, DatabaseSettings } from './connect.ts';
import { distributedDialect } from './dialects/distributed.ts';
import { postgresDialect } from './dialects/postgres.ts';
import { openPostgresLine } from './open-postgres-line.ts';
import { UnsupportedDatabase } from './unsupported-database.ts';

const OLDEST_VERSION = 15;
const WRITERS = 10;
const READERS = 6;
const INT8 = 20;

type PostgresSettings = Extract<DatabaseSettings, { client: 'postgres' }>;

/** Opens two pools, so that slow lists never keep a command waiting for a connection. */
export async function openPostgres(settings: PostgresSettings): Promise<Database> {
  const { url, distributed = false, conflicts = 0 } = settings;
  const dialect = distributed ? distributedDialect : postgresDialect;
  const writer = beginWith(pool(url, { size: WRITERS, pipeline: true }), dialect.begin);
  const reader = pool(url, { size: READERS, pipeline: false });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([reader.destroy(), writer.destroy()]);
  };
  const database: Database = {
    dialect,
    writer,
    reader,
    ...(distributed ? {} : { openLine: (onText) => openPostgresLine(url, onText) }),
    ...(conflicts > 0 ? { beforeCommit: () => conflictSometimes(conflicts) } : {}),
    close: () => (closing ??= close()),
  };
  try {
    await checkServer(writer);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function conflictSometimes(share: number): void {
  if (Math.random() >= share) return;
  throw Object.assign(new Error('Injected: could not serialize access.'), { code: '40001' });
}

async function checkServer(writer: Knex): Promise<void> {
  const answer = await writer.raw<{ rows: readonly [{ version: number; standby: boolean }] }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version, pg_is_in_recovery() AS standby`,
  );
  const [{ version, standby }] = answer.rows;
  if (version < OLDEST_VERSION) {
    throw new UnsupportedDatabase(`Expected PostgreSQL ${OLDEST_VERSION} or newer, but the server is ${version}.`);
  }
  if (standby) {
    throw new UnsupportedDatabase('Expected the primary PostgreSQL server, but this one is a read-only standby.');
  }
}

function pool(url: string, { size, pipeline }: { readonly size: number; readonly pipeline: boolean }): Knex {
  // Keys are safe integers by construction, and the driver would give int8 as text.
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  return knex({
    client: 'pg',
    connection: {
      connectionString: url,
      types,
      application_name: 'reglament',
      keepAlive: true,
      pipeline,
    } as Knex.PgConnectionConfig,
    pool: { min: 0, max: size },
    acquireConnectionTimeout: 30_000,
  });
}

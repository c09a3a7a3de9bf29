import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import knex, { type Knex } from 'knex';
import { beginWith } from './begin-with.ts';
import type { Database } from './connect.ts';
import { sqliteDialect } from './dialects/sqlite.ts';
import { takeExclusiveLock } from './exclusive-lock.ts';
import { keepStatements, type SqliteConnection } from './keep-statements.ts';
import { UnsupportedDatabase } from './unsupported-database.ts';

/** 3.7.0–3.51.2 may corrupt a WAL database that two connections write or checkpoint. */
const OLDEST_VERSION = '3.51.3';
/** SQLite runs in libuv's four threads; more readers than that only wait for each other. */
const READERS = 3;
const WRITER_PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'busy_timeout = 5000',
  'mmap_size = 0',
  'cache_size = -65536',
];
const READER_PRAGMAS = ['busy_timeout = 5000', 'query_only = ON', 'mmap_size = 0'];

/** Opens (and creates) the file with one writing connection and a few that can only read. */
export async function openSqlite(file: string): Promise<Database> {
  mkdirSync(dirname(file), { recursive: true });
  const lock = await takeExclusiveLock(file);
  const writer = beginWith(pool(file, { size: 1, pragmas: WRITER_PRAGMAS }), sqliteDialect.begin);
  const reader = sqliteReader(file);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await reader.destroy();
    await writer.destroy();
    await lock.release();
  };
  const database: Database = { dialect: sqliteDialect, writer, reader, close: () => (closing ??= close()) };
  try {
    await checkVersion(writer);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Connections that can only read. */
export function sqliteReader(file: string): Knex {
  return pool(file, { size: READERS, pragmas: READER_PRAGMAS });
}

async function checkVersion(writer: Knex): Promise<void> {
  const [row] = (await writer.raw('SELECT sqlite_version() AS version')) as [{ version: string }];
  if (compareVersions(row.version, OLDEST_VERSION) < 0) {
    throw new UnsupportedDatabase(
      `Expected SQLite ${OLDEST_VERSION} or newer, but the driver brings ${row.version}, which may corrupt a WAL ` +
        'database. Install the sqlite3 version of package-lock.json.',
    );
  }
}

/** Negative when `a` is older than `b`; both are dotted numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  return [0, 1, 2].map((at) => (left?.[at] ?? 0) - (right?.[at] ?? 0)).find((step) => step !== 0) ?? 0;
}

interface Connection extends SqliteConnection {
  exec(sql: string, callback: (error: Error | null) => void): void;
}

function pool(file: string, { size, pragmas }: { readonly size: number; readonly pragmas: readonly string[] }): Knex {
  const statements = pragmas.map((pragma) => `PRAGMA ${pragma};`).join(' ');
  return knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: {
      min: 0,
      max: size,
      idleTimeoutMillis: 24 * 60 * 60_000,
      afterCreate(connection: Connection, done: (error: Error | null, connection: Connection) => void) {
        keepStatements(connection);
        connection.exec(statements, (error) => done(error, connection));
      },
    },
  });
}

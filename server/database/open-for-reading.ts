import { existsSync } from 'node:fs';
import { queryRows, readerOf, type Database, type DatabaseSettings } from './connect.ts';
import { sqliteDialect } from './dialects/sqlite.ts';
import { isLockHeld } from './exclusive-lock.ts';
import { migrations } from './migrations/index.ts';
import { openPostgres } from './open-postgres.ts';
import { sqliteReader } from './open-sqlite.ts';
import { UnsupportedDatabase } from './unsupported-database.ts';

/** A database that another process may be working on. */
export interface ReadableDatabase {
  readonly database: Database;
  readonly serverRuns: boolean;
}

/**
 * Opens a database of this very release for looking only, without the lock of a server: commands of an operator run
 * beside it. @throws UnsupportedDatabase when there is none, or one of another release
 */
export async function openForReading(settings: DatabaseSettings): Promise<ReadableDatabase> {
  const opened = settings.client === 'sqlite' ? await openFile(settings.file) : await openUrl(settings);
  try {
    await checkRelease(opened.database);
    return opened;
  } catch (error) {
    await opened.database.close();
    throw error;
  }
}

async function openFile(file: string): Promise<ReadableDatabase> {
  if (!existsSync(file)) {
    throw new UnsupportedDatabase(`Expected a database at ${file}, but there is none. Name its folder with --data.`);
  }
  const serverRuns = await isLockHeld(file);
  const reader = sqliteReader(file);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= reader.destroy());
  return { database: { dialect: sqliteDialect, writer: reader, reader, close }, serverRuns };
}

/** Servers say who they are to PostgreSQL (`application_name`), and so do we, by another name. */
async function openUrl(settings: Extract<DatabaseSettings, { client: 'postgres' }>): Promise<ReadableDatabase> {
  const named = new URL(settings.url);
  named.searchParams.set('application_name', 'reglament-operator');
  const database = await openPostgres({ ...settings, url: named.href });
  const [row] = await queryRows<{ servers: number }>(
    readerOf(database),
    `SELECT count(*) AS servers FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'reglament'`,
  );
  return { database, serverRuns: row!.servers > 0 };
}

async function checkRelease(database: Database): Promise<void> {
  const rows = await queryRows<{ id: string }>(readerOf(database), 'SELECT id FROM schema_migration').catch(() => []);
  const applied = rows.map(({ id }) => id).sort();
  const known = migrations.map(({ id }) => id).sort();
  if (applied.join() === known.join()) return;
  const last = applied.at(-1) ?? 'none';
  throw new UnsupportedDatabase(
    `Expected a database with the migrations of this release (the last is ${known.at(-1)}), but its last is ${last}. ` +
      'Use the release that the database belongs to, or start this one on it once, which brings it up to date.',
  );
}

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import sqlite3 from 'sqlite3';

/** Another process has the SQLite file: two writers are never let in, whatever SQLite itself would allow. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';
  constructor(file: string, holder: string) {
    super(
      `Файл ${file} занят другим процессом (${holder}): остановите его или дайте этому другую папку данных (--data); ` +
        'для нескольких узлов нужен PostgreSQL. / ' +
        `Expected to be the only process that uses ${file}, but ${holder} has it. ` +
        'Stop that process, or give this one another data folder (--data); several nodes need PostgreSQL.',
    );
  }
}

export interface ExclusiveLock {
  release(): Promise<void>;
}

/**
 * Takes `<file>.lock` for the life of this process. The lock is SQLite's own lock on that file, so the operating system
 * drops it when the process dies: a stale file is never mistaken for a holder. (A pid in a file was rejected: in a
 * container the dead server and the new one are both pid 1.) `<file>.pid` only tells people whom to stop.
 *
 * @throws DatabaseInUse when another process, or another connection of this one, holds it
 */
export async function takeExclusiveLock(file: string): Promise<ExclusiveLock> {
  const connection = await open(`${file}.lock`);
  try {
    // Whoever only asks (`isLockHeld`) is gone within milliseconds.
    await run(connection, 'PRAGMA busy_timeout = 200');
    await run(connection, 'BEGIN EXCLUSIVE');
  } catch (error) {
    await close(connection);
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw new DatabaseInUse(file, holderOf(file));
    throw error;
  }
  writeFileSync(`${file}.pid`, `${process.pid}\n`);
  return {
    async release() {
      rmSync(`${file}.pid`, { force: true });
      await close(connection);
    },
  };
}

/** True while a server has the file. Takes nothing. */
export async function isLockHeld(file: string): Promise<boolean> {
  if (!existsSync(`${file}.lock`)) return false;
  const connection = await open(`${file}.lock`);
  try {
    await run(connection, 'PRAGMA busy_timeout = 0');
    await run(connection, 'SELECT count(*) FROM sqlite_schema');
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return true;
    throw error;
  } finally {
    await close(connection);
  }
}

function holderOf(file: string): string {
  try {
    return `process ${readFileSync(`${file}.pid`, 'utf8').trim()}`;
  } catch {
    return 'another process';
  }
}

function open(path: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, (error) => (error ? reject(error) : resolve(database)));
  });
}

function run(database: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => database.run(sql, (error) => (error ? reject(error) : resolve())));
}

function close(database: sqlite3.Database): Promise<void> {
  return new Promise((resolve, reject) => database.close((error) => (error ? reject(error) : resolve())));
}

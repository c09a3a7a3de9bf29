import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

/** Path of a SQLite file that does not exist yet, alone in a temporary folder: WAL and locking as in production. */
export function createSqliteDatabase(): string {
  return join(mkdtempSync(join(tmpdir(), 'reglament-sqlite-')), 'reglament.sqlite');
}

/**
 * Removes the file with its folder.
 * @throws Error when this process still holds the file open (seen on Linux only, through /proc): a leak fails the test
 */
export function dropSqliteDatabase(filename: string): void {
  const folder = filename.slice(0, filename.lastIndexOf(sep));
  const leaked = openFiles().filter((path) => path.startsWith(folder + sep));
  rmSync(folder, { recursive: true, force: true });
  if (leaked.length > 0) {
    throw new Error(
      `Expected every connection to ${filename} to be closed, but ${leaked.length} files are open: ` +
        `${leaked.join(', ')}. Call destroy() on what the test connected.`,
    );
  }
}

function openFiles(): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return []; // The descriptor that lists this very folder is closed by now.
    }
  });
}

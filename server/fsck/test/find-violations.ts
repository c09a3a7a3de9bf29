import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readerOf, type Database } from '../../database/connect.ts';
import { createFileContent } from '../../files/content/create-file-content.ts';
import type { FsckSite } from '../invariant.ts';
import { runFsck, type FsckOptions } from '../run-fsck.ts';

/** What fsck says of an open database, as `id: place` lines; for the end of tests that are about something else. */
export async function findViolations(
  database: Database,
  { only, ...site }: Partial<Omit<FsckSite, 'executor'>> & Pick<FsckOptions, 'only'> = {},
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'reglament-fsck-'));
  try {
    const around = { now: Date.now(), serverRuns: false, content: createFileContent({ root: folder }), fast: false };
    const executor = readerOf(database);
    const violations = await runFsck({ ...around, executor, ...site }, only === undefined ? {} : { only });
    return violations.flatMap(({ invariant, places }) => places.map(({ en }) => `${invariant.id}: ${en}`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

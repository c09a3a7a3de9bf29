import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import { copySqlite } from '../database/copy-sqlite.ts';
import { openForReading } from '../database/open-for-reading.ts';
import { isContentUsed, referredContent } from '../files/content-use.ts';
import { createFileContent, type FileContent } from '../files/content/create-file-content.ts';
import { DATABASE, MANIFEST, type BackupManifest } from './backup-manifest.ts';
import { writeEnd, writeEntry } from './tar.ts';

/** Why there is no backup; says what to do. Nothing is left under the name wanted. */
export class BackupFailed extends Error {
  override readonly name = 'BackupFailed';
}

/**
 * Writes one archive with the database as it is at one moment and every file that it refers to, each checked against its
 * hash. A server may work meanwhile: `VACUUM INTO` reads one snapshot and hinders nobody who writes.
 *
 * @throws BackupFailed, UnsupportedDatabase
 */
export async function backup(
  { database: settings, dataFolder }: Pick<Config, 'database' | 'dataFolder'>,
  { file, force }: { readonly file: string; readonly force: boolean },
): Promise<BackupManifest> {
  if (settings.client !== 'sqlite') throw new BackupFailed(POSTGRES);
  if (existsSync(file) && !force)
    throw new BackupFailed(`${file} is there already. Take another name, or add --force.`);
  const partial = `${file}.partial`;
  const copy = `${file}.database.partial`;
  await Promise.all([rm(partial, { force: true }), rm(copy, { force: true })]);
  const live = await openForReading(settings);
  try {
    await copySqlite(settings.file, copy);
    const content = createFileContent({ root: join(dataFolder, 'files') });
    const manifest = await writeArchive(partial, { copy, content, live: live.database });
    await rename(partial, file);
    await syncFolder(dirname(file));
    return manifest;
  } finally {
    await live.database.close();
    for (const left of [partial, copy, `${copy}-wal`, `${copy}-shm`, `${copy}-journal`])
      await rm(left, { force: true });
  }
}

const POSTGRES =
  'Expected a SQLite database. PostgreSQL has its own tools: see docs/guide/backup.md, and copy the folder files/ after the dump.';

async function writeArchive(
  path: string,
  { copy, content, live }: { readonly copy: string; readonly content: FileContent; readonly live: Database },
): Promise<BackupManifest> {
  const archive = await open(path, 'w');
  try {
    const database = { size: (await stat(copy)).size, sha256: await hashOf(createReadStream(copy)) };
    await writeEntry(archive, { name: DATABASE, size: database.size, bytes: createReadStream(copy) });
    const snapshot = await openForReading({ client: 'sqlite', file: copy });
    try {
      const files = await writeFiles(archive, { content, snapshot: snapshot.database, live });
      const [row] = await queryRows<{ id: string }>(
        readerOf(snapshot.database),
        'SELECT max(id) AS id FROM schema_migration',
      );
      const createdAt = new Date().toISOString();
      const manifest: BackupManifest = { format: 1, createdAt, migration: row!.id, database, files };
      const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
      await writeEntry(archive, { name: MANIFEST, size: text.length, bytes: oneChunk(text) });
      await writeEnd(archive);
      await archive.sync();
      return manifest;
    } finally {
      await snapshot.database.close();
    }
  } finally {
    await archive.close();
  }
}

/** @returns how many */
async function writeFiles(
  archive: FileHandle,
  from: { readonly content: FileContent; readonly snapshot: Database; readonly live: Database },
): Promise<number> {
  const { content, snapshot, live } = from;
  let count = 0;
  for await (const sha256 of referredContent(readerOf(snapshot))) {
    const size = await content.sizeOf(sha256);
    if (size === null) {
      // An upload that nobody completed may be swept while we copy; the restored server sweeps its row too.
      if (!(await isContentUsed(readerOf(live), sha256))) continue;
      throw new BackupFailed(`File ${sha256} is missing. Run "reglament fsck" and bring it back from an older backup.`);
    }
    const hash = createHash('sha256');
    const bytes = hashing(await content.open(sha256), hash);
    await writeEntry(archive, { name: `files/${sha256}`, size, bytes });
    if (hash.digest('hex') !== sha256) {
      throw new BackupFailed(`File ${sha256} is damaged. Run "reglament fsck" and bring it back from an older backup.`);
    }
    count += 1;
  }
  return count;
}

/** Passes bytes on and counts them into `hash`. */
export async function* hashing(
  source: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncIterable<Uint8Array> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

async function hashOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of source) hash.update(chunk);
  return hash.digest('hex');
}

async function* oneChunk(chunk: Uint8Array): AsyncIterable<Uint8Array> {
  yield chunk;
}

/** The name itself must survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const entry = await open(folder, 'r');
  try {
    await entry.sync();
  } finally {
    await entry.close();
  }
}

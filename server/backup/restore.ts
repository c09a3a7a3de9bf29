import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { takeExclusiveLock } from '../database/exclusive-lock.ts';
import { createFileContent, type FileContent } from '../files/content/create-file-content.ts';
import { hashing, syncFolder } from './backup.ts';
import { DATABASE, FILE_NAME, MANIFEST, readManifest, type BackupManifest } from './backup-manifest.ts';
import { BrokenArchive, readEntries, type TarEntry } from './tar.ts';

/** Why nothing was restored; says what to do. What was there is as it was. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
}

export interface Restored {
  readonly manifest: BackupManifest;
  /** Where the database that was there lies now. */
  readonly movedTo: string | null;
}

/**
 * Brings an installation back from one archive. Everything is read and checked before the database is put in its place,
 * so a broken archive harms nothing; a database that is there is moved aside, never deleted.
 *
 * @throws RestoreRefused, DatabaseInUse (a server is running), BrokenArchive
 */
export async function restore(
  { database: settings, dataFolder }: Pick<Config, 'database' | 'dataFolder'>,
  { file, force, now }: { readonly file: string; readonly force: boolean; readonly now: number },
): Promise<Restored> {
  if (settings.client !== 'sqlite') {
    throw new RestoreRefused('Expected a SQLite database. For PostgreSQL use pg_restore: see docs/guide/backup.md.');
  }
  await mkdir(dirname(settings.file), { recursive: true });
  const lock = await takeExclusiveLock(settings.file);
  const incoming = `${settings.file}.incoming`;
  try {
    if (existsSync(settings.file) && !force) {
      throw new RestoreRefused(
        `${settings.file} is there already. Restore into another folder (--data), or add --force: it is then moved aside.`,
      );
    }
    const content = createFileContent({ root: join(dataFolder, 'files'), maxBytes: Number.MAX_SAFE_INTEGER });
    const manifest = await unpack(file, { incoming, content });
    const movedTo = await moveAside(settings.file, now);
    await rename(incoming, settings.file);
    await syncFolder(dirname(settings.file));
    return { manifest, movedTo };
  } finally {
    await rm(incoming, { force: true });
    await lock.release();
  }
}

async function unpack(
  path: string,
  { incoming, content }: { readonly incoming: string; readonly content: FileContent },
): Promise<BackupManifest> {
  let manifest: BackupManifest | undefined;
  let database: BackupManifest['database'] | undefined;
  let files = 0;
  for await (const entry of readEntries(path)) {
    const [, sha256] = FILE_NAME.exec(entry.name) ?? [];
    if (entry.name === DATABASE) database = await unpackDatabase(entry, incoming);
    else if (entry.name === MANIFEST) manifest = readManifest(path, await textOf(entry));
    else if (sha256 !== undefined) {
      const staged = await content.stage(entry.bytes);
      if (staged.sha256 !== sha256) {
        await staged.discard();
        throw new BrokenArchive(path, `file ${sha256} in it is damaged`);
      }
      await staged.commit();
      files += 1;
    } else throw new BrokenArchive(path, `it holds "${entry.name}"`);
  }
  if (manifest === undefined || database === undefined) throw new BrokenArchive(path, 'parts of it are missing');
  if (database.sha256 !== manifest.database.sha256) throw new BrokenArchive(path, 'its database is damaged');
  if (files !== manifest.files) throw new BrokenArchive(path, `${manifest.files - files} files are missing`);
  return manifest;
}

async function unpackDatabase({ bytes, size }: TarEntry, incoming: string): Promise<BackupManifest['database']> {
  const hash: Hash = createHash('sha256');
  const target = await open(incoming, 'w');
  try {
    for await (const chunk of hashing(bytes, hash)) await target.writeFile(chunk);
    await target.sync();
  } finally {
    await target.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** A manifest is some hundred bytes; a larger one is none. */
async function textOf({ bytes, size, name }: TarEntry): Promise<string> {
  if (size > 10_000) throw new Error(`Expected ${name} to be small, but it has ${size} bytes.`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** WAL and shared memory belong to the old database: beside the new one they would be taken for its own. */
async function moveAside(file: string, now: number): Promise<string | null> {
  const aside = `${file}.before-restore-${new Date(now).toISOString().replaceAll(/[:.]/gu, '-')}`;
  let moved: string | null = null;
  for (const end of ['', '-wal', '-shm']) {
    if (!existsSync(file + end)) continue;
    await rename(file + end, aside + end);
    if (end === '') moved = aside;
  }
  return moved;
}

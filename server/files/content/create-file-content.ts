import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileTooLarge } from './file-refused.ts';
import type { ContentSource } from './inspect-content.ts';

export type StoredContent = { readonly sha256: string; readonly size: number };

/** Written and synced, not yet under its name. Exactly one of `commit` and `discard` ends it. */
export type StagedContent = StoredContent &
  ContentSource & {
    readonly commit: () => Promise<StoredContent>;
    readonly discard: () => Promise<void>;
  };

export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>;

export type FileContent = {
  /** @throws FileTooLarge once the cap is passed; nothing is left behind */
  readonly put: (source: ByteSource, limits?: { readonly maxBytes?: number }) => Promise<StoredContent>;
  /** First half of `put`: lets the caller inspect the content and write its row before it becomes visible. */
  readonly stage: (source: ByteSource, limits?: { readonly maxBytes?: number }) => Promise<StagedContent>;
  /** @throws Error ENOENT where there is no such content: check `exists` or the row first */
  readonly open: (sha256: string, range?: { readonly start: number; readonly end: number }) => Promise<Readable>;
  readonly exists: (sha256: string) => Promise<boolean>;
  /** Bytes, or null where there is no such content. */
  readonly sizeOf: (sha256: string) => Promise<number | null>;
  /** Call only when no row refers to the content any more. Removing what is not there is not an error. */
  readonly delete: (sha256: string) => Promise<void>;
  /** Removes staged files older than `before`, left by a killed process. Returns how many. */
  readonly sweepStaged: (before: Date) => Promise<number>;
};

/** domain.md §2.0: videos up to 200 MB are the largest files anybody may attach. */
const DEFAULT_MAX_BYTES = 200 * 1024 * 1024;
/** Enough for file-type, also for ZIP-based documents whose content types come late. */
const HEAD_BYTES = 256 * 1024;

/**
 * Content-addressed files on disk: `root/ab/cd/<sha256>`. Equal content is stored once. A file appears under its name
 * complete and synced (temporary file, fsync, rename, fsync of the folder) or not at all. Every path is made of `root`
 * and a hash or UUID of ours; no name given by a person ever reaches the file system.
 */
export function createFileContent(options: { readonly root: string; readonly maxBytes?: number }): FileContent {
  const staging = join(options.root, 'staged');
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/u.test(sha256)) throw new Error('Expected a SHA-256 in lower-case hex as content address.');
    return join(options.root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };

  const stage: FileContent['stage'] = async (source, limits) => {
    const maxBytes = limits?.maxBytes ?? options.maxBytes ?? DEFAULT_MAX_BYTES;
    await mkdir(staging, { recursive: true });
    const temporary = join(staging, randomUUID());
    try {
      const written = await writeSynced(temporary, source, maxBytes);
      return {
        ...written,
        open: () => createReadStream(temporary),
        commit: async () => {
          await moveSynced(temporary, pathOf(written.sha256));
          return { sha256: written.sha256, size: written.size };
        },
        discard: () => removeIfThere(temporary),
      };
    } catch (error) {
      await removeIfThere(temporary);
      throw error;
    }
  };

  return {
    stage,
    put: async (source, limits) => (await stage(source, limits)).commit(),
    open: async (sha256, range) => {
      const path = pathOf(sha256);
      await access(path);
      return createReadStream(path, range);
    },
    exists: (sha256) =>
      access(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    sizeOf: (sha256) =>
      stat(pathOf(sha256)).then(
        ({ size }) => size,
        () => null,
      ),
    delete: (sha256) => removeIfThere(pathOf(sha256)),
    sweepStaged: async (before) => {
      let removed = 0;
      for (const name of await readdir(staging).catch(() => [])) {
        const path = join(staging, name);
        const found = await stat(path).catch(() => undefined);
        if (found === undefined || found.mtime >= before) continue;
        await removeIfThere(path);
        removed += 1;
      }
      return removed;
    },
  };
}

async function writeSynced(
  path: string,
  source: ByteSource,
  maxBytes: number,
): Promise<StoredContent & { readonly head: Uint8Array }> {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let size = 0;
  let headSize = 0;
  const file = await open(path, 'wx');
  try {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      size += chunk.length;
      if (size > maxBytes) throw new FileTooLarge(maxBytes);
      if (headSize < HEAD_BYTES) {
        head.push(Uint8Array.from(chunk.subarray(0, HEAD_BYTES - headSize)));
        headSize += head.at(-1)!.length;
      }
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size, head: Buffer.concat(head) };
}

async function moveSynced(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  // Content under the same address is the same content, so replacing it is harmless and needs no check.
  await rename(from, to);
  for (const folder of [dirname(to), dirname(dirname(to))]) {
    const entry = await open(folder, 'r');
    try {
      await entry.sync();
    } finally {
      await entry.close();
    }
  }
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

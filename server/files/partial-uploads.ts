import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Refused } from '../http/refused.ts';
import { createFolderRoom, type FolderLimit } from './folder-room.ts';

/** Whose, and which of theirs: a name that the sender has chosen and keeps until the file has arrived. */
export interface UploadId {
  readonly owner: string;
  readonly key: string;
}

export interface Part {
  /** How many bytes the sender believes to be here already. */
  readonly offset: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The whole file may have no more, where its field takes less than the house. */
  readonly maxBytes?: number;
}

/**
 * Files that arrive in parts, so that a video from a cellar need not begin anew with each broken connection. What has
 * arrived counts, also of a part that was cut off. Nothing refers to these bytes before `open` hands them to a field.
 */
export interface PartialUploads {
  /** Bytes that are here; 0 for what nobody has begun. */
  received(id: UploadId): Promise<number>;
  /**
   * @returns the bytes that are here then
   * @throws Refused `conflict` (another offset, or a part is arriving just now), `too-large`, `quota-exceeded` (all senders together)
   */
  append(id: UploadId, part: Part): Promise<number>;
  /** @throws Refused `not-found` */
  open(id: UploadId): Promise<Readable>;
  /** Removing what is not there is not an error. */
  discard(id: UploadId): Promise<void>;
  /** Removes what nobody has gone on with for so long as it is kept. @returns how many went */
  sweep(): Promise<number>;
}

export interface PartialUploadsDeps {
  /** Folder for what has not arrived whole. */
  readonly root: string;
  /** Bytes. */
  readonly maxPerFile: number;
  readonly maxPerOwner: number;
  /** Of all senders together; without limit where each of them has an account. */
  readonly maxInAll?: FolderLimit;
  /** How long what nobody goes on with is kept: a day unless said. */
  readonly keepMs?: number;
  readonly now: () => number;
}

/** Whoever has parts on their way in: what they have here and on its way counts together, or parallel parts would pass the limit. */
interface Sender {
  parts: number;
  /** Bytes of each of their files, by path; read from the folder once, when the first part begins to arrive. */
  readonly sizes: Promise<Map<string, number>>;
}

const DAY = 24 * 60 * 60_000;

export function createPartialUploads(deps: PartialUploadsDeps): PartialUploads {
  const { root, maxPerFile, maxPerOwner, maxInAll, keepMs = DAY, now } = deps;
  const room = maxInAll === undefined ? undefined : createFolderRoom(root, { limit: maxInAll, now });
  const arriving = new Set<string>();
  const senders = new Map<string, Sender>();
  const pathOf = (id: UploadId): string => join(root, nameOf(id));
  const received = async (id: UploadId): Promise<number> => sizeAt(pathOf(id));

  /** Names are hashes, so no name given by a person reaches the file system. */
  const sizesOf = async (owner: string): Promise<Map<string, number>> => {
    const names = (await readdir(root).catch(() => [])).filter((name) => name.startsWith(`${hash(owner)}-`));
    const paths = names.map((name) => join(root, name));
    return new Map(await Promise.all(paths.map(async (path) => [path, await sizeAt(path)] as const)));
  };

  const discard = async (id: UploadId): Promise<void> => {
    await removeIfThere(pathOf(id));
    room?.recount();
    (await senders.get(id.owner)?.sizes)?.delete(pathOf(id));
  };

  return {
    received,

    async append(id, { offset, bytes, maxBytes = maxPerFile }) {
      const path = pathOf(id);
      if (arriving.has(path)) throw anotherPart();
      arriving.add(path);
      const sender = senders.get(id.owner) ?? { parts: 0, sizes: sizesOf(id.owner) };
      senders.set(id.owner, sender);
      sender.parts += 1;
      const sizes = await sender.sizes;
      try {
        const here = await received(id);
        if (here !== offset) throw wrongOffset(here);
        await room?.open();
        sizes.set(path, here);
        await mkdir(root, { recursive: true });
        await appendTo(path, bytes, (length) => {
          const size = (sizes.get(path) ?? 0) + length;
          sizes.set(path, size);
          if (size > Math.min(maxBytes, maxPerFile) || sum(sizes.values()) > maxPerOwner) throw tooLarge();
          room?.take(length);
        });
        return await received(id);
      } catch (error) {
        // Only a file that can be finished is kept.
        if (error instanceof Refused && error.code === 'too-large') {
          await removeIfThere(path);
          room?.recount();
        }
        throw error;
      } finally {
        // A chunk that was counted may not have been written.
        sizes.set(path, await sizeAt(path));
        sender.parts -= 1;
        if (sender.parts === 0) senders.delete(id.owner);
        arriving.delete(path);
      }
    },

    async open(id) {
      if ((await received(id)) === 0) throw nothingHere();
      return createReadStream(pathOf(id));
    },

    discard,

    async sweep() {
      const before = new Date(now() - keepMs);
      let removed = 0;
      for (const name of await readdir(root).catch(() => [])) {
        const path = join(root, name);
        const found = await stat(path).catch(() => undefined);
        if (found === undefined || found.mtime >= before || arriving.has(path)) continue;
        await removeIfThere(path);
        removed += 1;
      }
      room?.recount();
      return removed;
    },
  };
}

/** @param take counts a chunk before it is written, and throws where there is no room for it */
async function appendTo(path: string, bytes: AsyncIterable<Uint8Array>, take: (length: number) => void): Promise<void> {
  const file = await open(path, 'a');
  try {
    for await (const chunk of bytes) {
      take(chunk.length);
      await file.appendFile(chunk);
    }
  } finally {
    // Also when the connection broke: what has arrived counts.
    await file.datasync();
    await file.close();
  }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}

async function sizeAt(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ size: 0 }))).size;
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

function nameOf({ owner, key }: UploadId): string {
  return `${hash(owner)}-${hash(key)}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function wrongOffset(here: number): Refused {
  return new Refused('conflict', {
    ru: `Здесь уже ${here} байт этого файла. Продолжите с этого места.`,
    en: `There are ${here} bytes of this file here. Go on from there.`,
  });
}

function anotherPart(): Refused {
  return new Refused('conflict', {
    ru: 'Часть этого файла как раз принимается. Подождите её конца.',
    en: 'A part of this file is arriving just now. Wait for its end.',
  });
}

function tooLarge(): Refused {
  return new Refused('too-large', {
    ru: 'Файл слишком большой, или незаконченных загрузок слишком много. Уменьшите файл или подождите, пока загрузки закончатся.',
    en: 'The file is too large, or too many uploads are unfinished. Make it smaller, or wait until the others have ended.',
  });
}

function nothingHere(): Refused {
  return new Refused('not-found', {
    ru: 'Этой загрузки здесь нет: отправьте файл заново.',
    en: 'This upload is not here: send the file again.',
  });
}

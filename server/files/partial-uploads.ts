import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Refused } from '../http/refused.ts';

/** Whose, and which of theirs: a name that the sender has chosen and keeps until the file has arrived. */
export interface UploadId {
  readonly owner: string;
  readonly key: string;
}

export interface Part {
  /** How many bytes the sender believes to be here already. */
  readonly offset: number;
  readonly bytes: AsyncIterable<Uint8Array>;
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
   * @throws Refused `conflict` (another offset, or a part is arriving just now), `too-large`, `quota-exceeded`
   */
  append(id: UploadId, part: Part): Promise<number>;
  /** @throws Refused `not-found` */
  open(id: UploadId): Promise<Readable>;
  /** Removing what is not there is not an error. */
  discard(id: UploadId): Promise<void>;
  /** Removes what nobody has gone on with for a day. @returns how many went */
  sweep(): Promise<number>;
}

export interface PartialUploadsDeps {
  /** Folder for what has not arrived whole. */
  readonly root: string;
  /** Bytes. */
  readonly maxPerFile: number;
  readonly maxPerOwner: number;
  readonly now: () => number;
}

const DAY = 24 * 60 * 60_000;

export function createPartialUploads({ root, maxPerFile, maxPerOwner, now }: PartialUploadsDeps): PartialUploads {
  const arriving = new Set<string>();
  const pathOf = (id: UploadId): string => join(root, nameOf(id));
  const received = async (id: UploadId): Promise<number> => sizeAt(pathOf(id));

  /** Names are hashes, so no name given by a person reaches the file system. */
  const ofOwner = async (owner: string): Promise<number> => {
    const names = (await readdir(root).catch(() => [])).filter((name) => name.startsWith(`${hash(owner)}-`));
    const sizes = await Promise.all(names.map((name) => sizeAt(join(root, name))));
    return sizes.reduce((sum, size) => sum + size, 0);
  };

  return {
    received,

    async append(id, { offset, bytes }) {
      const path = pathOf(id);
      if (arriving.has(path)) throw anotherPart();
      arriving.add(path);
      try {
        const here = await received(id);
        if (here !== offset) throw wrongOffset(here);
        const room = Math.min(maxPerFile - here, maxPerOwner - (await ofOwner(id.owner)));
        await mkdir(root, { recursive: true });
        return here + (await appendTo(path, bytes, room));
      } catch (error) {
        // Only a file that can be finished is kept.
        if (error instanceof Refused && error.code === 'too-large') await removeIfThere(path);
        throw error;
      } finally {
        arriving.delete(path);
      }
    },

    async open(id) {
      if ((await received(id)) === 0) throw nothingHere();
      return createReadStream(pathOf(id));
    },

    discard: (id) => removeIfThere(pathOf(id)),

    async sweep() {
      const before = new Date(now() - DAY);
      let removed = 0;
      for (const name of await readdir(root).catch(() => [])) {
        const path = join(root, name);
        const found = await stat(path).catch(() => undefined);
        if (found === undefined || found.mtime >= before || arriving.has(path)) continue;
        await removeIfThere(path);
        removed += 1;
      }
      return removed;
    },
  };
}

async function appendTo(path: string, bytes: AsyncIterable<Uint8Array>, room: number): Promise<number> {
  let written = 0;
  const file = await open(path, 'a');
  try {
    for await (const chunk of bytes) {
      if (written + chunk.length > room) throw tooLarge();
      await file.appendFile(chunk);
      written += chunk.length;
    }
  } finally {
    // Also when the connection broke: what has arrived counts.
    await file.datasync();
    await file.close();
  }
  return written;
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

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refused } from '../http/refused.ts';

/** How much a folder may hold of what all senders together have begun. */
export interface FolderLimit {
  readonly bytes: () => Promise<number>;
  readonly files: number;
}

/** The room that is left in a folder. Counted anew every ten seconds; what arrives in between is added up as it arrives. */
export interface FolderRoom {
  /** Before a part is taken. @throws Refused `quota-exceeded` */
  open(): Promise<void>;
  /** Before a chunk is written. @throws Refused `quota-exceeded` */
  take(length: number): void;
  /** Something has been removed. */
  recount(): void;
}

interface Count {
  /** Null once it is known to be too low. */
  at: number | null;
  left: number;
  readonly files: number;
}

const COUNT_FOR_MS = 10_000;

export function createFolderRoom(
  root: string,
  { limit, now }: { readonly limit: FolderLimit; readonly now: () => number },
): FolderRoom {
  let count: Count | undefined;
  let counting: Promise<Count> | undefined;

  const countNow = async (): Promise<Count> => {
    const names = await readdir(root).catch(() => []);
    const at = now();
    // No need to look at more files than there may be.
    if (names.length > limit.files) return { at, left: 0, files: names.length };
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(root, name)).catch(() => null))?.size));
    const here = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    return { at, left: (await limit.bytes()) - here, files: names.length };
  };

  return {
    async open() {
      if (count === undefined || count.at === null || now() - count.at >= COUNT_FOR_MS) {
        counting ??= countNow().finally(() => (counting = undefined));
        count = await counting;
      }
      if (count.left <= 0 || count.files > limit.files) throw noRoom();
    },
    take(length) {
      // Every part has been let in by `open`, which counts.
      if (count === undefined || count.left < length) throw noRoom();
      count.left -= length;
    },
    recount() {
      if (count !== undefined) count.at = null;
    },
  };
}

export function noRoom(): Refused {
  return new Refused('quota-exceeded', {
    ru: 'Файлы сейчас не принимаются. Отправьте форму без них или попробуйте позже.',
    en: 'Files are not taken just now. Send the form without them, or try later.',
  });
}

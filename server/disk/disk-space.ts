import { open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const MEGABYTE = 1024 * 1024;
/** Below the smaller of the two nothing new is taken in: on a large disk a twentieth would be far more than is needed. */
const LOW_SHARE = 0.05;
const LOW_BYTES = 512 * MEGABYTE;
/** Taken in again only well above the mark, so that it does not flap. */
const ENOUGH = 1.5;
/**
 * In WAL mode even DELETE and a checkpoint need room (reliability.md R10). When it comes to the last bytes this file is
 * given up, which is room for a whole WAL.
 */
const BALLAST_BYTES = 64 * MEGABYTE;
const LOOK_MS = 5_000;

export interface DiskSpace {
  /** True while nothing new may be taken in. */
  low(): boolean;
  /** What the last look saw; null before the first, and where the system does not tell. */
  seen(): { readonly free: number; readonly size: number } | null;
  /** Looks now. */
  look(): Promise<void>;
  /** Something could not be written for want of room: nothing is taken in until a look says otherwise. */
  full(): Promise<void>;
  stop(): void;
}

export interface DiskSpaceDeps {
  /** Folder of the database and the files. */
  readonly folder: string;
  /** Keeps a ballast file there; for SQLite. */
  readonly ballast: boolean;
  readonly onChange?: (low: boolean, free: number) => void;
  /** For tests. */
  readonly space?: (folder: string) => Promise<{ readonly free: number; readonly size: number }>;
  readonly ballastBytes?: number;
}

/** Watches the disk under the data folder, and holds the ballast. */
export async function watchDisk(deps: DiskSpaceDeps): Promise<DiskSpace> {
  const { folder, space = spaceOf, ballastBytes = BALLAST_BYTES } = deps;
  const ballastAt = join(folder, 'ballast');
  let low = false;
  let seen: { readonly free: number; readonly size: number } | null = null;

  const turn = (to: boolean, free: number): void => {
    if (to === low) return;
    low = to;
    deps.onChange?.(to, free);
  };

  const look = async (): Promise<void> => {
    seen = await space(folder).catch(() => null);
    if (seen === null) return;
    const { free, size } = seen;
    const mark = Math.min(size * LOW_SHARE, LOW_BYTES);
    turn(free < (low ? mark * ENOUGH : mark), free);
    if (!deps.ballast) return;
    if (free < mark / 8) await giveUp(ballastAt);
    else if (!low && free > mark * ENOUGH + 2 * ballastBytes) await makeBallast(ballastAt, ballastBytes);
  };

  await look();
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return {
    low: () => low,
    seen: () => seen,
    look,
    async full() {
      if (deps.ballast) await giveUp(ballastAt);
      turn(true, seen?.free ?? 0);
    },
    stop: () => clearInterval(timer),
  };
}

async function spaceOf(folder: string): Promise<{ readonly free: number; readonly size: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, size: blocks * bsize };
}

/** On a disk that does not even delete, the server must go on reading: nobody waits for a look or for `full`. */
async function giveUp(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

/** Real bytes: a file with holes would give nothing back. */
async function makeBallast(path: string, bytes: number): Promise<void> {
  if ((await stat(path).catch(() => null))?.size === bytes) return;
  const file = await open(path, 'w').catch(() => null);
  if (file === null) return;
  try {
    const chunk = Buffer.alloc(MEGABYTE, 'ballast ');
    for (let left = bytes; left > 0; left -= chunk.length) await file.write(chunk, 0, Math.min(left, chunk.length));
  } catch {
    // No room for it after all: it must not take the last bytes itself.
    await giveUp(path);
  } finally {
    await file.close().catch(() => undefined);
  }
}

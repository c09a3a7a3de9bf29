import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/**
 * The little of POSIX ustar that a backup needs: plain files under short names of our own. Any `tar` reads it, so an
 * operator is never shut out of a backup by us.
 */
const BLOCK = 512;
/** Eleven octal digits. Larger sizes are written in base 256, as GNU and BSD tar do. */
const LARGEST_OCTAL = 8 ** 11 - 1;

export interface TarEntry {
  readonly name: string;
  readonly size: number;
  /** The bytes; must be read to their end before the next entry. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Appends one file. */
export async function writeEntry(archive: FileHandle, { name, size, bytes }: TarEntry): Promise<void> {
  await archive.writeFile(header(name, size));
  let written = 0;
  for await (const chunk of bytes) {
    written += chunk.length;
    await archive.writeFile(chunk);
  }
  if (written !== size) throw new Error(`Expected ${size} bytes of ${name}, but there were ${written}.`);
  await archive.writeFile(Buffer.alloc(padding(size)));
}

/** Two empty blocks say that nothing is missing after the last file. */
export async function writeEnd(archive: FileHandle): Promise<void> {
  await archive.writeFile(Buffer.alloc(2 * BLOCK));
}

/** A file that is no archive of ours, or not a whole one. */
export class BrokenArchive extends Error {
  override readonly name = 'BrokenArchive';
  constructor(path: string, reason: string) {
    super(`Expected ${path} to be a whole backup made by "reglament backup", but ${reason}. Use another backup.`);
  }
}

/** The files of an archive in order. @throws BrokenArchive */
export async function* readEntries(path: string): AsyncIterable<TarEntry> {
  const archive = await open(path, 'r');
  try {
    for (let at = 0; ;) {
      const block = Buffer.alloc(BLOCK);
      const { bytesRead } = await archive.read(block, 0, BLOCK, at);
      if (bytesRead < BLOCK) throw new BrokenArchive(path, 'it ends too early');
      if (block.every((byte) => byte === 0)) return;
      if (checksum(block) !== parseInt(block.toString('latin1', 148, 156), 8)) {
        throw new BrokenArchive(path, 'it holds something else');
      }
      const name = block.toString('utf8', 0, 100).replace(/\0[\s\S]*$/u, '');
      const size = readSize(block);
      const start = at + BLOCK;
      const bytes = size === 0 ? nothing() : createReadStream(path, { start, end: start + size - 1 });
      yield { name, size, bytes };
      at = start + size + padding(size);
    }
  } finally {
    await archive.close();
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {
  // An empty file has no bytes.
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new Error(`Expected a name of at most 100 bytes, but got "${name}".`);
  block.write(name, 0, 'utf8');
  block.write('0000600\0', 100, 'latin1');
  block.write('0000000\0', 108, 'latin1');
  block.write('0000000\0', 116, 'latin1');
  if (size <= LARGEST_OCTAL) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  else {
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write('00000000000\0', 136, 'latin1');
  block.write('0', 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** The sum of all bytes, its own eight taken for spaces. */
function checksum(block: Buffer): number {
  let sum = 8 * 0x20;
  for (const [at, byte] of block.entries()) if (at < 148 || at >= 156) sum += byte;
  return sum;
}

function readSize(block: Buffer): number {
  return block[124] === 0x80 ? Number(block.readBigUInt64BE(128)) : parseInt(block.toString('latin1', 124, 136), 8);
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

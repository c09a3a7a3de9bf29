import { inflateRawSync } from 'node:zlib';
import { fileRefused } from './transfer-refused.ts';

const MAX_ENTRIES = 500;
/** Everything unpacked; a workbook of 50,000 rows has about 60 MB of XML. */
const MAX_UNPACKED = 200 * 1024 * 1024;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/**
 * Unpacks every entry of an archive once, into nothing, with a bound: what the directory says of sizes is written by the sender, and a
 * bomb of 40 KB says whatever lets it in. The reader of workbooks takes every entry up to the end of the directory, looks for it
 * elsewhere in an archive of several disks or with something before it, and believes no count; so the directory must end where its
 * own end is told, as Excel writes it. @throws Refused `file-refused` @returns names of the entries
 */
export function checkZip(bytes: Buffer): readonly string[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw broken();
  const [disk, count] = [bytes.readUInt32LE(end + 4), bytes.readUInt16LE(end + 10)];
  let at = bytes.readUInt32LE(end + 16);
  if (disk !== 0 || bytes.readUInt16LE(end + 8) !== count || at + bytes.readUInt32LE(end + 12) !== end) throw broken();
  const names: string[] = [];
  let unpacked = 0;
  while (at < end) {
    if (names.length >= MAX_ENTRIES) throw tooLarge();
    if (at + 46 > end || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw broken();
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    unpacked += unpackedSize(bytes, { method, packed, local, left: MAX_UNPACKED - unpacked });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (at !== end || names.length !== count) throw broken();
  return names;
}

function unpackedSize(
  bytes: Buffer,
  { method, packed, local, left }: { method: number; packed: number; local: number; left: number },
): number {
  if (local + 30 > bytes.length) throw broken();
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (start + packed > bytes.length) throw broken();
  if (method === 0) return packed;
  if (method !== 8 || left <= 0) throw method === 8 ? tooLarge() : broken();
  try {
    return inflateRawSync(bytes.subarray(start, start + packed), { maxOutputLength: left }).length;
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : broken();
  }
}

function broken(): Error {
  return fileRefused(
    'Файл Excel повреждён. Откройте его в Excel и сохраните заново.',
    'The Excel file is broken. Open it in Excel and save it again.',
  );
}

function tooLarge(): Error {
  return fileRefused(
    'Файл Excel распаковывается в слишком большой объём. Разделите его или сохраните как CSV.',
    'The Excel file unpacks to too much. Split it, or save it as CSV.',
  );
}

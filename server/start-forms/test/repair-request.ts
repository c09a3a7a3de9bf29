import { randomBytes } from 'node:crypto';

/** A key as a browser makes it. */
export const newSubmissionKey = (): string => randomBytes(32).toString('base64url');

/** The form of the pack `repair-request`, filled. */
export const REPAIR_REQUEST = {
  product: 'Котёл газовый КГ-24',
  problem: 'Гаснет через минуту после розжига, ошибка E4.',
  place: 'workshop',
  applicantName: 'Павел Орлов',
  applicantPhone: '+79123456789',
  consent: true,
} as const;

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A photo of this size. */
export function photoBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size).fill(7);
  bytes.set(PNG.subarray(0, size));
  return bytes;
}

export function photoBody(bytes: Uint8Array<ArrayBuffer> = new Uint8Array(PNG), name = 'котёл.png'): FormData {
  const body = new FormData();
  body.set('file', new Blob([bytes], { type: 'image/png' }), name);
  return body;
}

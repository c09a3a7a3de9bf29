/**
 * Serial numbers and their mask: `A` a Latin letter, `9` a digit, `*` either, anything else itself.
 *
 * People read serials off a plate with a Russian keyboard, so where the mask asks for a Latin letter the twelve Cyrillic capitals
 * that look the same are taken for it. Without a mask nothing is guessed: a serial may be Cyrillic.
 */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [...'АВЕКМНОРСТУХ'].map((cyrillic, index) => [cyrillic, [...'ABEKMHOPCTYX'][index]!]),
);

/** Cyrillic capitals that look like Latin ones, as the Latin ones. */
export function latinLookalikes(text: string): string {
  return [...text].map((char) => LOOKALIKES.get(char) ?? char).join('');
}

const MAX_SERIAL = 64;

export function maskProblem(mask: unknown): string | undefined {
  if (typeof mask !== 'string' || mask.length === 0 || mask.length > MAX_SERIAL)
    return `x-mask must be a string of 1 to ${MAX_SERIAL} characters`;
  return /^[\x21-\x7e]+$/.test(mask) ? undefined : 'x-mask may hold only visible Latin characters';
}

/** The serial as it is stored: upper case, no white space, look-alikes replaced where the mask asks for a letter. */
export function normaliseSerial(text: string, mask: string | undefined): string {
  const upper = text.replace(/\s+/g, '').toUpperCase();
  if (mask === undefined) return upper;
  return [...upper]
    .map((char, at) => (mask[at] === 'A' || mask[at] === '*' ? (LOOKALIKES.get(char) ?? char) : char))
    .join('');
}

/** Does a normalised serial fit? Without a mask: up to 64 letters, digits and `- / . _`. */
export function serialFits(serial: string, mask: string | undefined): boolean {
  if (mask === undefined) return serial.length <= MAX_SERIAL && /^[\p{L}\p{N}][\p{L}\p{N}\-/._]*$/u.test(serial);
  return serial.length === mask.length && [...serial].every((char, at) => charFits(char, mask[at]!));
}

function charFits(char: string, wanted: string): boolean {
  if (wanted === 'A') return /^[A-Z]$/.test(char);
  if (wanted === '9') return /^\d$/.test(char);
  if (wanted === '*') return /^[A-Z\d]$/.test(char);
  return char === wanted.toUpperCase();
}

/** NUL breaks PostgreSQL `text`, lone surrogates break UTF-8, bidi overrides disguise names; none carries meaning. */

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Text safe to store and show: `\n` line ends, tabs kept, other control characters out. */
export function storableText(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(CONTROLS, '');
}

/** One line, trimmed and cut to `length` UTF-16 units without splitting a character. */
export function storableLine(text: string, length: number): string {
  return storableText(storableText(text).replace(/\s+/gu, ' ').trim().slice(0, length));
}

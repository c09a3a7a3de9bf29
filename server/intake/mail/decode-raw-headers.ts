const CHARSET = /^content-type\s*:[^\n]*(?:\n[ \t][^\n]*)*?charset\s*=\s*"?([\w.:-]+)/imu;

/**
 * Old Russian mailers and shop scripts put windows-1251 or koi8-r straight into Subject and From, which no RFC allows
 * and which a UTF-8 reader turns into «����». A header block that is not UTF-8 is read in the charset that the
 * message declares for its body, else windows-1251, and handed on as UTF-8.
 *
 * @param headerEnd offset of the first empty line
 */
export function decodeRawHeaders(
  raw: Uint8Array,
  headerEnd: number,
): { readonly raw: Uint8Array; readonly mended: boolean } {
  const block = raw.subarray(0, headerEnd);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(block);
    return { raw, mended: false };
  } catch {
    const declared = CHARSET.exec(new TextDecoder('latin1').decode(block))?.[1]?.toLowerCase();
    const decoder = new TextDecoder(eightBitCharset(declared));
    const text = new TextEncoder().encode(decoder.decode(block));
    const mended = new Uint8Array(text.length + raw.length - headerEnd);
    mended.set(text);
    mended.set(raw.subarray(headerEnd), text.length);
    return { raw: mended, mended: true };
  }
}

function eightBitCharset(declared: string | undefined): string {
  if (declared === undefined || /^utf-?8$|^us-ascii$/u.test(declared)) return 'windows-1251';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    // An unknown label: take the likeliest charset of Russian mail.
    return 'windows-1251';
  }
}

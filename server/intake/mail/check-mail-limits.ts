import { MailRefused, type MailRefusalCode } from './mail-refused.ts';

/** Caps on one raw message; see `defaultMailLimits`. Sizes are bytes. */
export type MailLimits = {
  readonly rawBytes: number;
  readonly headerLines: number;
  readonly headerBytes: number;
  readonly lines: number;
  readonly shortLines: number;
  readonly delimiterLines: number;
  readonly attachments: number;
  readonly nestedDepth: number;
  readonly forwardedDepth: number;
  readonly textLength: number;
};

/**
 * 25 MB is what Yandex and Mail.ru accept at most. Delimiter lines (any line beginning with `--`) bound the number of
 * MIME parts the parser can create: a 25 MB message may otherwise declare five million empty ones. 20,000 still lets a
 * long text ruled with dashes through. Lines: postal-mime 4.0.0 spends 13 µs of the main thread on each unencoded line
 * (2 MB of empty lines took 26 s), 25 MB of base64 has 350,000 long ones.
 */
export const defaultMailLimits: MailLimits = {
  rawBytes: 25 * 1024 * 1024,
  headerLines: 1_000,
  headerBytes: 256 * 1024,
  lines: 400_000,
  shortLines: 60_000,
  delimiterLines: 20_000,
  attachments: 50,
  nestedDepth: 10,
  forwardedDepth: 3,
  textLength: 500_000,
};

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
/** base64 is wrapped at 60 to 76 characters, so encoded photos are never short lines. */
const SHORT_LINE_BYTES = 56;

/** Refuses with the cap that was exceeded: the shared wording for every "too much of something". */
export function refuseOverLimit(
  code: MailRefusalCode,
  subject: { readonly ru: string; readonly en: string },
  limit: string,
): never {
  throw new MailRefused(code, {
    ru: {
      message: `В письме слишком велико: ${subject.ru} (допустимо ${limit}).`,
      remedy:
        'Попросите отправителя прислать письмо меньшего размера или несколько писем. Письмо можно завести вручную.',
    },
    en: {
      message: `The message exceeds a limit: ${subject.en} (at most ${limit}).`,
      remedy: 'Ask the sender for a smaller message or several ones. The case can also be entered by hand.',
    },
  });
}

/**
 * One linear pass over the raw bytes before any parsing.
 *
 * @returns where the header block ends: the offset of the first empty line, or the length of the message without one
 * @throws MailRefused: empty, too large, no header at all, too many header or delimiter lines
 */
export function checkMailLimits(raw: Uint8Array, limits: MailLimits): { readonly headerEnd: number } {
  if (raw.length === 0) {
    throw new MailRefused('mail-empty', {
      ru: { message: 'Письмо пустое: ноль байт.', remedy: 'Перешлите исходное письмо ещё раз целиком.' },
      en: { message: 'The message is empty: zero bytes.', remedy: 'Send the original message again in full.' },
    });
  }
  if (raw.length > limits.rawBytes) {
    const megabytes = Math.floor(limits.rawBytes / 1024 / 1024);
    refuseOverLimit('mail-too-large', { ru: 'общий размер', en: 'total size' }, `${megabytes} МБ / MB`);
  }

  let headerEnd = -1;
  let headerLines = 0;
  let namedHeaders = 0;
  let delimiterLines = 0;
  let lines = 0;
  let shortLines = 0;
  let start = 0;
  while (start < raw.length) {
    const next = raw.indexOf(LF, start);
    const stop = next < 0 ? raw.length : next;
    const end = stop > start && raw[stop - 1] === CR ? stop - 1 : stop;
    lines += 1;
    if (end - start < SHORT_LINE_BYTES) shortLines += 1;
    if (headerEnd < 0) {
      if (end === start) headerEnd = start;
      else {
        headerLines += 1;
        if (isNamedHeader(raw, start, end)) namedHeaders += 1;
        if (headerLines > limits.headerLines) {
          refuseOverLimit(
            'mail-too-many-headers',
            { ru: 'число строк заголовка', en: 'number of header lines' },
            String(limits.headerLines),
          );
        }
      }
    } else if (raw[start] === DASH && raw[start + 1] === DASH) {
      delimiterLines += 1;
    }
    start = stop + 1;
  }
  if (lines > limits.lines || shortLines > limits.shortLines) {
    refuseOverLimit('mail-too-many-lines', { ru: 'число строк', en: 'number of lines' }, String(limits.shortLines));
  }
  if (delimiterLines > limits.delimiterLines) {
    refuseOverLimit(
      'mail-too-many-parts',
      { ru: 'число частей', en: 'number of parts' },
      String(limits.delimiterLines),
    );
  }
  if (namedHeaders === 0) {
    throw new MailRefused('mail-not-a-message', {
      ru: {
        message: 'Это не электронное письмо: нет ни одного заголовка вида «From: …».',
        remedy: 'Передайте исходный текст письма (файл .eml, тип message/rfc822), а не его распечатку или вложение.',
      },
      en: {
        message: 'This is not an e-mail message: there is no header line such as "From: …".',
        remedy:
          'Pass the original source of the message (.eml file, type message/rfc822), not a print or an attachment.',
      },
    });
  }
  return { headerEnd: headerEnd < 0 ? raw.length : headerEnd };
}

/** RFC 5322 §2.2: a field name is printable ASCII without the colon, then a colon. */
function isNamedHeader(raw: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = raw[at]!;
    if (byte === 0x3a) return at > start;
    if (byte <= 0x20 || byte >= 0x7f) return false;
  }
  return false;
}

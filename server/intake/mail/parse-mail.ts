import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import type { CaseNumberPattern } from './case-number-pattern.ts';
import { checkMailLimits, defaultMailLimits, refuseOverLimit, type MailLimits } from './check-mail-limits.ts';
import { cleanMailText } from './clean-mail-text.ts';
import { decodeRawHeaders } from './decode-raw-headers.ts';
import { mailHtmlToText } from './mail-html-to-text.ts';
import { MailRefused } from './mail-refused.ts';
import { readMessageIds } from './read-message-ids.ts';
import { recogniseAutomaticMail, type AutoReplyReason } from './recognise-automatic-mail.ts';
import { storableLine, storableText } from './storable-text.ts';

export type MailAddress = { readonly name: string; readonly address: string };

export type MailAttachment = {
  /** Decoded as sent (RFC 2047, RFC 2231); not yet a safe file name: `inspectContent` makes one. */
  readonly name: string;
  /** As declared by the sender, lower case; the content decides what it really is. */
  readonly mimeType: string;
  readonly content: Uint8Array;
  /** Without angle brackets. */
  readonly contentId?: string;
  readonly inline: boolean;
};

/** Something that was mended while reading; the mail is usable. */
export type MailWarning =
  | 'no-message-id'
  | 'no-sender'
  | 'no-date'
  | 'no-text'
  | 'truncated'
  | 'undecodable-characters'
  | 'raw-eight-bit-headers'
  | 'text-cut'
  | 'empty-attachment';

export type ParsedMail = {
  /** With angle brackets. Synthetic (`<sha256-…@mail.invalid>`) where the message has none. */
  readonly messageId: string;
  readonly inReplyTo?: string;
  /** Oldest first, with angle brackets, at most 100. */
  readonly references: readonly string[];
  /** `address` is empty where the message names no sender (warning `no-sender`). */
  readonly from: MailAddress;
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string;
  /** ISO 8601 instant in UTC as the sender wrote it; never trust it for deadlines. */
  readonly date?: string;
  /** What the sender wrote this time: without quotes and signature. */
  readonly text: string;
  readonly fullText: string;
  /** The HTML part as sent. Hostile: kept for the record, never put on a page. */
  readonly html?: string;
  readonly attachments: readonly MailAttachment[];
  readonly autoReply: false | AutoReplyReason;
  readonly bounce: boolean;
  /** Found in the subject, canonical spelling. */
  readonly caseNumbers: readonly string[];
  readonly warnings: readonly MailWarning[];
  /** Hex SHA-256 of the raw bytes. */
  readonly rawSha256: string;
};

/**
 * Reads one RFC 5322 message. Anything readable gives a `ParsedMail`, mended where needed and saying so in `warnings`.
 *
 * @throws MailRefused only where nothing sensible can be read, or a limit is exceeded
 */
export async function parseMail(
  raw: Uint8Array,
  options: { readonly caseNumbers?: CaseNumberPattern; readonly limits?: Partial<MailLimits> } = {},
): Promise<ParsedMail> {
  const limits = { ...defaultMailLimits, ...options.limits };
  const { headerEnd } = checkMailLimits(raw, limits);
  const decoded = decodeRawHeaders(raw, headerEnd);
  const email = await readMime(decoded.raw, limits);

  const warnings = new Set<MailWarning>(decoded.mended ? ['raw-eight-bit-headers'] : []);
  const rawSha256 = createHash('sha256').update(raw).digest('hex');
  const header = (name: string): string | undefined => email.headers.find((entry) => entry.key === name)?.value;

  const messageId = readMessageIds(email.messageId)[0];
  if (messageId === undefined) warnings.add('no-message-id');
  const from = addresses(email.from ? [email.from] : [])[0] ?? addresses(email.sender ? [email.sender] : [])[0];
  if (from === undefined) warnings.add('no-sender');
  const date = readDate(email.date);
  if (date === undefined) warnings.add('no-date');
  if (isTruncated(raw, header('content-type'))) warnings.add('truncated');

  const subject = storableLine(email.subject ?? '', 1_000);
  const body = readBody(email, limits, warnings);
  const inReplyTo = readMessageIds(email.inReplyTo)[0];

  return {
    messageId: messageId ?? `<sha256-${rawSha256}@mail.invalid>`,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    references: readMessageIds(email.references).slice(-100),
    from: from ?? { name: '', address: '' },
    replyTo: addresses(email.replyTo),
    to: addresses(email.to),
    cc: addresses(email.cc),
    subject,
    ...(date === undefined ? {} : { date }),
    text: cleanMailText(body),
    fullText: body,
    ...(email.html === undefined ? {} : { html: storableText(email.html) }),
    attachments: readAttachments(email.attachments, limits, warnings),
    ...recogniseAutomaticMail({ headers: { get: header }, fromAddress: from?.address ?? '', subject }),
    caseNumbers: options.caseNumbers?.find(subject) ?? [],
    warnings: [...warnings],
    rawSha256,
  };
}

async function readMime(raw: Uint8Array, limits: MailLimits): Promise<Email> {
  try {
    return await PostalMime.parse(raw, {
      maxNestingDepth: limits.nestedDepth,
      maxHeadersSize: limits.headerBytes,
      maxRfc822NestingDepth: limits.forwardedDepth,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (reason.includes('nesting depth')) {
      refuseOverLimit(
        'mail-nested-too-deep',
        { ru: 'вложенность частей', en: 'part nesting' },
        `${limits.nestedDepth}`,
      );
    }
    if (reason.includes('header size')) {
      const kilobytes = Math.floor(limits.headerBytes / 1024);
      refuseOverLimit('mail-headers-too-large', { ru: 'заголовки', en: 'header size' }, `${kilobytes} КБ / KB`);
    }
    throw new MailRefused(
      'mail-unreadable',
      {
        ru: {
          message: 'Письмо не удалось разобрать.',
          remedy: 'Откройте исходный файл в почтовой программе и заведите обращение вручную.',
        },
        en: {
          message: 'The message could not be read.',
          remedy: 'Open the original file in a mail program and enter the case by hand.',
        },
      },
      cause,
    );
  }
}

/** text/plain where it says something, else the HTML part as text. */
function readBody(email: Email, limits: MailLimits, warnings: Set<MailWarning>): string {
  const plain = storableText(email.text ?? '');
  const chosen = plain.trim() === '' && email.html !== undefined ? storableText(mailHtmlToText(email.html)) : plain;
  if (chosen.trim() === '') warnings.add('no-text');
  if (chosen.includes('\ufffd')) warnings.add('undecodable-characters');
  if (chosen.length > limits.textLength) {
    warnings.add('text-cut');
    return storableText(chosen.slice(0, limits.textLength)).trim();
  }
  return chosen.trim();
}

function readAttachments(
  parts: readonly Attachment[],
  limits: MailLimits,
  warnings: Set<MailWarning>,
): readonly MailAttachment[] {
  if (parts.length > limits.attachments) {
    refuseOverLimit(
      'mail-too-many-attachments',
      { ru: 'число вложений', en: 'number of attachments' },
      String(limits.attachments),
    );
  }
  return parts.map((part, index) => {
    const content =
      typeof part.content === 'string' ? new TextEncoder().encode(part.content) : new Uint8Array(part.content);
    if (content.length === 0) warnings.add('empty-attachment');
    const name = storableLine(part.filename ?? '', 255);
    const contentId = storableLine(part.contentId ?? '', 255).replace(/^<|>$/gu, '');
    return {
      name: name === '' ? `вложение-${index + 1}` : name,
      mimeType: part.mimeType,
      content,
      ...(contentId === '' ? {} : { contentId }),
      inline: part.disposition === 'inline' || part.related === true,
    };
  });
}

function addresses(list: readonly Address[] | undefined): readonly MailAddress[] {
  return (list ?? [])
    .flatMap((entry) => entry.group ?? [entry])
    .map((entry) => ({ name: storableLine(entry.name, 300), address: storableLine(entry.address ?? '', 320) }))
    .filter((entry) => /^[^\s@]+@[^\s@]+$/u.test(entry.address));
}

function readDate(value: string | undefined): string | undefined {
  return value !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(value) ? value : undefined;
}

/** A multipart message ends with its closing delimiter (RFC 2046 §5.1.1); without it the transfer was cut off. */
function isTruncated(raw: Uint8Array, contentType: string | undefined): boolean {
  const declared = /^\s*multipart\/[^;]+;.*?boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))/isu.exec(contentType ?? '');
  const boundary = declared?.[1] ?? declared?.[2];
  return boundary !== undefined && !Buffer.from(raw.buffer, raw.byteOffset, raw.length).includes(`--${boundary}--`);
}

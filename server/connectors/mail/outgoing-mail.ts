import { createHash } from 'node:crypto';
import { MailNotSent } from './mail-not-sent.ts';

export type MailRecipient = { readonly name?: string; readonly address: string };

export type OutgoingMail = {
  /** Same key, same Message-ID: a job that runs again sends the same message again, recognisably. */
  readonly idempotencyKey: string;
  readonly to: readonly MailRecipient[];
  readonly subject: string;
  /** Put into the subject as `[#ОБР-2026-000123]`, so that the answer finds its case. */
  readonly caseNumber?: string;
  readonly text: string;
  readonly html?: string;
  /** Message-ID of the message answered, with angle brackets. */
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly attachments?: readonly {
    readonly name: string;
    readonly mimeType: string;
    readonly content: Uint8Array;
  }[];
  /** Written by the system, not a person: marked by RFC 3834 so that robots do not answer each other. */
  readonly automatic?: boolean;
  /** The `Date` header. */
  readonly date: Date;
};

/** Deterministic Message-ID, with angle brackets: SHA-256 of the idempotency key at the domain of the sender. */
export function messageIdOf(idempotencyKey: string, fromAddress: string): string {
  const hash = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40);
  const domain = /@([A-Za-z0-9.-]+)$/u.exec(fromAddress)?.[1] ?? 'reglament.invalid';
  return `<${hash}@${domain.toLowerCase()}>`;
}

/** The subject with the case number in front, unless it names the case already. */
export function subjectWithCase(subject: string, caseNumber: string | undefined): string {
  const line = headerLine(subject, 500);
  if (caseNumber === undefined || line.toLowerCase().includes(caseNumber.toLowerCase())) return line;
  return `[#${headerLine(caseNumber, 60)}] ${line}`.trim();
}

/** Header injection stops here: one line, no control characters (CR, LF and NUL among them), no bidi overrides. */
export function headerLine(text: string, length: number): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu, '')
    .trim()
    .slice(0, length)
    .replace(/\p{Surrogate}$/u, '');
}

/** @throws MailNotSent `mail-address-invalid`: none at all, or one that could carry a second recipient or a header */
export function checkedRecipients(recipients: readonly MailRecipient[]): readonly { name: string; address: string }[] {
  const bad = recipients.find(({ address }) => !isPlainAddress(address));
  if (recipients.length === 0 || bad !== undefined) {
    const shown = bad === undefined ? '' : headerLine(bad.address, 80);
    throw new MailNotSent({
      code: 'mail-address-invalid',
      retryable: false,
      ru: {
        message: bad === undefined ? 'У письма нет получателя.' : `Адрес получателя «${shown}» записан неверно.`,
        remedy: 'Исправьте адрес электронной почты клиента и отправьте письмо снова.',
      },
      en: {
        message: bad === undefined ? 'The message has no recipient.' : `The recipient address "${shown}" is malformed.`,
        remedy: "Correct the client's e-mail address and send the message again.",
      },
    });
  }
  return recipients.map(({ name, address }) => ({ name: headerLine(name ?? '', 200), address }));
}

function isPlainAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u.test(address);
}

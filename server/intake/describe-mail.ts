import type { JsonValue, Key } from '#engine';
import { referenceTo, type StoredFile } from '../files/file-read-model.ts';
import type { MailRow } from './mail-read-model.ts';
import type { ParsedMail } from './mail/parse-mail.ts';
import type { StoredAttachments } from './store-attachments.ts';

/** What a process learns of a mail. */
export function variablesOf(
  mail: ParsedMail,
  { files, refused }: StoredAttachments,
  at: number,
): Record<string, JsonValue> {
  return {
    sender: { name: mail.from.name, email: mail.from.address },
    subject: mail.subject,
    text: mail.text,
    receivedAt: new Date(at).toISOString(),
    messageId: mail.messageId,
    attachments: files.map((file: StoredFile) => ({ ...referenceTo(file) })),
    refusedAttachments: [...refused],
  };
}

/** The row of an incoming mail, without what became of it. */
export function mailRow(
  mail: ParsedMail,
  place: { readonly bucket: number; readonly mailKey: Key; readonly caseKey: Key | null; readonly at: number },
): Omit<MailRow, 'outcome' | 'reason' | 'raw_sha256'> {
  return {
    bucket: place.bucket,
    mail_key: place.mailKey,
    case_key: place.caseKey,
    direction: 'in',
    message_id: mail.messageId,
    sender_name: mail.from.name,
    sender_address: mail.from.address,
    recipients: mail.to
      .map(({ address }) => address)
      .join(', ')
      .slice(0, 2_000),
    subject: mail.subject,
    body: mail.text,
    full_body: mail.fullText,
    happened_at: place.at,
  };
}

/** The address of ours that it was written to: the first recipient, which is what routing rules look at. */
export function mailboxOf(mail: ParsedMail): string {
  return mail.to[0]?.address.toLowerCase() ?? '';
}

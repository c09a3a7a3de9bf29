import type { Key } from '#engine';
import type { FileContent } from '../files/content/create-file-content.ts';
import { FileRefused } from '../files/content/file-refused.ts';
import { inspectContent } from '../files/content/inspect-content.ts';
import type { StoredFile } from '../files/file-read-model.ts';
import type { ParsedMail } from './mail/parse-mail.ts';

export interface StoredAttachments {
  /** Rows still to be written, in the order of the mail. */
  readonly files: readonly StoredFile[];
  /** Names of those that the house does not take (programs, archives, pages); they stay in the raw mail. */
  readonly refused: readonly string[];
}

/**
 * Puts the attachments of a mail into the file store. One that is refused does not refuse the mail: the client's words
 * are what matters, and the raw message is kept whole.
 */
export async function storeAttachments(
  mail: ParsedMail,
  place: {
    readonly bucket: number;
    readonly caseKey: Key | null;
    readonly mailKey: Key;
    readonly content: FileContent;
    readonly now: number;
    nextKey(): Promise<Key>;
  },
): Promise<StoredAttachments> {
  const files: StoredFile[] = [];
  const refused: string[] = [];
  for (const attachment of mail.attachments) {
    try {
      const inspected = await inspectContent(attachment.content, attachment);
      const stored = await place.content.put(attachment.content);
      files.push({
        bucket: place.bucket,
        file_key: await place.nextKey(),
        case_key: place.caseKey,
        user_task_key: null,
        field: null,
        mail_key: place.mailKey,
        source: 'mail',
        name: inspected.fileName,
        mime_type: inspected.mimeType,
        size: stored.size,
        sha256: stored.sha256,
        created_by: mail.from.address,
        created_at: place.now,
        referenced_at: place.now,
      });
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      refused.push(attachment.name);
    }
  }
  return { files, refused };
}

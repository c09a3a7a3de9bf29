import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { readerOf, type Database } from '../../database/connect.ts';
import { inTransaction } from '../../database/transaction.ts';
import { notFound, Refused } from '../../http/refused.ts';
import type { FileContent, StagedContent } from '../content/create-file-content.ts';
import { inspectContent } from '../content/inspect-content.ts';
import { isContentUsed } from '../content-use.ts';
import { deleteApiFile, findApiFile, findExpired, insertApiFile, type ApiFile } from './api-file-store.ts';

export interface NewApiFile {
  /** Made up when absent. */
  readonly fileId?: string;
  readonly name: string;
  readonly mimeType: string;
  /** What the client wants to be told again. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly expiresAt: number | null;
  readonly by: string;
}

export type KeptFile = Omit<ApiFile, 'bucket'>;

/** Files that programs keep here by an id: they belong to no case, and whoever may operate may read them. */
export interface ApiFiles {
  /** Takes the bytes; `keep` or `discard` ends it. @throws FileTooLarge */
  stage(bytes: Readable): Promise<StagedContent>;
  /** @throws FileRefused (content), Refused `conflict` (the id is taken) */
  keep(staged: StagedContent, file: NewApiFile): Promise<KeptFile>;
  /** @throws Refused `not-found` */
  find(fileId: string): Promise<ApiFile>;
  open(file: ApiFile): Promise<Readable>;
  /** @throws Refused `not-found` */
  remove(fileId: string): Promise<void>;
  /** Removes what is past its time. @returns how many */
  sweep(): Promise<number>;
}

const SWEPT_AT_ONCE = 100;

export function createApiFiles({
  database,
  content,
  now,
}: {
  readonly database: Database;
  readonly content: FileContent;
  readonly now: () => number;
}): ApiFiles {
  const reader = readerOf(database);
  const missing = (): Refused => notFound({ ru: 'Документ', en: 'Document' });
  const taken = (fileId: string): Refused =>
    new Refused('conflict', {
      ru: `Документ «${fileId}» уже есть. Выберите другой documentId или не указывайте его.`,
      en: `There is a document "${fileId}" already. Choose another documentId, or leave it out.`,
    });

  const forget = async (fileId: string): Promise<boolean> => {
    const sha256 = await inTransaction(database, (tx) => deleteApiFile(tx, fileId));
    if (sha256 === null) return false;
    if (!(await isContentUsed(reader, sha256))) await content.delete(sha256);
    return true;
  };

  return {
    stage: (bytes) => content.stage(bytes),

    async keep(staged, { fileId = randomUUID(), name, mimeType, facts, expiresAt, by }) {
      const inspected = await inspectContent(staged, { name, mimeType });
      // Before the bytes move in, or a refused upload would leave them there for ever. One past its time still has its id.
      if ((await findApiFile(reader, fileId, 0)) !== null) throw taken(fileId);
      // The bytes are in place before a row names them: a crash between leaves an orphan, never a dangling reference.
      const { sha256, size } = await staged.commit();
      const row = {
        file_id: fileId,
        name: inspected.fileName,
        mime_type: inspected.mimeType,
        size,
        sha256,
        facts,
        expires_at: expiresAt,
        created_by: by,
        created_at: now(),
      };
      if (!(await inTransaction(database, (tx) => insertApiFile(tx, row)))) throw taken(fileId);
      return row;
    },

    async find(fileId) {
      const file = await findApiFile(reader, fileId, now());
      if (file === null) throw missing();
      return file;
    },

    open: (file) => content.open(file.sha256),

    async remove(fileId) {
      if ((await findApiFile(reader, fileId, now())) === null) throw missing();
      await forget(fileId);
    },

    async sweep() {
      let removed = 0;
      for (;;) {
        const expired = await findExpired(reader, now(), SWEPT_AT_ONCE);
        for (const fileId of expired) if (await forget(fileId)) removed += 1;
        if (expired.length < SWEPT_AT_ONCE) return removed;
      }
    },
  };
}

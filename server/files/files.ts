import type { Readable } from 'node:stream';
import { bucketOf, type Key } from '#engine';
import type { FileReference } from '#contract';
import { readerOf, type Database } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';
import { notFound, Refused } from '../http/refused.ts';
import { runOnce, type RequestCommand } from '../http/request-command.ts';
import { contentKinds } from './content/content-kinds.ts';
import type { FileContent } from './content/create-file-content.ts';
import { inspectContent, defaultContentRules, type ContentRules } from './content/inspect-content.ts';
import { insertFiles } from './case-files.ts';
import { findFile, referenceTo, type StoredFile } from './file-read-model.ts';
import { isContentUsed } from './content-use.ts';
import { NOBODYS } from './file-owner.ts';
import { noRoom } from './folder-room.ts';
import { deleteUnreferenced, findUnreferenced, nobodysBytes, unreferencedBytes } from './file-store.ts';

const MEGABYTE = 1024 * 1024;
/** What one person may have lying in forms that are not completed: ten photos of the largest size, or one video. */
export const UNREFERENCED_QUOTA = 400 * MEGABYTE;
/** All that people without an account may have lying here at a time, so that they never fill the disk. */
const NOBODYS_QUOTA = 4 * 1024 * MEGABYTE;
const DAY = 24 * 60 * 60_000;
/** A draft is often finished the next morning, sometimes after a weekend. */
const KEEP_UNREFERENCED = 7 * DAY;
/** Nobody knows whose these are, and nobody comes back for them tomorrow. */
const KEEP_NOBODYS = DAY;

export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Readable;
  readonly bucket: number;
  /** Null while the form is to start a case that there is not yet; then `adopt` gives the file to it. */
  readonly caseKey: Key | null;
  readonly userTaskKey: Key | null;
  readonly field: string;
  /** Whose upload it is: only they may refer to it. */
  readonly username: string;
  /** Bytes that they may have lying unreferenced; `UNREFERENCED_QUOTA` when absent. */
  readonly quota?: number;
  /** Types (MIME) and size that the form's field accepts. */
  readonly accept: readonly string[];
  readonly maxBytes: number;
  readonly command: RequestCommand | null;
}

export interface Files {
  /**
   * Takes a file for a field of a task's form. It belongs to the case, but counts only once a completed form refers to it.
   * @throws FileRefused (content), Refused `quota-exceeded`
   */
  upload(upload: Upload): Promise<FileReference>;
  /** @throws Refused `not-found` */
  find(fileKey: Key): Promise<StoredFile>;
  open(file: StoredFile): Promise<Readable>;
  /** Bytes that people without an account may still send, all together. */
  roomForNobody(): Promise<number>;
  /** Removes uploads that nothing has referred to for a week (of people without an account: for a day), and half-written ones. @returns how many files went */
  sweep(): Promise<number>;
  /** Deletes the content that no row has any more, after rows of it were deleted. */
  forget(contents: readonly string[]): Promise<void>;
}

export interface FilesDeps {
  readonly database: Database;
  readonly keySource: KeySource;
  readonly content: FileContent;
  readonly now: () => number;
}

export function createFiles({ database, keySource, content, now }: FilesDeps): Files {
  const reader = readerOf(database);
  /** Content between its arrival and its row: the sweeper must not take it for forgotten. */
  const arriving = new Set<string>();
  const forget = async (contents: readonly string[]): Promise<void> => {
    for (const sha256 of contents) {
      if (!arriving.has(sha256) && !(await isContentUsed(reader, sha256))) await content.delete(sha256);
    }
  };

  const roomForNobody = async (): Promise<number> => NOBODYS_QUOTA - (await nobodysBytes(reader));

  return {
    forget,
    roomForNobody,

    async upload(upload) {
      const before = await unreferencedBytes(reader, upload.username);
      if (upload.username.startsWith(NOBODYS) && (await roomForNobody()) < 0) throw noRoom();
      const staged = await content.stage(upload.bytes, { maxBytes: upload.maxBytes });
      arriving.add(staged.sha256);
      try {
        const { quota = UNREFERENCED_QUOTA, bucket } = upload;
        if (before + staged.size > quota) throw quotaExceeded(quota);
        const inspected = await inspectContent(
          staged,
          { name: upload.name, mimeType: upload.mimeType },
          rulesOf(upload),
        );
        // The bytes are in place before a row names them: a crash between leaves an orphan, never a dangling reference.
        const stored = await staged.commit();
        const fileKey = await keySource.next(bucket);
        const row: StoredFile = {
          bucket,
          file_key: fileKey,
          case_key: upload.caseKey,
          user_task_key: upload.userTaskKey,
          field: upload.field,
          mail_key: null,
          source: 'form',
          name: inspected.fileName,
          mime_type: inspected.mimeType,
          size: stored.size,
          sha256: stored.sha256,
          created_by: upload.username,
          created_at: now(),
          referenced_at: null,
        };
        return await inTransaction(database, (tx) =>
          runOnce(tx, { command: upload.command, bucket, now: now() }, async () => {
            await insertFiles(tx, [row]);
            return { ...referenceTo(row) };
          }),
        );
      } catch (error) {
        await staged.discard();
        throw error;
      } finally {
        arriving.delete(staged.sha256);
      }
    },

    async find(fileKey) {
      const file = await findFile(reader, { bucket: bucketOf(fileKey), fileKey });
      if (file === null) throw notFound({ ru: 'Файл', en: 'File' });
      return file;
    },

    open: (file) => content.open(file.sha256),

    async sweep() {
      let removed = 0;
      await content.sweepStaged(new Date(now() - DAY));
      for (;;) {
        const before = { before: now() - KEEP_UNREFERENCED, nobodysBefore: now() - KEEP_NOBODYS };
        const files = await findUnreferenced(reader, { ...before, limit: 100 });
        for (const file of files) {
          const gone = await inTransaction(database, (tx) => deleteUnreferenced(tx, file));
          if (!gone) continue;
          removed += 1;
          await forget([file.sha256]);
        }
        if (files.length < 100) return removed;
      }
    },
  };
}

/** The intersection of what a field accepts and what the house accepts at all. */
function rulesOf({ accept, maxBytes }: Upload): ContentRules {
  const house = defaultContentRules;
  const cap = (bytes: number): number => Math.min(bytes, maxBytes);
  return {
    kinds: house.kinds.filter((kind) => accept.includes(contentKinds[kind].mimeType.split(';')[0]!)),
    maxBytes: {
      image: cap(house.maxBytes.image),
      video: cap(house.maxBytes.video),
      document: cap(house.maxBytes.document),
    },
  };
}

function quotaExceeded(quota: number): Refused {
  const megabytes = quota / MEGABYTE;
  return new Refused('quota-exceeded', {
    ru: `В незавершённых формах у вас уже ${megabytes} МБ файлов. Отправьте одну из форм или подождите, пока старые файлы удалятся.`,
    en: `Your unfinished forms hold ${megabytes} MB of files already. Send one of them, or wait until old files are removed.`,
  });
}

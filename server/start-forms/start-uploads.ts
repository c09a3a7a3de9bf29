import type { FileReference, TakeUpload } from '#contract';
import type { Request } from 'express';
import type { Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { UNREFERENCED_QUOTA, type Files, type Upload } from '../files/files.ts';
import type { Part, PartialUploads } from '../files/partial-uploads.ts';
import { readUpload, type UploadedPart } from '../files/read-upload.ts';
import type { RequestCommand } from '../http/request-command.ts';
import { acceptedFiles, fieldAt } from '../user-tasks/file-field.ts';
import { identifySubmission } from './identify-submission.ts';
import type { OpenStarts } from './open-starts.ts';
import type { PublicFormSettings } from './public-form-settings.ts';
import { ownerOf, type Sender } from './sender.ts';
import { takeQuota } from './start-quota.ts';

const MEGABYTE = 1024 * 1024;
/** A camera's photo; what a form accepts beyond it needs an account. */
export const LARGEST_FILE = 20 * MEGABYTE;
export const BYTES_PER_SUBMISSION = 100 * MEGABYTE;
/** Bytes of a submission that nobody has sent yet: contractors answer for theirs by name. */
const LIMITS = {
  anyone: { file: LARGEST_FILE, submission: BYTES_PER_SUBMISSION },
  contractors: { file: Infinity, submission: UNREFERENCED_QUOTA },
} as const;

/** A place in a submission that takes files. */
interface FileField {
  /** Of the form. */
  readonly key: string;
  readonly sender: Sender;
  readonly submission: string;
  /** JSON pointer of the field, of a column of a table `/works/-/photos`. */
  readonly path: string;
}

interface WithCommand {
  readonly command: RequestCommand | null;
}

/**
 * Files of forms that start cases, before there is a case. Each throws Refused `not-found` for a form that is not open to the sender,
 * `invalid-request` for a field that takes no files.
 */
export interface StartUploads {
  /** A file that comes whole. @throws Refused `quota-exceeded`, TooManyRequests, FileRefused */
  whole(field: FileField & WithCommand & { readonly request: Request }): Promise<FileReference>;
  /** Of a file that comes in parts without an account, how many bytes are here. */
  received(field: FileField, uploadKey: string): Promise<number>;
  /** @returns the bytes that are here then. @throws Refused as of `PartialUploads`, TooManyRequests */
  append(field: FileField, uploadKey: string, part: Pick<Part, 'offset' | 'bytes'>): Promise<number>;
  discard(field: FileField, uploadKey: string): Promise<void>;
  /** Puts a file that has come in parts into the field. @throws Refused `not-found` (the parts), `quota-exceeded`, FileRefused */
  take(field: FileField & WithCommand & { readonly taken: TakeUpload }): Promise<FileReference>;
}

export interface StartUploadsDeps {
  readonly database: Database;
  readonly files: Files;
  readonly openStarts: OpenStarts;
  readonly settings: PublicFormSettings;
  /** Parts of people with an account, and of those without: the first are known by who they are, the others by their submission. */
  readonly uploads: PartialUploads;
  readonly nobodysUploads: PartialUploads;
  readonly now: () => number;
}

export function createStartUploads(deps: StartUploadsDeps): StartUploads {
  const { database, files, openStarts, settings, uploads, nobodysUploads, now } = deps;

  const rulesOf = async ({ key, sender, path }: FileField) => {
    const { form, binding } = await openStarts.find(key, sender.audience);
    const { accept, maxBytes } = acceptedFiles(form.model, binding, fieldAt(path));
    return { accept, maxBytes: Math.min(maxBytes, LIMITS[sender.audience].file) };
  };

  /** One more file of this address in this hour, whole or begun. */
  const count = async (sender: Sender): Promise<void> => {
    if (sender.audience !== 'anyone') return;
    const quota = { scope: `files ${sender.address}`, limit: settings.filesPerAddress, now: now() };
    await inTransaction(database, (tx) => takeQuota(tx, quota));
  };

  const store = async (field: FileField & WithCommand, part: UploadedPart): Promise<FileReference> => {
    const { bucket, submissionId } = identifySubmission(field.submission);
    const upload: Upload = {
      ...part,
      ...(await rulesOf(field)),
      field: fieldAt(field.path),
      bucket,
      caseKey: null,
      userTaskKey: null,
      username: ownerOf(submissionId, field.sender),
      quota: LIMITS[field.sender.audience].submission,
      command: field.command,
    };
    return files.upload(upload);
  };

  /** Where the parts of this sender are, and how they are called there. */
  const placeOf = ({ sender, submission }: FileField, uploadKey: string) => {
    if (sender.audience !== 'anyone') return { store: uploads, id: { owner: sender.username, key: uploadKey } };
    const owner = ownerOf(identifySubmission(submission).submissionId, sender);
    return { store: nobodysUploads, id: { owner, key: uploadKey } };
  };

  return {
    async whole(field) {
      await rulesOf(field);
      await count(field.sender);
      return readUpload(field.request, (part) => store(field, part));
    },

    async received(field, uploadKey) {
      await rulesOf(field);
      const { store: parts, id } = placeOf(field, uploadKey);
      return parts.received(id);
    },

    async append(field, uploadKey, part) {
      const { maxBytes } = await rulesOf(field);
      const { store: parts, id } = placeOf(field, uploadKey);
      // Counted when it begins: going on costs nothing, or a bad connection would use the hour up.
      if ((await parts.received(id)) === 0) await count(field.sender);
      return parts.append(id, { ...part, maxBytes });
    },

    async discard(field, uploadKey) {
      await rulesOf(field);
      const { store: parts, id } = placeOf(field, uploadKey);
      await parts.discard(id);
    },

    async take({ taken, ...field }) {
      await rulesOf(field);
      const { store: parts, id } = placeOf(field, taken.uploadKey);
      return store(field, { ...taken, bytes: await parts.open(id) });
    },
  };
}

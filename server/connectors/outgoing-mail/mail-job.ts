import { bucketOf, fileReferenceOf, type JsonValue, type Key } from '#engine';
import { readCaseHeading } from '../../cases/case-heading.ts';
import { readerOf, type Database } from '../../database/connect.ts';
import type { KeySource } from '../../database/key-source.ts';
import { inTransaction } from '../../database/transaction.ts';
import { findDocument } from '../../documents/document-read-model.ts';
import type { DocumentRenderer } from '../../documents/render/create-document-renderer.ts';
import type { FileContent } from '../../files/content/create-file-content.ts';
import { safeFileName } from '../../files/content/safe-file-name.ts';
import { insertFiles } from '../../files/case-files.ts';
import { findFile, type StoredFile } from '../../files/file-read-model.ts';
import { claimReceipt, insertMail } from '../../intake/record-mail.ts';
import type { Definitions } from '../../runtime/definitions.ts';
import type { ActivatedJob } from '../../worker/claim-jobs.ts';
import { JobFailure } from '../../worker/job-errors.ts';
import type { MailSender } from '../mail/create-mail-sender.ts';
import { MailNotSent } from '../mail/mail-not-sent.ts';
import { subjectWithCase } from '../mail/outgoing-mail.ts';
import type { JobHandler } from '../../worker/job-handlers.ts';
import { readParameter, readTexts, requireText } from '../read-parameter.ts';

export const MAIL_JOB = 'reglament:mail';

export interface MailJobDeps {
  readonly database: Database;
  readonly keySource: KeySource;
  readonly definitions: Definitions;
  readonly renderer: DocumentRenderer;
  readonly content: FileContent;
  readonly sender: MailSender;
  readonly from: { readonly name: string; readonly address: string };
  readonly now: () => number;
}

/** Something to send along, with the content to read and the row that shows it in the case. */
type Attachment = Pick<StoredFile, 'name' | 'mime_type' | 'size' | 'sha256' | 'source' | 'created_by'>;

/**
 * `reglament:mail`: a letter to the client. Parameters: `to` (address or list), `subject`, `text`, `inReplyTo`
 * (Message-ID), `automatic`, `attachments` (document keys or file references), `template` (HTML part, optional). The
 * subject carries the case number, so that the answer finds its case; the letter is stored in the case.
 * Gives `sentMessageId`. The same job has the same Message-ID, so a repeat is recognised by every mailbox.
 */
export function mailJob(deps: MailJobDeps): JobHandler {
  const { database, content, sender } = deps;
  const reader = readerOf(database);

  return async ({ job }) => {
    const caseKey = job.rootProcessInstanceKey;
    const heading = await readCaseHeading(reader, caseKey);
    const attachments = await findAttachments(deps, job);
    const to = readTexts(job, 'to');
    const subject = requireText(job, 'subject');
    const text = requireText(job, 'text');
    const inReplyTo = readParameter(job, 'inReplyTo');
    const at = deps.now();
    const html = await htmlOf(deps, job, { subject, heading, at });
    const bytes = await Promise.all(attachments.map(async (one) => readAll(await content.open(one.sha256))));
    const sent = await sender
      .send({
        idempotencyKey: `job:${job.jobKey}`,
        to: to.map((address) => ({ address: address.trim() })),
        subject,
        text,
        date: new Date(at),
        automatic: readParameter(job, 'automatic') === true,
        attachments: attachments.map(({ name, mime_type }, index) => ({
          name,
          mimeType: mime_type,
          content: bytes[index]!,
        })),
        ...(html === null ? {} : { html }),
        ...(typeof inReplyTo === 'string' && inReplyTo !== '' ? { inReplyTo } : {}),
        ...(heading.number === null ? {} : { caseNumber: heading.number }),
      })
      .catch((error: unknown) => {
        if (!(error instanceof MailNotSent)) throw error;
        throw new JobFailure(
          `${error.message} ${error.remedy}`,
          error.retryable ? { cause: error } : { retries: 0, cause: error },
        );
      });

    const letter = {
      messageId: sent.messageId,
      recipients: to.join(', '),
      subject: subjectWithCase(subject, heading.number ?? undefined),
      text,
    };
    await storeLetter(deps, { ...letter, caseKey, at, attachments });
    return { sentMessageId: sent.messageId };
  };
}

async function findAttachments({ database }: MailJobDeps, job: ActivatedJob): Promise<readonly Attachment[]> {
  const reader = readerOf(database);
  const value = readParameter(job, 'attachments');
  const found: Attachment[] = [];
  for (const one of Array.isArray(value) ? (value as readonly JsonValue[]) : []) {
    if (one === null) continue;
    const caseKey = job.rootProcessInstanceKey;
    const reference = fileReferenceOf(one);
    const file =
      reference === undefined
        ? null
        : await findFile(reader, { bucket: bucketOf(caseKey), fileKey: keyIn(reference.fileKey) });
    const document = reference === undefined ? await findDocument(reader, keyIn(one)) : null;
    // Only what lies in this very case may leave with its letter.
    if (file !== null && file.case_key === caseKey) found.push(fileAttachment(file));
    else if (document !== null && document.case_key === caseKey) found.push(documentAttachment(document));
    else {
      throw new JobFailure(
        `Вложение письма ${JSON.stringify(one)} не найдено в деле. / The attachment is not in the case.`,
        { retries: 0 },
      );
    }
  }
  return found;
}

function fileAttachment({ name, mime_type, size, sha256, source, created_by }: StoredFile): Attachment {
  return { name, mime_type, size, sha256, source, created_by };
}

function documentAttachment(document: NonNullable<Awaited<ReturnType<typeof findDocument>>>): Attachment {
  return {
    name: safeFileName(`${document.title} № ${document.document_number}.pdf`),
    mime_type: 'application/pdf',
    // The size is known once the bytes are read.
    size: 0,
    sha256: document.pdf_sha256,
    source: 'document',
    created_by: document.template,
  };
}

function keyIn(value: JsonValue): Key {
  const key = Number(value);
  return Number.isSafeInteger(key) && key > 0 ? key : 0;
}

async function htmlOf(
  { definitions, renderer }: MailJobDeps,
  job: ActivatedJob,
  letter: {
    readonly subject: string;
    readonly heading: Awaited<ReturnType<typeof readCaseHeading>>;
    readonly at: number;
  },
): Promise<string | null> {
  const id = readParameter(job, 'template');
  if (typeof id !== 'string') return null;
  const template = definitions.catalog.latest('template', id);
  if (template === undefined) {
    throw new JobFailure(`Шаблон письма «${id}» не опубликован. / The mail template "${id}" is not deployed.`, {
      retries: 0,
    });
  }
  return renderer.preview({
    template: await definitions.content(template.definitionKey),
    data: { ...job.variables, case: letter.heading },
    locale: 'ru',
    timeZone: definitions.zone,
    title: letter.subject,
    createdAt: new Date(letter.at).toISOString(),
  });
}

interface Letter {
  readonly caseKey: Key;
  readonly messageId: string;
  readonly recipients: string;
  readonly subject: string;
  readonly text: string;
  readonly at: number;
  readonly attachments: readonly Attachment[];
}

async function storeLetter({ database, keySource, content, from }: MailJobDeps, letter: Letter): Promise<void> {
  const { caseKey, at, messageId } = letter;
  const bucket = bucketOf(caseKey);
  const mailKey = await keySource.next(bucket);
  const files: StoredFile[] = [];
  for (const attachment of letter.attachments) {
    const size = attachment.size > 0 ? attachment.size : (await readAll(await content.open(attachment.sha256))).length;
    const place = {
      bucket,
      file_key: await keySource.next(bucket),
      case_key: caseKey,
      user_task_key: null,
      field: null,
    };
    files.push({ ...place, ...attachment, size, mail_key: mailKey, created_at: at, referenced_at: at });
  }
  await inTransaction(database, async (tx) => {
    const claim = { bucket, message_id: messageId, mail_key: mailKey, case_key: caseKey, case_number: null };
    if ((await claimReceipt(tx, claim)) !== null) return;
    await insertMail(tx, {
      bucket,
      mail_key: mailKey,
      case_key: caseKey,
      direction: 'out',
      message_id: messageId,
      outcome: 'sent',
      reason: null,
      sender_name: from.name,
      sender_address: from.address,
      recipients: letter.recipients,
      subject: letter.subject,
      body: letter.text,
      full_body: letter.text,
      raw_sha256: null,
      happened_at: at,
    });
    await insertFiles(tx, files);
  });
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

import { bucketOf, type Key } from '#engine';
import type { DocumentView, FileView, Language, MailView, VariableView } from '#contract';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import { findDocuments, organisationsOf } from '../documents/document-read-model.ts';
import { APPLICANT } from '../files/file-owner.ts';
import { findCaseFiles, referenceTo, type StoredFile } from '../files/file-read-model.ts';
import type { Principal } from '../identity/principal.ts';
import { findMails } from '../intake/mail-read-model.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { readDirectory } from '../users/directory.ts';
import { readTree, requireCase } from './case-access.ts';
import { elementNames } from './element-names.ts';

/** Who sent a file by a form that needs no sign-in. */
const APPLICANT_NAME = { ru: 'заявитель', en: 'applicant' } as const;

interface Asker {
  readonly principal: Principal;
  readonly language: Language;
}

/** What lies in a case. Each throws Refused `not-found` for a case that is not this person's to see. */
export interface CaseParts {
  variables(caseKey: Key, asker: Asker): Promise<readonly VariableView[]>;
  files(caseKey: Key, asker: Asker): Promise<readonly FileView[]>;
  documents(caseKey: Key, asker: Asker): Promise<readonly DocumentView[]>;
  mails(caseKey: Key, asker: Asker): Promise<readonly MailView[]>;
}

export function createCaseParts(deps: { readonly database: Database; readonly definitions: Definitions }): CaseParts {
  const { database, definitions } = deps;
  const reader = readerOf(database);
  return {
    async variables(caseKey, { principal }) {
      await requireCase(reader, caseKey, principal);
      const tree = await readTree(reader, caseKey);
      const instances = new Map(tree.map((row) => [row.process_instance_key, row]));
      const rows = await queryRows<{
        process_instance_key: Key;
        name: string;
        value: string;
        updated_at: number;
        element_id: string | null;
      }>(
        reader,
        `SELECT v.process_instance_key, v.name, v.value, v.updated_at, e.element_id FROM variable v
         LEFT JOIN element_instance e ON e.bucket = v.bucket AND e.element_instance_key = v.scope_key
         WHERE v.bucket = ? AND v.process_instance_key IN (${database.dialect.listFromJson('key')})
           AND (v.ended_at IS NULL OR v.scope_key = v.process_instance_key)
         ORDER BY v.process_instance_key, v.scope_key, v.name LIMIT 2000`,
        [bucketOf(caseKey), JSON.stringify([...instances.keys()])],
      );
      const nameOf = await elementNames(
        definitions,
        tree.map((row) => row.process_definition_key),
      );
      return rows.map((row) => {
        const instance = instances.get(row.process_instance_key)!;
        const elementId = row.element_id ?? instance.process_id;
        return {
          name: row.name,
          value: JSON.parse(row.value) as unknown,
          scope:
            elementId === instance.process_id
              ? instance.process_name
              : nameOf(instance.process_definition_key, elementId),
          updatedAt: new Date(row.updated_at).toISOString(),
        };
      });
    },

    async files(caseKey, { principal, language }) {
      await requireCase(reader, caseKey, principal);
      const files = await findCaseFiles(reader, { bucket: bucketOf(caseKey), caseKey });
      const usernames = files.map((file) => file.created_by);
      const { personName } = await readDirectory(reader, { usernames, groupIds: [], language });
      return files.map((file) => ({
        ...referenceTo(file),
        url: fileUrl(file),
        createdAt: new Date(file.created_at).toISOString(),
        source: file.source as FileView['source'],
        by: file.created_by === APPLICANT ? APPLICANT_NAME[language] : personName(file.created_by),
      }));
    },

    async documents(caseKey, { principal, language }) {
      await requireCase(reader, caseKey, principal);
      const documents = await findDocuments(reader, caseKey);
      const usernames = documents.flatMap((document) => document.created_by ?? []);
      const groupIds = documents.flatMap(organisationsOf);
      const { personName, groupName } = await readDirectory(reader, { usernames, groupIds, language });
      return documents.map((document) => ({
        documentKey: String(document.document_key),
        documentNumber: document.document_number,
        title: document.title,
        template: document.template,
        sha256: document.pdf_sha256,
        createdAt: new Date(document.created_at).toISOString(),
        createdBy: document.created_by === null ? null : personName(document.created_by),
        shownTo: organisationsOf(document).map(groupName),
        htmlUrl: `/api/documents/${document.document_key}/html`,
        pdfUrl: `/api/documents/${document.document_key}/pdf`,
      }));
    },

    async mails(caseKey, { principal }) {
      await requireCase(reader, caseKey, principal);
      const mails = await findMails(reader, caseKey);
      const files = await findCaseFiles(reader, { bucket: bucketOf(caseKey), caseKey });
      return mails.map((mail) => ({
        mailKey: String(mail.mail_key),
        direction: mail.direction as MailView['direction'],
        from: mail.sender_name === '' ? mail.sender_address : `${mail.sender_name} <${mail.sender_address}>`,
        to: mail.recipients,
        subject: mail.subject,
        at: new Date(mail.happened_at).toISOString(),
        text: mail.body,
        fullText: mail.full_body,
        attachments: files
          .filter((file) => file.mail_key === mail.mail_key)
          .map((file) => ({ ...referenceTo(file), url: fileUrl(file) })),
      }));
    },
  };
}

export function fileUrl(file: StoredFile): string {
  return `/api/files/${file.file_key}`;
}

import { bucketOf, type Key } from '#engine';
import type {
  CaseProgress,
  Language,
  PortalCase,
  PortalCaseDetail,
  PortalCasePage,
  PortalCaseQuery,
  PortalDocument,
} from '#contract';
import { caseNotFound } from '../cases/case-access.ts';
import { isParty, listParties, type CaseParty } from '../cases/case-parties.ts';
import type { Executor } from '../database/connect.ts';
import { findDocuments, isShownTo, type DocumentRow } from '../documents/document-read-model.ts';
import { referenceTo, type StoredFile } from '../files/file-read-model.ts';
import type { Principal } from '../identity/principal.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { readCaseProgress } from '../start-forms/case-progress.ts';
import { readCursor, writeCursor } from '../user-tasks/task-cursor.ts';
import { readDirectory } from '../users/directory.ts';
import type { ContractorFiles } from './contractor-files.ts';

const DEFAULT_LIMIT = 20;

interface Asker {
  readonly principal: Principal;
  readonly language: Language;
}

/** Cases of the asker's organisation, told as to people outside. */
export interface PortalCases {
  page(query: PortalCaseQuery, asker: Asker): Promise<PortalCasePage>;
  /** @throws Refused `not-found` for a case that the organisation has no part in */
  read(caseKey: Key, asker: Asker): Promise<PortalCaseDetail>;
}

export function createPortalCases(deps: {
  readonly reader: Executor;
  readonly definitions: Definitions;
  readonly files: ContractorFiles;
}): PortalCases {
  const { reader, definitions, files } = deps;
  const told = (caseKey: Key, language: Language): Promise<CaseProgress | null> =>
    readCaseProgress(reader, definitions, { caseKey, language });
  const view = (caseKey: Key, since: number, progress: CaseProgress): PortalCase => ({
    ...progress,
    caseKey: String(caseKey),
    since: new Date(since).toISOString(),
  });

  return {
    async page(query, { principal, language }) {
      const limit = query.limit ?? DEFAULT_LIMIT;
      const found = await listParties(reader, {
        organisations: principal.groups,
        before: beforeOf(query.cursor),
        limit: limit + 1,
      });
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const items: PortalCase[] = [];
      for (const { case_key: caseKey, since } of onePerCase(shown)) {
        const progress = await told(caseKey, language);
        if (progress !== null) items.push(view(caseKey, since, progress));
      }
      return {
        items,
        nextCursor: found.length > limit && last !== undefined ? writeCursor([last.since, last.case_key]) : null,
      };
    },

    async read(caseKey, { principal, language }) {
      const place = { bucket: bucketOf(caseKey), caseKey };
      if (!(await isParty(reader, { ...place, organisations: principal.groups }))) throw caseNotFound();
      const progress = await told(caseKey, language);
      if (progress === null) throw caseNotFound();
      const { given, received } = await files.ofCase(place, principal);
      const usernames = given.map(({ created_by }) => created_by);
      const { personName } = await readDirectory(reader, { usernames, groupIds: [], language });
      const documents = await findDocuments(reader, caseKey);
      return {
        case: view(caseKey, Date.parse(progress.acceptedAt), progress),
        documents: documents.filter((document) => isShownTo(document, principal.groups)).map(documentView),
        received: received.map(fileView),
        files: given.map((file) => ({ ...fileView(file), source: 'form', by: personName(file.created_by) })),
      };
    },
  };
}

function fileView(file: StoredFile): PortalCaseDetail['received'][number] {
  return {
    ...referenceTo(file),
    url: `/api/files/${file.file_key}`,
    createdAt: new Date(file.created_at).toISOString(),
  };
}

/** Without its template and who wrote it. */
function documentView(document: DocumentRow): PortalDocument {
  return {
    documentKey: String(document.document_key),
    documentNumber: document.document_number,
    title: document.title,
    sha256: document.pdf_sha256,
    createdAt: new Date(document.created_at).toISOString(),
    htmlUrl: `/api/documents/${document.document_key}/html`,
    pdfUrl: `/api/documents/${document.document_key}/pdf`,
  };
}

/** Somebody of two organisations may find both in one case. */
function onePerCase(parties: readonly CaseParty[]): readonly CaseParty[] {
  return [...new Map(parties.map((party) => [party.case_key, party])).values()];
}

function beforeOf(cursor: string | undefined): { readonly since: number; readonly caseKey: Key } | null {
  if (cursor === undefined) return null;
  const [since, caseKey] = readCursor(cursor);
  return { since: since ?? 0, caseKey };
}

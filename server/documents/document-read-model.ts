import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows } from '../database/write-rows.ts';

export const documentTable = defineTable('document', {
  columns: {
    bucket: 'smallint',
    document_key: 'key',
    case_key: 'key',
    job_key: 'key',
    template: 'text',
    title: 'text',
    series: 'text',
    document_number: 'text',
    html_sha256: 'text',
    pdf_sha256: 'text',
    created_by: 'text?',
    created_at: 'time',
    shown_to: 'json?',
  },
  primaryKey: ['bucket', 'document_key'],
});

export type DocumentRow = RowOf<typeof documentTable>;

/** Organisations from outside (groups of contractors) that may have it; nobody unless the process says so. */
export function organisationsOf({ shown_to: shownTo }: DocumentRow): readonly string[] {
  return (shownTo as readonly string[] | null) ?? [];
}

export function isShownTo(document: DocumentRow, organisations: readonly string[]): boolean {
  return organisationsOf(document).some((organisation) => organisations.includes(organisation));
}

/** Oldest first. */
export async function findDocuments(executor: Executor, caseKey: Key): Promise<readonly DocumentRow[]> {
  const rows = await queryRows(
    executor,
    `SELECT * FROM document
     WHERE bucket = ? AND case_key = ? ORDER BY created_at, document_key LIMIT 1000`,
    [bucketOf(caseKey), caseKey],
  );
  return decodeRows(documentTable, rows);
}

export async function findDocument(executor: Executor, documentKey: Key): Promise<DocumentRow | null> {
  const rows = await queryRows(executor, 'SELECT * FROM document WHERE bucket = ? AND document_key = ?', [
    bucketOf(documentKey),
    documentKey,
  ]);
  return decodeRows(documentTable, rows)[0] ?? null;
}

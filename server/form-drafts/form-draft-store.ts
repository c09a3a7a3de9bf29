import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows, insertRows, upsertRows } from '../database/write-rows.ts';

const draftTable = defineTable('form_draft', {
  columns: {
    form_id: 'text',
    revision: 'integer',
    definition: 'json',
    sample: 'json',
    published_version: 'integer?',
    saved_at: 'time',
    saved_by: 'text',
  },
  primaryKey: ['form_id'],
});
export type FormDraftRow = RowOf<typeof draftTable>;

const publicationTable = defineTable('form_publication', {
  columns: { definition_key: 'key', note: 'text', published_by: 'text' },
  primaryKey: ['definition_key'],
});

export async function findFormDraft(executor: Executor, formId: string): Promise<FormDraftRow | null> {
  const rows = await queryRows(executor, 'SELECT * FROM form_draft WHERE form_id = ?', [formId]);
  return decodeRows(draftTable, rows)[0] ?? null;
}

/**
 * Locked, so that of two people who save at once one is told of the other. A draft that is not there yet has no row to lock: then the
 * one row of the catalog is taken, and whoever comes second finds the draft.
 */
export async function lockFormDraft(tx: Executor, formId: string): Promise<FormDraftRow | null> {
  const find = async (): Promise<FormDraftRow | null> => {
    const sql = `SELECT * FROM form_draft WHERE form_id = ?${tx.dialect.forUpdate}`;
    return decodeRows(draftTable, await queryRows(tx, sql, [formId]))[0] ?? null;
  };
  const row = await find();
  if (row !== null) return row;
  await queryRows(tx, `SELECT revision FROM catalog_revision WHERE id = 1${tx.dialect.forUpdate}`);
  return find();
}

export async function listFormDrafts(executor: Executor): Promise<readonly FormDraftRow[]> {
  return decodeRows(draftTable, await queryRows(executor, 'SELECT * FROM form_draft ORDER BY form_id'));
}

export async function writeFormDraft(tx: Executor, row: FormDraftRow): Promise<void> {
  await upsertRows(tx, draftTable, [row]);
}

export async function deleteFormDraft(tx: Executor, formId: string): Promise<void> {
  await queryRows(tx, 'DELETE FROM form_draft WHERE form_id = ?', [formId]);
}

export async function insertPublication(tx: Executor, row: RowOf<typeof publicationTable>): Promise<void> {
  await insertRows(tx, publicationTable, [row]);
}

/** Notes and authors of versions, by definition key. */
export async function findPublications(
  executor: Executor,
  keys: readonly Key[],
): Promise<ReadonlyMap<Key, RowOf<typeof publicationTable>>> {
  const rows = await queryRows(
    executor,
    `SELECT * FROM form_publication WHERE definition_key IN (${executor.dialect.listFromJson('key')})`,
    [JSON.stringify(keys)],
  );
  return new Map(decodeRows(publicationTable, rows).map((row) => [row.definition_key, row]));
}

import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows, upsertRows } from '../database/write-rows.ts';

const fragmentTable = defineTable('form_fragment', {
  // '' saved it: a pack.
  columns: { fragment_id: 'text', title: 'text', content: 'json', saved_at: 'time', saved_by: 'text' },
  primaryKey: ['fragment_id'],
});
export type FormFragmentRow = RowOf<typeof fragmentTable>;

export async function listFormFragments(executor: Executor): Promise<readonly FormFragmentRow[]> {
  return decodeRows(fragmentTable, await queryRows(executor, 'SELECT * FROM form_fragment ORDER BY fragment_id'));
}

export async function findFormFragment(tx: Executor, fragmentId: string): Promise<FormFragmentRow | undefined> {
  const rows = await queryRows(tx, 'SELECT * FROM form_fragment WHERE fragment_id = ?', [fragmentId]);
  return decodeRows(fragmentTable, rows)[0];
}

export async function countOtherFragments(tx: Executor, fragmentId: string): Promise<number> {
  const sql = 'SELECT COUNT(*) AS number FROM form_fragment WHERE fragment_id <> ?';
  const [row] = await queryRows<{ number: number | string }>(tx, sql, [fragmentId]);
  return Number(row!.number);
}

export async function writeFormFragment(tx: Executor, row: FormFragmentRow): Promise<void> {
  await upsertRows(tx, fragmentTable, [row]);
}

export async function deleteFormFragment(tx: Executor, fragmentId: string): Promise<void> {
  await queryRows(tx, 'DELETE FROM form_fragment WHERE fragment_id = ?', [fragmentId]);
}

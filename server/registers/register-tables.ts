import { defineTable, type RowOf } from '../database/table-spec.ts';

export const rowTable = defineTable('register_row', {
  columns: {
    register_key: 'text',
    row_key: 'text',
    /** Rises by one with every change; goes on where it was when a deleted row comes back. */
    version: 'integer',
    content: 'json',
    sort_values: 'json',
    label: 'text',
    search: 'text',
    created_at: 'time',
    updated_at: 'time',
    updated_by: 'text?',
  },
  primaryKey: ['register_key', 'row_key'],
});

export const changeTable = defineTable('register_change', {
  columns: {
    register_key: 'text',
    row_key: 'text',
    version: 'integer',
    kind: 'text',
    changes: 'json',
    changed_at: 'time',
    changed_by: 'text?',
    origin: 'text',
  },
  primaryKey: ['register_key', 'row_key', 'version'],
});

export type StoredRow = RowOf<typeof rowTable>;
export type StoredChange = RowOf<typeof changeTable>;

/** Where a change came from: a person's screen, a file, a step of a process, the demonstration rows of a pack. */
export type ChangeOrigin = 'edit' | 'import' | 'process' | 'demo';

/** One field of a row that got another value; null is empty. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

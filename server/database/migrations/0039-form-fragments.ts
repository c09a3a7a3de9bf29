import type { Migration } from './schema-editor.ts';

/** Pieces of forms that analysts keep to put into other forms; everybody who draws forms sees them all. */
export const formFragments: Migration = {
  id: '0039-form-fragments',
  async up(schema) {
    await schema.createTable({
      name: 'form_fragment',
      columns: { fragment_id: 'text', title: 'text', content: 'json', saved_at: 'time', saved_by: 'text' },
      primaryKey: ['fragment_id'],
    });
  },
};

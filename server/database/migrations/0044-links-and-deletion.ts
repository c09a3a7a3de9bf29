import type { Migration } from './schema-editor.ts';

/** What signs links to documents, and definitions that are gone for everybody but their instances. */
export const linksAndDeletion: Migration = {
  id: '0044-links-and-deletion',
  async up(schema) {
    await schema.createTable({
      name: 'signing_secret',
      columns: { purpose: 'text', secret: 'text', created_at: 'time' },
      primaryKey: ['purpose'],
    });
    await schema.addColumn('definition', { name: 'deleted_at', type: 'time?' });
  },
};

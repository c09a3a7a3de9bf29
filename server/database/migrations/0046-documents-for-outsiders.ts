import type { Migration } from './schema-editor.ts';

/** Which organisations from outside a document is for; null and empty: the house only, as all that were written before. */
export const documentsForOutsiders: Migration = {
  id: '0046-documents-for-outsiders',
  async up(schema) {
    await schema.addColumn('document', { name: 'shown_to', type: 'json?' });
  },
};

import type { Migration } from './schema-editor.ts';

/** Forms being drawn, one draft per form for everybody, and what was said when a version was published. */
export const formDrafts: Migration = {
  id: '0031-form-drafts',
  async up(schema) {
    await schema.createTable({
      name: 'form_draft',
      columns: {
        form_id: 'text',
        // Rises with every save and publication and never starts again, so that a forgotten tab cannot pass for the newest.
        revision: 'integer',
        definition: 'json',
        sample: 'json',
        // Set while the draft is what was published as this version; null as soon as it is changed.
        published_version: 'integer?',
        saved_at: 'time',
        saved_by: 'text',
      },
      primaryKey: ['form_id'],
    });
    await schema.createTable({
      name: 'form_publication',
      columns: { definition_key: 'key', note: 'text', published_by: 'text' },
      primaryKey: ['definition_key'],
    });
  },
};

import type { Migration } from './schema-editor.ts';

/** Which organisations from outside have begun a case or worked on it: written when that happens, so that a list of theirs is found by index. */
export const caseParties: Migration = {
  id: '0037-case-parties',
  async up(schema) {
    await schema.createTable({
      name: 'case_party',
      columns: { bucket: 'smallint', case_key: 'key', organisation: 'text', since: 'time' },
      primaryKey: ['bucket', 'case_key', 'organisation'],
    });
    await schema.createIndex({
      name: 'case_party_by_organisation',
      table: 'case_party',
      columns: ['organisation', 'since', 'case_key'],
    });
  },
};

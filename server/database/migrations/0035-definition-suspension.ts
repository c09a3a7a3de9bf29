import type { Migration } from './schema-editor.ts';

/** Definitions that start nothing new; the mark on their starts is what whoever looks for starts reads. */
export const definitionSuspension: Migration = {
  id: '0035-definition-suspension',
  async up(schema) {
    await schema.addColumn('definition', { name: 'suspended_at', type: 'time?' });
    await schema.addColumn('start_subscription', { name: 'suspended', type: 'boolean', default: 'FALSE' });
  },
};

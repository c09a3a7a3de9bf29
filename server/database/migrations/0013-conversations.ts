import type { Migration } from './schema-editor.ts';

/** Pools that talk without a correlation key (ADR 0009): whose conversation an instance belongs to, and which starts join one. */
export const conversations: Migration = {
  id: '0013-conversations',
  async up(schema) {
    await schema.addColumn('process_instance', { name: 'conversation_key', type: 'text?' });
    await schema.addColumn('start_subscription', { name: 'by_conversation', type: 'boolean', default: 'FALSE' });
    await schema.addColumn('message_correlation', { name: 'by_conversation', type: 'boolean', default: 'FALSE' });
  },
};

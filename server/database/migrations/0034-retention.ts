import type { Migration } from './schema-editor.ts';

/** How long ended cases stay, per process, and which were deleted: the one trace that a deleted case leaves. */
export const retention: Migration = {
  id: '0034-retention',
  async up(schema) {
    await schema.createTable({
      name: 'retention_rule',
      columns: {
        process_id: 'text',
        keep_days: 'integer',
        with_documents: 'boolean',
        set_by: 'text?',
        set_at: 'time',
      },
      primaryKey: ['process_id'],
    });
    await schema.createTable({
      name: 'deleted_case',
      columns: {
        bucket: 'smallint',
        case_key: 'key',
        process_id: 'text',
        case_number: 'text?',
        started_at: 'time',
        ended_at: 'time?',
        reason: 'text',
        deleted_by: 'text?',
        deleted_at: 'time',
      },
      primaryKey: ['bucket', 'case_key'],
    });
    // By bucket before time: what is deleted in one transaction lies in one bucket.
    await schema.createIndex({
      name: 'process_instance_ended',
      table: 'process_instance',
      columns: ['process_id', 'bucket', 'ended_at'],
      where: 'ended_at IS NOT NULL AND parent_process_instance_key IS NULL',
    });
    // What lies in other buckets is found by the case that goes.
    await schema.createIndex({
      name: 'notification_by_case',
      table: 'notification',
      columns: ['case_key'],
      where: 'case_key IS NOT NULL',
    });
    await schema.createIndex({ name: 'reservation_by_holder', table: 'reservation', columns: ['holder_key'] });
  },
};

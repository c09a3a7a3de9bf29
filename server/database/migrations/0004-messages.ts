import type { Migration } from './schema-editor.ts';

/** Between instances: the outbox, the message buffer, who got which message, and uniqueness over buckets. */
export const messages: Migration = {
  id: '0004-messages',
  async up(schema) {
    await schema.createTable({
      name: 'outbox',
      columns: {
        bucket: 'smallint',
        outbox_id: 'text',
        kind: 'text',
        payload: 'json',
        created_at: 'time',
        available_at: 'time',
        attempts: 'integer',
        error_message: 'text?',
      },
      primaryKey: ['bucket', 'outbox_id'],
      hot: true,
    });
    await schema.createIndex({ name: 'outbox_due', table: 'outbox', columns: ['available_at'] });
    // Bucket of the correlation key, so that messages and their order stay together.
    await schema.createTable({
      name: 'message',
      columns: {
        bucket: 'smallint',
        message_key: 'key',
        name: 'text',
        correlation_key: 'text',
        message_id: 'text?',
        variables: 'json',
        published_at: 'time',
        expires_at: 'time',
        published_by: 'text?',
        // False until the publisher has looked for receivers; after a crash the floor looks for it.
        matched: 'boolean',
      },
      primaryKey: ['bucket', 'message_key'],
      hot: true,
    });
    await schema.createIndex({
      name: 'message_by_name',
      table: 'message',
      columns: ['name', 'correlation_key', 'published_at', 'message_key'],
    });
    await schema.createIndex({ name: 'message_expiry', table: 'message', columns: ['expires_at'] });
    await schema.createIndex({
      name: 'message_id_once',
      table: 'message',
      columns: ['bucket', 'name', 'correlation_key', 'message_id'],
      unique: true,
      where: 'message_id IS NOT NULL',
    });
    await schema.createIndex({
      name: 'message_unmatched',
      table: 'message',
      columns: ['published_at'],
      where: 'matched = FALSE',
    });
    // At most one receiver per message and process, as in Camunda 8.
    await schema.createTable({
      name: 'message_correlation',
      columns: {
        bucket: 'smallint',
        message_key: 'key',
        process_id: 'text',
        process_instance_key: 'key',
        // Null: the message starts the instance.
        subscription_key: 'key?',
        process_definition_key: 'key?',
        element_id: 'text?',
        done: 'boolean',
        claimed_at: 'time',
      },
      primaryKey: ['bucket', 'message_key', 'process_id'],
    });
    await schema.createIndex({
      name: 'message_correlation_pending',
      table: 'message_correlation',
      columns: ['claimed_at'],
      where: 'done = FALSE',
    });
    await schema.createTable({
      name: 'reservation',
      columns: {
        bucket: 'smallint',
        scope: 'text',
        reservation_key: 'text',
        holder_bucket: 'smallint',
        holder_key: 'key',
        reserved_at: 'time',
      },
      primaryKey: ['bucket', 'scope', 'reservation_key'],
    });
    await schema.createIndex({
      name: 'reservation_by_key',
      table: 'reservation',
      columns: ['scope', 'reservation_key'],
    });
  },
};

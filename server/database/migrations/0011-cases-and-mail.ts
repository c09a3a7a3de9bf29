import type { Migration } from './schema-editor.ts';

/**
 * What belongs to a case beside its process: mail, files, documents; and to people: drafts of forms, notices. All rows of
 * a case carry its bucket.
 */
export const casesAndMail: Migration = {
  id: '0011-cases-and-mail',
  async up(schema) {
    // One row per numbered series; the lock on the row is what keeps numbers without gaps.
    await schema.createTable({
      name: 'number_series',
      columns: { series: 'text', next_number: 'integer' },
      primaryKey: ['series'],
      hot: true,
    });
    await schema.createTable({
      name: 'mail',
      columns: {
        bucket: 'smallint',
        mail_key: 'key',
        case_key: 'key?',
        direction: 'text',
        message_id: 'text',
        outcome: 'text',
        reason: 'text?',
        sender_name: 'text',
        sender_address: 'text',
        recipients: 'text',
        subject: 'text',
        body: 'text',
        full_body: 'text',
        raw_sha256: 'text?',
        happened_at: 'time',
      },
      primaryKey: ['bucket', 'mail_key'],
    });
    await schema.createIndex({ name: 'mail_by_case', table: 'mail', columns: ['bucket', 'case_key'] });
    await schema.createIndex({ name: 'mail_by_message_id', table: 'mail', columns: ['message_id'] });
    // What a Message-ID has led to within the bucket it leads to: the reservation that makes it count once. For a new case
    // it is written before the case, so that a try that died half-way is continued under the same number and keys.
    await schema.createTable({
      name: 'mail_receipt',
      columns: { bucket: 'smallint', message_id: 'text', mail_key: 'key', case_key: 'key?', case_number: 'text?' },
      primaryKey: ['bucket', 'message_id'],
    });
    await schema.createTable({
      name: 'stored_file',
      columns: {
        bucket: 'smallint',
        file_key: 'key',
        case_key: 'key?',
        user_task_key: 'key?',
        field: 'text?',
        mail_key: 'key?',
        source: 'text',
        name: 'text',
        mime_type: 'text',
        size: 'integer',
        sha256: 'text',
        created_by: 'text',
        created_at: 'time',
        /** When a completed form or a mail first referred to it; unreferenced uploads are swept. */
        referenced_at: 'time?',
      },
      primaryKey: ['bucket', 'file_key'],
    });
    await schema.createIndex({ name: 'stored_file_by_case', table: 'stored_file', columns: ['bucket', 'case_key'] });
    await schema.createIndex({ name: 'stored_file_by_content', table: 'stored_file', columns: ['sha256'] });
    await schema.createIndex({
      name: 'stored_file_unreferenced',
      table: 'stored_file',
      columns: ['created_at'],
      where: 'referenced_at IS NULL',
    });
    await schema.createTable({
      name: 'document',
      columns: {
        bucket: 'smallint',
        document_key: 'key',
        case_key: 'key',
        job_key: 'key',
        template: 'text',
        title: 'text',
        series: 'text',
        document_number: 'text',
        html_sha256: 'text',
        pdf_sha256: 'text',
        created_by: 'text?',
        created_at: 'time',
      },
      primaryKey: ['bucket', 'document_key'],
    });
    await schema.createIndex({ name: 'document_by_case', table: 'document', columns: ['bucket', 'case_key'] });
    await schema.createIndex({
      name: 'document_by_job',
      table: 'document',
      columns: ['bucket', 'job_key'],
      unique: true,
    });
    // A number is taken for a job once; a repeated job finds its number here.
    await schema.createTable({
      name: 'document_number',
      columns: { bucket: 'smallint', job_key: 'key', series: 'text', document_number: 'text', taken_at: 'time' },
      primaryKey: ['bucket', 'job_key'],
    });
    await schema.createTable({
      name: 'task_draft',
      columns: { bucket: 'smallint', user_task_key: 'key', username: 'text', content: 'json', saved_at: 'time' },
      primaryKey: ['bucket', 'user_task_key', 'username'],
    });
    await schema.createTable({
      name: 'notification',
      columns: {
        bucket: 'smallint',
        username: 'text',
        /** What it was sent for, e.g. a job: the same notice is not sent twice. */
        source: 'text',
        notification_key: 'key',
        message: 'text',
        case_key: 'key?',
        user_task_key: 'key?',
        created_at: 'time',
        read_at: 'time?',
      },
      primaryKey: ['bucket', 'username', 'source'],
    });
    await schema.createIndex({
      name: 'notification_by_user',
      table: 'notification',
      columns: ['bucket', 'username', 'created_at'],
    });
  },
};

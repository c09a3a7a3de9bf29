import type { Migration } from './schema-editor.ts';

/** What was sent by forms that start cases, and how much of it an hour. */
export const publicStarts: Migration = {
  id: '0036-public-starts',
  async up(schema) {
    // Written before the case, so that a try that died half-way is continued under the same number and key. It stays when the
    // case is deleted: its number is of a series without gaps.
    await schema.createTable({
      name: 'start_submission',
      columns: {
        bucket: 'smallint',
        /** SHA-256 of the key that the sender's browser made for it. */
        submission_id: 'text',
        process_id: 'text',
        case_key: 'key',
        case_number: 'text?',
        /** SHA-256 of the token of the follow link. */
        follow_hash: 'text',
        /** Null: a person without an account. */
        started_by: 'text?',
        organisation: 'text?',
        request_hash: 'text',
        created_at: 'time',
      },
      primaryKey: ['bucket', 'submission_id'],
    });
    await schema.createIndex({
      name: 'start_submission_by_follow',
      table: 'start_submission',
      columns: ['follow_hash'],
    });
    // A counter per hour, locked by itself: exact however many nodes count.
    await schema.createTable({
      name: 'start_quota',
      columns: { scope: 'text', window_start: 'time', used: 'integer' },
      primaryKey: ['scope', 'window_start'],
      hot: true,
    });
  },
};

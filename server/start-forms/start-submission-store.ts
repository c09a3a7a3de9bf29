import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows, insertNewRows } from '../database/write-rows.ts';

const submissionTable = defineTable('start_submission', {
  columns: {
    bucket: 'smallint',
    submission_id: 'text',
    process_id: 'text',
    case_key: 'key',
    case_number: 'text?',
    follow_hash: 'text',
    started_by: 'text?',
    organisation: 'text?',
    request_hash: 'text',
    created_at: 'time',
  },
  primaryKey: ['bucket', 'submission_id'],
});

export type StartSubmissionRow = RowOf<typeof submissionTable>;

type SubmissionId = Pick<StartSubmissionRow, 'bucket' | 'submission_id'>;

export async function findSubmission(executor: Executor, id: SubmissionId): Promise<StartSubmissionRow | null> {
  const rows = await queryRows(executor, 'SELECT * FROM start_submission WHERE bucket = ? AND submission_id = ?', [
    id.bucket,
    id.submission_id,
  ]);
  return decodeRows(submissionTable, rows)[0] ?? null;
}

/** @returns null when claimed now, else what was claimed before */
export async function claimSubmission(tx: Executor, row: StartSubmissionRow): Promise<StartSubmissionRow | null> {
  const claimed = await insertNewRows(tx, submissionTable, [row]);
  return claimed.length > 0 ? null : findSubmission(tx, row);
}

export async function setCaseNumber(tx: Executor, id: SubmissionId, caseNumber: string): Promise<void> {
  await queryRows(tx, 'UPDATE start_submission SET case_number = ? WHERE bucket = ? AND submission_id = ?', [
    caseNumber,
    id.bucket,
    id.submission_id,
  ]);
}

/** Of what the case was begun with, where the first try never came so far. */
export async function setRequestHash(tx: Executor, id: SubmissionId, requestHash: string): Promise<void> {
  await queryRows(tx, 'UPDATE start_submission SET request_hash = ? WHERE bucket = ? AND submission_id = ?', [
    requestHash,
    id.bucket,
    id.submission_id,
  ]);
}

export async function findByFollowHash(executor: Executor, followHash: string): Promise<StartSubmissionRow | null> {
  const rows = await queryRows(executor, 'SELECT * FROM start_submission WHERE follow_hash = ?', [followHash]);
  return decodeRows(submissionTable, rows)[0] ?? null;
}

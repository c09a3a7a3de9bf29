import type { Key } from '#engine';
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

export async function findByFollowHash(executor: Executor, followHash: string): Promise<StartSubmissionRow | null> {
  const rows = await queryRows(executor, 'SELECT * FROM start_submission WHERE follow_hash = ?', [followHash]);
  return decodeRows(submissionTable, rows)[0] ?? null;
}

/** What an organisation has sent, the newest first. @param before the last of the page before */
export async function listOfOrganisations(
  executor: Executor,
  query: {
    readonly organisations: readonly string[];
    readonly before: { readonly createdAt: number; readonly caseKey: Key } | null;
    readonly limit: number;
  },
): Promise<readonly StartSubmissionRow[]> {
  const { createdAt, caseKey } = query.before ?? {};
  const after = query.before === null ? '' : 'AND (created_at < ? OR (created_at = ? AND case_key < ?))';
  const rows = await queryRows(
    executor,
    `SELECT * FROM start_submission WHERE organisation IN (${executor.dialect.listFromJson('text')}) ${after}
     ORDER BY created_at DESC, case_key DESC LIMIT ?`,
    [
      JSON.stringify(query.organisations),
      ...(query.before === null ? [] : [createdAt!, createdAt!, caseKey!]),
      query.limit,
    ],
  );
  return decodeRows(submissionTable, rows);
}

import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable } from '../database/table-spec.ts';
import { decodeRows, upsertRows } from '../database/write-rows.ts';

const draftTable = defineTable('task_draft', {
  columns: { bucket: 'smallint', user_task_key: 'key', username: 'text', content: 'json', saved_at: 'time' },
  primaryKey: ['bucket', 'user_task_key', 'username'],
});

export interface TaskDraft {
  readonly data: Readonly<Record<string, unknown>>;
  readonly savedAt: number;
}

/** What this person saved before completing; nobody else ever sees it. */
export async function findDraft(executor: Executor, userTaskKey: Key, username: string): Promise<TaskDraft | null> {
  const rows = await queryRows(
    executor,
    'SELECT * FROM task_draft WHERE bucket = ? AND user_task_key = ? AND username = ?',
    [bucketOf(userTaskKey), userTaskKey, username],
  );
  const [row] = decodeRows(draftTable, rows);
  return row === undefined ? null : { data: row.content as TaskDraft['data'], savedAt: row.saved_at };
}

export async function saveDraft(
  tx: Executor,
  draft: TaskDraft & { readonly userTaskKey: Key; readonly username: string },
): Promise<void> {
  const { userTaskKey, username, data, savedAt } = draft;
  const row = { bucket: bucketOf(userTaskKey), user_task_key: userTaskKey, username, content: data, saved_at: savedAt };
  await upsertRows(tx, draftTable, [row]);
}

/** Everybody's drafts of a task: it has been completed. */
export async function deleteDrafts(tx: Executor, userTaskKey: Key): Promise<void> {
  await queryRows(tx, 'DELETE FROM task_draft WHERE bucket = ? AND user_task_key = ?', [
    bucketOf(userTaskKey),
    userTaskKey,
  ]);
}

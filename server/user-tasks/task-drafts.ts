import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable } from '../database/table-spec.ts';
import { decodeRows, deleteRows, upsertRows } from '../database/write-rows.ts';

const draftTable = defineTable('task_draft', {
  columns: { bucket: 'smallint', user_task_key: 'key', username: 'text', content: 'json', saved_at: 'time' },
  primaryKey: ['bucket', 'user_task_key', 'username'],
});

/** All drafts of a task by the task, which stands here for the key. */
const draftsOfTaskTable = defineTable('task_draft', {
  columns: { bucket: 'smallint', user_task_key: 'key' },
  primaryKey: ['bucket', 'user_task_key'],
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

/** Everybody's drafts of tasks: they have been completed. */
export async function deleteDrafts(tx: Executor, userTaskKeys: readonly Key[]): Promise<void> {
  const rows = userTaskKeys.map((key) => ({ bucket: bucketOf(key), user_task_key: key }));
  await deleteRows(tx, draftsOfTaskTable, rows);
}

import type { Key, TaskForm } from '#engine';
import type { Executor } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import { findCaseFiles, type StoredFile } from '../files/file-read-model.ts';
import type { Principal } from '../identity/principal.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { userTaskTable } from '../runtime/instance-tables.ts';
import { bindingOf, variablesOfForm } from '../user-tasks/task-detail.ts';
import { viewerOf } from '../user-tasks/task-list.ts';
import { readScopeVariables, type TaskRow } from '../user-tasks/task-read-model.ts';
import { seesTask } from '../user-tasks/task-visibility.ts';

/** One case has a few tasks for one organisation. */
const MOST_TASKS = 100;

export interface ContractorFiles {
  /**
   * Whether somebody from outside may have a file of a case: one that their organisation gave, or one that a task of theirs shows in a
   * field. Having a task in the case opens no other file of it: there may be another contractor's.
   */
  maySee(file: StoredFile, principal: Principal): Promise<boolean>;
  /** What their organisation gave to a case. */
  given(
    place: { readonly bucket: number; readonly caseKey: Key },
    principal: Principal,
  ): Promise<readonly StoredFile[]>;
}

export function createContractorFiles(deps: {
  readonly reader: Executor;
  readonly definitions: Definitions;
}): ContractorFiles {
  const { reader, definitions } = deps;

  const colleaguesAmong = async (usernames: readonly string[], principal: Principal): Promise<ReadonlySet<string>> => {
    const rows = await queryRows<{ username: string }>(
      reader,
      `SELECT DISTINCT username FROM group_member WHERE username IN (${reader.dialect.listFromJson('text')})
         AND group_id IN (${reader.dialect.listFromJson('text')})`,
      [JSON.stringify(usernames), JSON.stringify(principal.groups)],
    );
    return new Set([principal.username, ...rows.map(({ username }) => username)]);
  };

  const shows = async (task: TaskRow, fileKey: string): Promise<boolean> => {
    const stored = task.form as TaskForm | null;
    if (stored === null) return false;
    const { model: form } = await definitions.form(stored.formKey);
    const variables = await readScopeVariables(reader, {
      bucket: task.bucket,
      elementInstanceKey: task.element_instance_key,
      processInstanceKey: task.process_instance_key,
    });
    return holdsFile(variablesOfForm({ form, binding: bindingOf(task), stored: variables }), fileKey);
  };

  return {
    async maySee(file, principal) {
      const colleagues = await colleaguesAmong([file.created_by], principal);
      if (file.referenced_at === null) return file.created_by === principal.username;
      if (colleagues.has(file.created_by)) return true;
      if (file.case_key === null) return false;
      const visible = seesTask(reader.dialect, viewerOf(principal));
      const tasks = decodeRows(
        userTaskTable,
        await queryRows(
          reader,
          `SELECT t.* FROM user_task t${reader.dialect.indexedBy('user_task_by_root')} WHERE t.bucket = ? AND t.root_process_instance_key = ? AND (${visible.sql})
           ORDER BY t.created_at LIMIT ?`,
          [file.bucket, file.case_key, ...visible.parameters, MOST_TASKS],
        ),
      );
      for (const task of tasks) if (await shows(task, String(file.file_key))) return true;
      return false;
    },

    async given(place, principal) {
      const files = await findCaseFiles(reader, place);
      const colleagues = await colleaguesAmong(
        files.map(({ created_by }) => created_by),
        principal,
      );
      return files.filter(({ created_by }) => colleagues.has(created_by));
    },
  };
}

/** Looks for a reference to the file, wherever in a value it stands: fields, rows of tables. */
function holdsFile(value: unknown, fileKey: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ((value as { readonly fileKey?: unknown }).fileKey === fileKey) return true;
  return Object.values(value).some((inner) => holdsFile(inner, fileKey));
}

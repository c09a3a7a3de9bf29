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
  /** What of a case they may have: given by their organisation, and received from others by fields of their tasks. */
  ofCase(place: Place, principal: Principal): Promise<CaseFilesOfContractor>;
}

export interface CaseFilesOfContractor {
  readonly given: readonly StoredFile[];
  readonly received: readonly StoredFile[];
}

interface Place {
  readonly bucket: number;
  readonly caseKey: Key;
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

  const fileKeysOf = async (task: TaskRow): Promise<readonly string[]> => {
    const stored = task.form as TaskForm | null;
    if (stored === null) return [];
    const { model: form } = await definitions.form(stored.formKey);
    const variables = await readScopeVariables(reader, {
      bucket: task.bucket,
      elementInstanceKey: task.element_instance_key,
      processInstanceKey: task.process_instance_key,
      until: task.ended_at,
    });
    return [...fileKeysIn(variablesOfForm({ form, binding: bindingOf(task), stored: variables }))];
  };

  /** All that fields of their tasks show; of a task that has ended, what they showed then. */
  const shownTo = async ({ bucket, caseKey }: Place, principal: Principal): Promise<ReadonlySet<string>> => {
    const visible = seesTask(reader.dialect, viewerOf(principal));
    const tasks = decodeRows(
      userTaskTable,
      await queryRows(
        reader,
        `SELECT t.* FROM user_task t WHERE t.bucket = ? AND t.root_process_instance_key = ? AND (${visible.sql})
         ORDER BY t.created_at LIMIT ?`,
        [bucket, caseKey, ...visible.parameters, MOST_TASKS],
      ),
    );
    const shown = await Promise.all(tasks.map(fileKeysOf));
    return new Set(shown.flat());
  };

  return {
    async maySee(file, principal) {
      const colleagues = await colleaguesAmong([file.created_by], principal);
      if (file.referenced_at === null) return file.created_by === principal.username;
      if (colleagues.has(file.created_by)) return true;
      if (file.case_key === null) return false;
      const shown = await shownTo({ bucket: file.bucket, caseKey: file.case_key }, principal);
      return shown.has(String(file.file_key));
    },

    async ofCase(place, principal) {
      const files = await findCaseFiles(reader, place);
      const colleagues = await colleaguesAmong(
        files.map(({ created_by }) => created_by),
        principal,
      );
      const shown = await shownTo(place, principal);
      const isGiven = (file: StoredFile): boolean => colleagues.has(file.created_by);
      return {
        given: files.filter(isGiven),
        received: files.filter((file) => !isGiven(file) && shown.has(String(file.file_key))),
      };
    },
  };
}

/** Of every reference to a file, wherever in a value it stands: fields, rows of tables. */
function* fileKeysIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const { fileKey } = value as { readonly fileKey?: unknown };
  if (typeof fileKey === 'string') yield fileKey;
  for (const inner of Object.values(value)) yield* fileKeysIn(inner);
}

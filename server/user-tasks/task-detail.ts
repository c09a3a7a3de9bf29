import {
  contextNames,
  type FormModel,
  type Key,
  projectStored,
  type TaskBinding,
  type TaskForm as StoredTaskForm,
} from '#engine';
import type { Language, TaskDetail } from '#contract';
import { readerOf, type Database } from '../database/connect.ts';
import { notFound } from '../http/refused.ts';
import type { Principal } from '../identity/principal.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { FormValidators } from './form-validators.ts';
import { findDraft } from './task-drafts.ts';
import { forViewer, viewerOf, type TaskList } from './task-list.ts';
import { findVisibleTask, readScopeVariables, type TaskRow } from './task-read-model.ts';

export interface TaskDetails {
  /** @throws Refused `not-found`: not there, or not this person's to see */
  read(userTaskKey: Key, asker: { readonly principal: Principal; readonly language: Language }): Promise<TaskDetail>;
}

export interface TaskDetailsDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly validators: FormValidators;
  readonly taskList: TaskList;
  readonly now: () => number;
}

export function createTaskDetails({ database, definitions, validators, taskList, now }: TaskDetailsDeps): TaskDetails {
  const reader = readerOf(database);
  return {
    async read(userTaskKey, { principal, language }) {
      const row = await findVisibleTask(reader, userTaskKey, viewerOf(principal));
      if (row === null) throw notFound({ ru: 'Задача', en: 'Task' });
      const [task] = await taskList.summaries([row], language);
      const stored = row.form as StoredTaskForm | null;
      const form = stored === null ? null : await definitions.form(stored.formKey);
      const binding = bindingOf(row);
      const draft = await findDraft(reader, userTaskKey, principal.username);
      return {
        task: forViewer(task!, viewerOf(principal)),
        canWork: canWork(row, principal),
        form:
          form === null
            ? null
            : {
                formKey: String(form.definition.definitionKey),
                formId: form.definition.id,
                version: form.definition.version,
                definition: form.source,
                binding,
                validatorUrl: await validators.url(form.definition.definitionKey),
              },
        variables:
          form === null
            ? {}
            : variablesOfForm({
                form: form.model,
                binding,
                stored: await readScopeVariables(reader, {
                  bucket: row.bucket,
                  elementInstanceKey: row.element_instance_key,
                  processInstanceKey: row.process_instance_key,
                  // Another organisation may have filled the same fields since.
                  until: viewerOf(principal).isOutsider ? row.ended_at : null,
                }),
              }),
        draft: draft === null ? null : { data: draft.data, savedAt: new Date(draft.savedAt).toISOString() },
        now: new Date(now()).toISOString(),
        zone: definitions.zone,
      };
    },
  };
}

/** The holder works on a task, or anyone it is offered to while nobody holds it. */
export function canWork(row: TaskRow, { username, groups }: Principal): boolean {
  if (row.ended_at !== null) return false;
  if (row.assignee !== null) return row.assignee === username;
  return isOffered(row, { username, groups });
}

export function isOffered(
  row: TaskRow,
  who: { readonly username: string; readonly groups: readonly string[] },
): boolean {
  const users = row.candidate_users as readonly string[];
  const groups = row.candidate_groups as readonly string[];
  return users.includes(who.username) || groups.some((group) => who.groups.includes(group));
}

export function bindingOf(row: TaskRow): TaskBinding {
  return (row.form as StoredTaskForm | null)?.binding ?? {};
}

/**
 * What leaves the server: values of fields the task may read, and process variables that the form's rules name. A rule
 * that reads a field kept from this task runs without it in the browser; the server has the last word on submit.
 */
export function variablesOfForm(view: {
  readonly form: FormModel;
  readonly binding: TaskBinding;
  readonly stored: Readonly<Record<string, unknown>>;
}): Record<string, unknown> {
  const { form, binding, stored } = view;
  const named = contextNames(form).filter((name) => Object.hasOwn(stored, name));
  const context = Object.fromEntries(named.map((name) => [name, stored[name]]));
  return { ...context, ...projectStored(form, binding, stored as Parameters<typeof projectStored>[2]) };
}

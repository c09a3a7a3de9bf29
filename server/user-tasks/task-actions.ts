import type { JsonValue, Key, UserTask } from '#engine';
import type { AssignTask, DraftSaved, FileReference, Language, TakeUpload, TaskSummary } from '#contract';
import type { Request } from 'express';
import { noteParties } from '../cases/case-parties.ts';
import { readerOf, type Database, type Executor } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { markReferenced } from '../files/case-files.ts';
import type { Files, Upload } from '../files/files.ts';
import type { PartialUploads } from '../files/partial-uploads.ts';
import { readUpload, type UploadedPart } from '../files/read-upload.ts';
import { notFound, Refused } from '../http/refused.ts';
import { runOnce, type RequestCommand } from '../http/request-command.ts';
import type { Principal } from '../identity/principal.ts';
import { CHANGES_TASKS } from '../identity/route-grants.ts';
import { inScope, scopeOf } from '../identity/scope.ts';
import { isOutsider } from '../identity/roles.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { Runner } from '../runtime/runner.ts';
import { findMemberships, findUser } from '../users/user-read-model.ts';
import type { StoredFile } from '../files/file-read-model.ts';
import { checkReferences } from './check-references.ts';
import { evaluateSubmission } from './evaluate-submission.ts';
import { acceptedFiles } from './file-field.ts';
import { scopeVariables } from './scope-variables.ts';
import { bindingOf, canWork, isOffered } from './task-detail.ts';
import { ended, formInvalid, notYours, writesNothing } from './task-refusals.ts';
import { deleteDrafts, saveDraft } from './task-drafts.ts';
import { forViewer, viewerOf, type TaskList } from './task-list.ts';
import { findVisibleTask, readScopeVariables, type TaskRow } from './task-read-model.ts';

export interface TaskRequest {
  readonly userTaskKey: Key;
  readonly principal: Principal;
  readonly language: Language;
  readonly command: RequestCommand | null;
}

export interface TaskCompletion extends TaskRequest {
  readonly data: unknown;
  /**
   * What to do with data for a task without a form, where nothing says what a person may write. `api`: whoever may do
   * anybody's task (permission `operate`, or an authorisation to change it) is believed, as in Camunda 8; others are refused.
   */
  readonly withoutForm?: 'ignore' | 'api';
}

/** What a person does with a task. Each throws Refused `not-found` for one that is not theirs to see. */
export interface TaskActions {
  /** @throws Refused `task-not-active`, `already-assigned`, `not-yours` */
  assign(request: TaskRequest & AssignTask): Promise<TaskSummary>;
  /** @throws Refused `task-not-active`, `not-yours` */
  saveDraft(request: TaskRequest & { readonly data: unknown }): Promise<DraftSaved>;
  /** @throws Refused `task-not-active`, `not-yours`, `form-invalid` with an error per place */
  complete(request: TaskCompletion): Promise<void>;
  /** @throws Refused `task-not-active`, `not-yours`, `invalid-request` (no such field), FileRefused */
  upload(request: TaskRequest & { readonly field: string; readonly request: Request }): Promise<FileReference>;
  /** The same for a file that arrived in parts. @throws Refused `not-found` too, where nothing of it has arrived */
  takeUpload(request: TaskRequest & { readonly field: string; readonly taken: TakeUpload }): Promise<FileReference>;
}

export interface TaskActionsDeps {
  readonly database: Database;
  readonly runner: Runner;
  readonly definitions: Definitions;
  readonly files: Files;
  readonly uploads: PartialUploads;
  readonly taskList: TaskList;
  readonly now: () => number;
}

export function createTaskActions(deps: TaskActionsDeps): TaskActions {
  const { database, runner, definitions, files, uploads, taskList, now } = deps;
  const reader = readerOf(database);

  const find = async ({ userTaskKey, principal }: TaskRequest): Promise<TaskRow> => {
    const row = await findVisibleTask(reader, userTaskKey, viewerOf(principal));
    if (row === null) throw notFound({ ru: 'Задача', en: 'Task' });
    return row;
  };

  /** The task as stored now, if the person may work on it. */
  const findForWork = async (request: TaskRequest): Promise<TaskRow> => {
    const row = await find(request);
    if (row.ended_at !== null) throw await ended(reader, row, request.language);
    if (!canWork(row, request.principal)) throw notYours(row.assignee);
    return row;
  };

  return {
    async assign(request) {
      const { userTaskKey, principal, language, command, username } = request;
      const row = await find(request);
      const target = username === null ? null : await findTarget(reader, username, principal);
      await runner.run({
        processInstanceKey: row.process_instance_key,
        by: principal.username,
        ...(command === null ? {} : { repeatable: command }),
        build: async ({ instance, tx }) => {
          const task = instance.userTasks.get(userTaskKey);
          if (task === undefined) throw await ended(tx, row, language);
          requireMayAssign({ ...row, assignee: task.assignee }, { principal, target });
          if (task.assignee === (target?.username ?? null)) return null;
          const assignee = target?.username ?? null;
          const allowOverride = mayChange(principal, row) || task.assignee === principal.username;
          return { kind: 'assignUserTask', userTaskKey, assignee, allowOverride };
        },
      });
      // The person may have given away what they could see only as its holder.
      const after = await findVisibleTask(reader, userTaskKey, { ...viewerOf(principal), seesAll: true });
      const [summary] = await taskList.summaries([after ?? row], language);
      return forViewer(summary!, viewerOf(principal));
    },

    async saveDraft(request) {
      const { userTaskKey, principal, data, command } = request;
      const row = await findForWork(request);
      const stored = (await readScopeVariables(reader, {
        bucket: row.bucket,
        elementInstanceKey: row.element_instance_key,
        processInstanceKey: row.process_instance_key,
      })) as Readonly<Record<string, JsonValue>>;
      const evaluation = await evaluate(row, { stored, data, mode: 'draft', language: request.language, at: now() });
      if (evaluation.errors.length > 0) throw formInvalid(evaluation.errors);
      const savedAt = now();
      return inTransaction(database, (tx) =>
        runOnce(tx, { command, bucket: row.bucket, now: savedAt }, async () => {
          await saveDraft(tx, { userTaskKey, username: principal.username, data: evaluation.variables, savedAt });
          return { savedAt: new Date(savedAt).toISOString() };
        }),
      );
    },

    async complete(request) {
      const { userTaskKey, principal, data, language, command, withoutForm = 'ignore' } = request;
      const row = await find(request);
      const { username } = principal;
      const byApi = withoutForm === 'api';
      const operator = byApi && inScope(scopeOf(principal, 'operate', ...CHANGES_TASKS.any), row.process_id);
      if (byApi && !operator && row.form === null && Object.keys(data as object).length > 0) throw writesNothing();
      let fileKeys: readonly Key[] = [];
      await runner.run({
        processInstanceKey: row.process_instance_key,
        by: username,
        ...(command === null ? {} : { repeatable: command }),
        build: async ({ instance, tx, now: at }) => {
          const task = instance.userTasks.get(userTaskKey);
          if (task === undefined) throw await ended(tx, row, language);
          if (!operator && !canWork(asRow(row, task), principal)) throw notYours(task.assignee);
          const stored = scopeVariables(instance, task.elementInstanceKey);
          const evaluation = await evaluate(row, { stored, data, mode: 'submit', language, at, operator });
          if (evaluation.errors.length > 0) throw formInvalid(evaluation.errors);
          const { variables, form, values } = evaluation;
          if (form !== null) {
            const references = await checkReferences(tx, {
              form,
              variables,
              values,
              fields: evaluation.fields,
              bucket: row.bucket,
              owns: (file) => belongs(file, row, username),
              language,
              definitions,
              now: at,
            });
            if (references.errors.length > 0) throw formInvalid(references.errors);
            fileKeys = references.fileKeys;
          }
          return { kind: 'completeUserTask', userTaskKey, variables };
        },
        also: async ({ tx, now: at }) => {
          const { bucket, root_process_instance_key: caseKey } = row;
          await markReferenced(tx, { bucket, fileKeys, now: at });
          if (!isOutsider(principal)) return;
          const parties = principal.groups.map((organisation) => ({
            bucket,
            case_key: caseKey,
            organisation,
            since: at,
          }));
          await noteParties(tx, parties);
        },
        alsoByKey: { write: deleteDrafts, key: userTaskKey },
      });
    },

    async upload(request) {
      const fileOf = await fileOfField(request);
      return readUpload(request.request, (part) => files.upload(fileOf(part)));
    },

    async takeUpload(request) {
      const { principal, taken } = request;
      const fileOf = await fileOfField(request);
      const bytes = await uploads.open({ owner: principal.username, key: taken.uploadKey });
      return files.upload(fileOf({ ...taken, bytes }));
    },
  };

  async function fileOfField(request: TaskRequest & { readonly field: string }) {
    const { userTaskKey, principal, field, command } = request;
    const row = await findForWork(request);
    const form = row.form === null ? null : (await definitions.form((row.form as { formKey: Key }).formKey)).model;
    const { accept, maxBytes } = acceptedFiles(form, bindingOf(row), field);
    return ({ name, mimeType, bytes }: UploadedPart): Upload => ({
      name,
      mimeType,
      bytes,
      accept,
      maxBytes,
      field,
      bucket: row.bucket,
      caseKey: row.root_process_instance_key,
      userTaskKey,
      username: principal.username,
      command,
    });
  }

  async function evaluate(
    row: TaskRow,
    parts: {
      readonly stored: Readonly<Record<string, JsonValue>>;
      readonly data: unknown;
      readonly mode: 'draft' | 'submit';
      readonly language: Language;
      readonly at: number;
      readonly operator?: boolean;
    },
  ) {
    if (row.form === null) {
      const variables = parts.operator === true ? (parts.data as Readonly<Record<string, JsonValue>>) : {};
      return { form: null, variables, values: variables, errors: [], fields: new Map() };
    }
    const { model: form } = await definitions.form((row.form as { formKey: Key }).formKey);
    return evaluateSubmission(definitions, { ...parts, form, binding: bindingOf(row) });
  }
}

/** In the case already, or uploaded by this person for this very task. */
function belongs(file: StoredFile, row: TaskRow, username: string): boolean {
  if (file.case_key !== row.root_process_instance_key) return false;
  return file.referenced_at !== null || (file.user_task_key === row.user_task_key && file.created_by === username);
}

/** Any task by the permission for all of them, else by an authorisation to change those of its process. */
function mayChange(principal: Principal, { process_id }: TaskRow): boolean {
  return inScope(scopeOf(principal, 'all-tasks', ...CHANGES_TASKS.any), process_id);
}

interface Target {
  readonly username: string;
  readonly groups: readonly string[];
}

/** Somebody from outside knows their own organisation only: of everybody else they hear what they hear of nobody. */
async function findTarget(executor: Executor, username: string, principal: Principal): Promise<Target> {
  const user = await findUser(executor, username);
  const groups = user === null ? [] : (await findMemberships(executor, user.username)).groups;
  const isKnown = !isOutsider(principal) || groups.some((group) => principal.groups.includes(group));
  if (user === null || !user.active || user.kind !== 'person' || !isKnown) {
    throw new Refused('invalid-request', {
      ru: `Сотрудника «${username}» нет. Выберите другого.`,
      en: `There is no "${username}". Choose somebody else.`,
    });
  }
  return { username: user.username, groups };
}

/** Whoever may change it: anything. Else: take what is offered, give back or hand on to a fellow candidate what is held. */
function requireMayAssign(
  row: TaskRow,
  { principal, target }: { readonly principal: Principal; readonly target: Target | null },
): void {
  if (mayChange(principal, row)) return;
  if (row.assignee !== null && row.assignee !== principal.username) {
    throw new Refused('already-assigned', {
      ru: 'Задачу уже взял коллега. Передать её может он сам или руководитель.',
      en: 'A colleague holds the task. They or the head may hand it on.',
    });
  }
  if (!canWork(row, principal)) throw notYours(row.assignee);
  if (target === null || target.username === principal.username || isOffered(row, target)) return;
  throw new Refused('forbidden', {
    ru: 'Задачу можно передать только тому, кому она предложена. Иначе обратитесь к руководителю.',
    en: 'The task may only be handed to somebody it is offered to. Otherwise ask the head.',
  });
}

/** The stored row with what the engine knows by now, so that one rule decides who works on a task. */
function asRow(row: TaskRow, { assignee, candidateUsers, candidateGroups }: UserTask): TaskRow {
  return { ...row, assignee, candidate_users: candidateUsers, candidate_groups: candidateGroups, ended_at: null };
}

import { Type, type Static } from '@sinclair/typebox';
import type { TaskForm, UserTaskChanges } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { Refused } from '../http/refused.ts';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Principal } from '../identity/principal.ts';
import { CHANGES_TASKS, READS_INSTANCES, READS_TASKS } from '../identity/route-grants.ts';
import { inScope, scopeOf, type Scope } from '../identity/scope.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { Runner } from '../runtime/runner.ts';
import type { TaskActions } from '../user-tasks/task-actions.ts';
import { viewerOf } from '../user-tasks/task-list.ts';
import { seesTask, type Condition } from '../user-tasks/task-visibility.ts';
import { findRow } from './find-row.ts';
import { FormResult, formReply } from './form-view.ts';
import { READ_VARIABLES } from './operate-access.ts';
import { USER_TASK } from './subjects.ts';
import { searchRoute } from './search/search-route.ts';
import { taskVariables } from './task-variables.ts';
import { UserTaskResult, userTaskSearch, userTaskViews } from './user-task-search.ts';
import { taskVariableSearch, variableListView, VariableSearchResult } from './variable-search.ts';
import { pathKey } from './wire-key.ts';
import { orNull, PlainText, WireKey, WireVariables } from './wire-schema.ts';

const TaskParams = Type.Object({ userTaskKey: WireKey });
const Truncation = Type.Object({ truncateValues: Type.Optional(Type.Boolean()) }, { additionalProperties: false });
/** What Camunda hands to task listeners; we have none yet. */
const Action = Type.Optional(orNull(PlainText));
const Names = Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' }), { maxItems: 1_000 });
const Instant = Type.String({ format: 'date-time' });

const Assignment = Type.Object(
  {
    assignee: Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*$' }),
    allowOverride: Type.Optional(orNull(Type.Boolean())),
    action: Action,
  },
  { additionalProperties: false },
);
const Completion = Type.Object(
  { variables: Type.Optional(orNull(WireVariables)), action: Action },
  { additionalProperties: false },
);
const Changeset = Type.Object(
  {
    dueDate: Type.Optional(orNull(Type.Union([Instant, Type.Literal('')]))),
    followUpDate: Type.Optional(orNull(Type.Union([Instant, Type.Literal('')]))),
    candidateUsers: Type.Optional(orNull(Names)),
    candidateGroups: Type.Optional(orNull(Names)),
    priority: Type.Optional(orNull(Type.Integer({ minimum: 0, maximum: 100 }))),
  },
  { additionalProperties: false },
);
const Update = Type.Object(
  { changeset: Type.Optional(orNull(Changeset)), action: Action },
  { additionalProperties: false },
);

interface Asker {
  readonly principal: Principal;
  readonly scope: Scope;
}

export interface UserTaskRoutesDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly runner: Runner;
  readonly taskActions: TaskActions;
}

/** The same tasks, seen by the same people, changed by the same actions as under `/api`. */
export function userTaskRoutes({ database, definitions, runner, taskActions }: UserTaskRoutesDeps): readonly Route[] {
  const reader = readerOf(database);
  const seenBy = (principal: Principal): readonly Condition[] => [seesTask(database.dialect, viewerOf(principal))];
  const find = (key: string, { principal, scope }: Asker) =>
    findRow(reader, userTaskSearch, { key, what: USER_TASK, scope, where: seenBy(principal) });

  return [
    searchRoute({
      database,
      path: '/user-tasks/search',
      summary: { ru: 'Найти задачи', en: 'Search user tasks' },
      access: 'tasks',
      grant: READS_TASKS,
      spec: userTaskSearch,
      item: UserTaskResult,
      where: ({ principal, body }) => {
        // Without it, values that a form hides could be guessed by filtering.
        if (body.filter?.['processInstanceVariables'] !== undefined)
          requirePermission(principal, 'processInstanceVariables');
        return seenBy(principal);
      },
      view: (rows) => userTaskViews(rows),
    }),
    route({
      method: 'get',
      path: '/v2/user-tasks/:userTaskKey',
      summary: { ru: 'Задача (Camunda 8)', en: 'User task (Camunda 8)' },
      access: 'tasks',
      grant: READS_TASKS,
      params: TaskParams,
      response: { status: 200, description: 'The task', schema: UserTaskResult },
      handler: async ({ params, principal, scope }) =>
        ok(userTaskViews([await find(params.userTaskKey, { principal, scope })])[0]),
    }),
    route({
      method: 'get',
      path: '/v2/user-tasks/:userTaskKey/form',
      summary: { ru: 'Форма задачи', en: 'Form of a user task' },
      access: 'tasks',
      grant: READS_TASKS,
      params: TaskParams,
      response: { status: 200, description: 'The form; 204 when the task has none', schema: FormResult },
      handler: async ({ params, principal, scope }) => {
        const row = await find(params.userTaskKey, { principal, scope });
        const form = JSON.parse((row['form'] as string | null) ?? 'null') as TaskForm | null;
        return formReply(form === null ? null : await definitions.form(form.formKey));
      },
    }),
    searchRoute({
      database,
      path: '/user-tasks/:userTaskKey/variables/search',
      summary: { ru: 'Переменные задачи', en: 'Search variables of a user task' },
      access: 'tasks',
      grant: READS_TASKS,
      params: TaskParams,
      query: Truncation,
      spec: taskVariableSearch,
      item: VariableSearchResult,
      where: async ({ params, principal, scope }) => {
        const row = await find(params['userTaskKey']!, { principal, scope });
        return taskVariables({
          row,
          definitions,
          dialect: database.dialect,
          all: inScope(scopeOf(principal, READ_VARIABLES, ...READS_INSTANCES.any), row['process_id'] as string),
        });
      },
      view: (rows, { query }) => rows.map((row) => variableListView(row, query['truncateValues'] !== false)),
    }),
    route({
      method: 'post',
      path: '/v2/user-tasks/:userTaskKey/assignment',
      summary: { ru: 'Назначить задачу', en: 'Assign a user task' },
      access: 'tasks',
      grant: READS_TASKS,
      params: TaskParams,
      body: { kind: 'json', schema: Assignment, optional: true },
      response: { status: 204, description: 'Assigned' },
      handler: async ({ params, body, principal, scope, language, command }) => {
        if (body.allowOverride === false)
          refuseOverride(await find(params.userTaskKey, { principal, scope }), body.assignee);
        const userTaskKey = pathKey(params.userTaskKey, USER_TASK);
        await taskActions.assign({ userTaskKey, username: body.assignee, principal, language, command });
        return noContent();
      },
    }),
    route({
      method: 'delete',
      path: '/v2/user-tasks/:userTaskKey/assignee',
      summary: { ru: 'Вернуть задачу', en: 'Unassign a user task' },
      access: 'tasks',
      grant: READS_TASKS,
      params: TaskParams,
      response: { status: 204, description: 'Given back to its candidates' },
      handler: async ({ params, principal, language, command }) => {
        const userTaskKey = pathKey(params.userTaskKey, USER_TASK);
        await taskActions.assign({ userTaskKey, username: null, principal, language, command });
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/v2/user-tasks/:userTaskKey/completion',
      summary: { ru: 'Завершить задачу (Camunda 8)', en: 'Complete a user task (Camunda 8)' },
      access: 'tasks',
      grant: READS_TASKS,
      params: TaskParams,
      body: { kind: 'json', schema: Completion, optional: true },
      response: { status: 204, description: 'Completed; the variables passed the form' },
      handler: async ({ params, body, principal, language, command }) => {
        const userTaskKey = pathKey(params.userTaskKey, USER_TASK);
        const data = body.variables ?? {};
        await taskActions.complete({ userTaskKey, data, principal, language, command, withoutForm: 'api' });
        return noContent();
      },
    }),
    route({
      method: 'patch',
      path: '/v2/user-tasks/:userTaskKey',
      summary: { ru: 'Изменить срок, важность или исполнителей задачи', en: 'Update a user task' },
      // Deadlines and candidates belong to whoever answers for all tasks.
      access: 'all-tasks',
      grant: CHANGES_TASKS,
      params: TaskParams,
      body: { kind: 'json', schema: Update },
      response: { status: 204, description: 'Updated' },
      handler: async ({ params, body, principal, scope, command }) => {
        const row = await find(params.userTaskKey, { principal, scope });
        const changes = changesOf(body.changeset ?? {});
        await runner.run({
          within: (processId) => inScope(scope, processId),
          processInstanceKey: row['process_instance_key'] as number,
          by: principal.username,
          ...(command === null ? {} : { repeatable: command }),
          build: () => ({ kind: 'updateUserTask', userTaskKey: row['user_task_key'] as number, changes }),
        });
        return noContent();
      },
    }),
  ];
}

/** A null leaves an attribute as it is; an empty text or list takes it away (Camunda 8, updateUserTask). */
function changesOf({
  dueDate,
  followUpDate,
  candidateUsers,
  candidateGroups,
  priority,
}: Static<typeof Changeset>): UserTaskChanges {
  const instant = (text: string): number | null => (text === '' ? null : Date.parse(text));
  return {
    ...(typeof dueDate === 'string' ? { dueAt: instant(dueDate) } : {}),
    ...(typeof followUpDate === 'string' ? { followUpAt: instant(followUpDate) } : {}),
    ...(Array.isArray(candidateUsers) ? { candidateUsers } : {}),
    ...(Array.isArray(candidateGroups) ? { candidateGroups } : {}),
    ...(typeof priority === 'number' ? { priority } : {}),
  };
}

function requirePermission(principal: Principal, field: string): void {
  if (principal.permissions.has(READ_VARIABLES)) return;
  throw new Refused('forbidden', {
    ru: `Для фильтра «${field}» нужно право «${READ_VARIABLES}».`,
    en: `The filter "${field}" needs the permission "${READ_VARIABLES}".`,
  });
}

function refuseOverride(row: Readonly<Record<string, unknown>>, assignee: string): void {
  if (row['assignee'] === null || row['assignee'] === assignee) return;
  throw new Refused('already-assigned', {
    ru: 'Задача уже назначена, а allowOverride запрещает переназначать.',
    en: 'The task is assigned already, and allowOverride forbids to reassign it.',
  });
}

import { Type } from '@sinclair/typebox';
import {
  AssignTask,
  CompleteTask,
  DraftSaved,
  FileReference,
  KeyText,
  SaveDraft,
  TakeUpload,
  TaskDetail,
  TaskPage,
  TaskQuery,
  TaskSummary,
} from '#contract';
import { keyOf } from '../http/key-text.ts';
import { notFound } from '../http/refused.ts';
import { created, immutableModule, noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { READS_TASKS } from '../identity/route-grants.ts';
import { fieldAt } from './file-field.ts';
import type { FormValidators } from './form-validators.ts';
import type { TaskActions } from './task-actions.ts';
import type { TaskDetails } from './task-detail.ts';
import type { TaskList } from './task-list.ts';

export interface TaskRoutesDeps {
  readonly taskList: TaskList;
  readonly taskDetails: TaskDetails;
  readonly taskActions: TaskActions;
  readonly validators: FormValidators;
}

const TaskKey = Type.Object({ userTaskKey: KeyText });
/** JSON pointer of the form field that the file is for. */
/** Of a field `/photos`, of a column of a table `/works/-/photos`. */
const FieldQuery = Type.Object(
  { path: Type.String({ pattern: '^/[^/]{1,200}(/-/[^/]{1,200})?$' }) },
  { additionalProperties: false },
);
const ValidatorParams = Type.Object({ formKey: KeyText, hash: Type.String({ pattern: '^[0-9a-f]{32}$' }) });

export function taskRoutes({ taskList, taskDetails, taskActions, validators }: TaskRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/tasks',
      summary: { ru: 'Список задач', en: 'Work list' },
      access: 'tasks',
      grant: READS_TASKS,
      outsiders: true,
      query: TaskQuery,
      response: { status: 200, description: 'By deadline, the earliest first', schema: TaskPage },
      handler: async ({ query, principal, language }) => ok(await taskList.page(query, { principal, language })),
    }),
    route({
      method: 'get',
      path: '/api/tasks/:userTaskKey',
      summary: { ru: 'Задача', en: 'Task' },
      access: 'tasks',
      grant: READS_TASKS,
      outsiders: true,
      params: TaskKey,
      response: { status: 200, description: 'The task, its form and what the form reads', schema: TaskDetail },
      handler: async ({ params, principal, language }) =>
        ok(await taskDetails.read(keyOf(params.userTaskKey), { principal, language })),
    }),
    route({
      method: 'put',
      path: '/api/tasks/:userTaskKey/assignee',
      summary: { ru: 'Взять, вернуть или передать задачу', en: 'Take, give back or hand on a task' },
      access: 'tasks',
      grant: READS_TASKS,
      outsiders: true,
      params: TaskKey,
      body: { kind: 'json', schema: AssignTask },
      response: { status: 200, description: 'The task as it is now', schema: TaskSummary },
      handler: async ({ params, body, principal, language, command }) =>
        ok(await taskActions.assign({ ...body, userTaskKey: keyOf(params.userTaskKey), principal, language, command })),
    }),
    route({
      method: 'put',
      path: '/api/tasks/:userTaskKey/draft',
      summary: { ru: 'Сохранить черновик', en: 'Save a draft' },
      access: 'tasks',
      grant: READS_TASKS,
      outsiders: true,
      params: TaskKey,
      body: { kind: 'json', schema: SaveDraft },
      response: { status: 200, description: 'Saved, for this person only', schema: DraftSaved },
      handler: async ({ params, body, principal, language, command }) =>
        ok(
          await taskActions.saveDraft({
            ...body,
            userTaskKey: keyOf(params.userTaskKey),
            principal,
            language,
            command,
          }),
        ),
    }),
    route({
      method: 'post',
      path: '/api/tasks/:userTaskKey/complete',
      summary: { ru: 'Завершить задачу', en: 'Complete a task' },
      access: 'tasks',
      grant: READS_TASKS,
      outsiders: true,
      params: TaskKey,
      body: { kind: 'json', schema: CompleteTask },
      response: { status: 204, description: 'Completed' },
      handler: async ({ params, body, principal, language, command }) => {
        await taskActions.complete({ ...body, userTaskKey: keyOf(params.userTaskKey), principal, language, command });
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/api/tasks/:userTaskKey/files',
      summary: { ru: 'Приложить файл к полю формы', en: 'Attach a file to a form field' },
      access: 'tasks',
      grant: READS_TASKS,
      outsiders: true,
      params: TaskKey,
      query: FieldQuery,
      body: { kind: 'stream', contentType: 'multipart/form-data' },
      response: { status: 201, description: 'The reference to put into the form data', schema: FileReference },
      handler: async ({ params, query, principal, language, command, request }) => {
        const userTaskKey = keyOf(params.userTaskKey);
        return created(
          await taskActions.upload({
            userTaskKey,
            field: fieldAt(query.path),
            principal,
            language,
            command,
            request,
          }),
        );
      },
    }),
    route({
      method: 'post',
      path: '/api/tasks/:userTaskKey/uploads',
      summary: { ru: 'Приложить к полю формы файл, принятый по частям', en: 'Attach a file that arrived in parts' },
      access: 'tasks',
      outsiders: true,
      params: TaskKey,
      query: FieldQuery,
      body: { kind: 'json', schema: TakeUpload },
      response: { status: 201, description: 'The reference to put into the form data', schema: FileReference },
      handler: async ({ params, query, principal, language, command, body }) => {
        const userTaskKey = keyOf(params.userTaskKey);
        const field = fieldAt(query.path);
        return created(await taskActions.takeUpload({ userTaskKey, field, principal, language, command, taken: body }));
      },
    }),
    route({
      method: 'get',
      path: '/api/forms/:formKey/validator/:hash.mjs',
      summary: { ru: 'Проверка формы для браузера', en: 'Validator of a form for the browser' },
      access: 'signed-in',
      outsiders: true,
      params: ValidatorParams,
      response: { status: 200, description: 'An ES module', contentType: 'text/javascript' },
      handler: async ({ params }) => {
        const { hash, text } = await validators.of(keyOf(params.formKey));
        if (hash !== params.hash) throw notFound({ ru: 'Проверка формы', en: 'Form validator' });
        return immutableModule(text);
      },
    }),
  ];
}

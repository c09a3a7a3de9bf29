import { Type } from '@sinclair/typebox';
import { TakeUpload, UploadProgress } from '#contract';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { PartialUploads } from './partial-uploads.ts';

const UploadPath = Type.Pick(TakeUpload, ['uploadKey']);
const response = { status: 200, description: 'How much of it is here', schema: UploadProgress };

/** A large file on its way: asked for, gone on with, let go. The field of a form takes it when it is whole. */
export function uploadRoutes(uploads: PartialUploads): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/uploads/:uploadKey',
      summary: { ru: 'Сколько байт файла уже принято', en: 'How much of a file is here' },
      access: 'tasks',
      outsiders: true,
      params: UploadPath,
      response,
      handler: async ({ params, principal }) =>
        ok({ received: await uploads.received({ owner: principal.username, key: params.uploadKey }) }),
    }),
    route({
      method: 'patch',
      path: '/api/uploads/:uploadKey',
      summary: { ru: 'Принять следующую часть файла', en: 'Take the next part of a file' },
      access: 'tasks',
      outsiders: true,
      params: UploadPath,
      query: Type.Object({ offset: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
      body: { kind: 'stream', contentType: 'application/octet-stream' },
      response,
      repeatable: false,
      handler: async ({ params, query, principal, request }) => {
        const id = { owner: principal.username, key: params.uploadKey };
        return ok({ received: await uploads.append(id, { offset: query.offset, bytes: request }) });
      },
    }),
    route({
      method: 'delete',
      path: '/api/uploads/:uploadKey',
      summary: { ru: 'Отменить загрузку файла', en: 'Let an upload go' },
      access: 'tasks',
      outsiders: true,
      params: UploadPath,
      response: { status: 204, description: 'It is gone' },
      handler: async ({ params, principal }) => {
        await uploads.discard({ owner: principal.username, key: params.uploadKey });
        return noContent();
      },
    }),
  ];
}

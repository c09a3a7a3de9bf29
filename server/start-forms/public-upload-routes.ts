import { Type } from '@sinclair/typebox';
import { FileReference, TakeUpload, UploadProgress } from '#contract';
import type { Request } from 'express';
import { addressOf } from '../http/rate-limit.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { StartFieldQuery, StartKey, submissionKeyOf } from './start-parameters.ts';
import type { StartUploads } from './start-uploads.ts';

const UploadPath = Type.Composite([StartKey, Type.Pick(TakeUpload, ['uploadKey'])]);
const PartQuery = Type.Composite([StartFieldQuery, Type.Object({ offset: Type.Integer({ minimum: 0 }) })], {
  additionalProperties: false,
});
const progress = { status: 200, description: 'How much of it is here', schema: UploadProgress };
const stored = { status: 201, description: 'A reference for the form', schema: FileReference };

/**
 * Files of forms that anybody may fill: whole, or in parts that go on where a connection broke. Parts belong to the submission, whose
 * key only its sender has, and say their field, so that a form takes no byte that it could not keep.
 */
export function publicUploadRoutes(startUploads: StartUploads): readonly Route[] {
  const fieldOf = (params: { readonly key: string }, query: { readonly path: string }, request: Request) => ({
    key: params.key,
    path: query.path,
    sender: { audience: 'anyone', address: addressOf(request) } as const,
    submission: submissionKeyOf(request.get('submission-key')),
  });
  return [
    route({
      method: 'post',
      path: '/api/public/starts/:key/files',
      summary: { ru: 'Приложить файл к открытой форме', en: 'Attach a file to an open form' },
      access: 'public',
      params: StartKey,
      query: StartFieldQuery,
      body: { kind: 'stream', contentType: 'multipart/form-data' },
      response: stored,
      handler: async ({ params, query, request, command }) =>
        created(await startUploads.whole({ ...fieldOf(params, query, request), request, command })),
    }),
    route({
      method: 'get',
      path: '/api/public/starts/:key/uploads/:uploadKey',
      summary: {
        ru: 'Сколько байт файла открытой формы уже принято',
        en: 'How much of a file of an open form is here',
      },
      access: 'public',
      params: UploadPath,
      query: StartFieldQuery,
      response: progress,
      handler: async ({ params, query, request }) =>
        ok({ received: await startUploads.received(fieldOf(params, query, request), params.uploadKey) }),
    }),
    route({
      method: 'patch',
      path: '/api/public/starts/:key/uploads/:uploadKey',
      summary: {
        ru: 'Принять следующую часть файла открытой формы',
        en: 'Take the next part of a file of an open form',
      },
      access: 'public',
      params: UploadPath,
      query: PartQuery,
      body: { kind: 'stream', contentType: 'application/octet-stream' },
      response: progress,
      repeatable: false,
      handler: async ({ params, query, request }) => {
        const part = { offset: query.offset, bytes: request };
        return ok({
          received: await startUploads.append(fieldOf(params, query, request), params.uploadKey, part),
        });
      },
    }),
    route({
      method: 'delete',
      path: '/api/public/starts/:key/uploads/:uploadKey',
      summary: { ru: 'Отменить загрузку файла открытой формы', en: 'Let an upload of an open form go' },
      access: 'public',
      params: UploadPath,
      query: StartFieldQuery,
      response: { status: 204, description: 'It is gone' },
      handler: async ({ params, query, request }) => {
        await startUploads.discard(fieldOf(params, query, request), params.uploadKey);
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/api/public/starts/:key/uploads',
      summary: { ru: 'Приложить к открытой форме файл, принятый по частям', en: 'Attach a file that came in parts' },
      access: 'public',
      params: StartKey,
      query: StartFieldQuery,
      body: { kind: 'json', schema: TakeUpload, maxBytes: 4_096 },
      response: stored,
      handler: async ({ params, query, request, command, body }) =>
        created(await startUploads.take({ ...fieldOf(params, query, request), command, taken: body })),
    }),
  ];
}

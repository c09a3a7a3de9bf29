import { Type } from '@sinclair/typebox';
import {
  EvaluateForm,
  FormDesign,
  FormDraftSaved,
  FormEvaluated,
  FormImpact,
  FormId,
  FormList,
  FormPreview,
  FormPublished,
  FormVariables,
  FormVersionList,
  PreviewForm,
  PublishForm,
  SaveFormDraft,
} from '#contract';
import { immutableModule, noContent, ok } from '../http/reply.ts';
import { route, type Route, type RouteGrant } from '../http/route.ts';
import { DEPLOYS, READS_ALL_RESOURCES } from '../identity/route-grants.ts';
import type { FormDrafts } from './form-drafts.ts';
import type { FormPreviews } from './form-previews.ts';

const FormParams = Type.Object({ formId: FormId });
const VersionParams = Type.Object({ formId: FormId, version: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) });
const Note = Type.Object({ note: Type.String({ maxLength: 2_000 }) }, { additionalProperties: false });
/** 300 fields with rules and texts in two languages are some 300 kB. */
const MAX_BYTES = 2 * 1024 * 1024;

export interface FormRoutesDeps {
  readonly formDrafts: FormDrafts;
  readonly formPreviews: FormPreviews;
}

/** The one form that the address names. */
const READS_FORM: RouteGrant = { any: ['RESOURCE:READ'], of: { param: 'formId' } };

/** What the form designer does. Whoever may publish may draw. */
export function formRoutes({ formDrafts, formPreviews }: FormRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/forms',
      summary: { ru: 'Формы: опубликованные и черновики', en: 'Forms: published and drafts' },
      access: 'deploy',
      grant: READS_ALL_RESOURCES,
      response: { status: 200, description: 'By title', schema: FormList },
      handler: async ({ language }) => ok(await formDrafts.list(language)),
    }),
    route({
      method: 'get',
      path: '/api/forms/:formId',
      summary: { ru: 'Форма для редактора', en: 'A form for the designer' },
      access: 'deploy',
      grant: READS_FORM,
      params: FormParams,
      response: { status: 200, description: 'The draft, or what is published', schema: FormDesign },
      handler: async ({ params }) => ok(await formDrafts.find(params.formId)),
    }),
    route({
      method: 'get',
      path: '/api/forms/:formId/impact',
      summary: {
        ru: 'Что изменит публикация и кто пользуется полями',
        en: 'What publishing changes and who uses the fields',
      },
      access: 'deploy',
      grant: DEPLOYS,
      params: FormParams,
      response: { status: 200, description: 'Against the version that is published', schema: FormImpact },
      handler: async ({ params }) => ok(await formDrafts.impact(params.formId)),
    }),
    route({
      method: 'get',
      path: '/api/forms/:formId/variables',
      summary: {
        ru: 'Что знают процессы с этой формой помимо неё',
        en: 'What the processes with this form know beside it',
      },
      access: 'deploy',
      grant: DEPLOYS,
      params: FormParams,
      response: { status: 200, description: 'By name; empty for a form that no step shows', schema: FormVariables },
      handler: async ({ params }) => ok(await formDrafts.variables(params.formId)),
    }),
    route({
      method: 'put',
      path: '/api/forms/:formId/draft',
      summary: { ru: 'Сохранить черновик формы', en: 'Save the draft of a form' },
      access: 'deploy',
      grant: DEPLOYS,
      params: FormParams,
      body: { kind: 'json', schema: SaveFormDraft, maxBytes: MAX_BYTES },
      response: { status: 200, description: 'Saved; 409 when another person saved since', schema: FormDraftSaved },
      handler: async ({ params, body, principal, command }) =>
        ok(await formDrafts.save({ ...body, formId: params.formId, by: principal.username, command })),
    }),
    route({
      method: 'delete',
      path: '/api/forms/:formId/draft',
      summary: { ru: 'Отменить черновик формы', en: 'Discard the draft of a form' },
      access: 'deploy',
      grant: DEPLOYS,
      params: FormParams,
      response: { status: 204, description: 'What is published stands again' },
      handler: async ({ params, principal, command }) => {
        await formDrafts.discard({ formId: params.formId, by: principal.username, command });
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/api/forms/:formId/publication',
      summary: { ru: 'Опубликовать форму', en: 'Publish a form' },
      access: 'deploy',
      grant: DEPLOYS,
      params: FormParams,
      body: { kind: 'json', schema: PublishForm },
      response: { status: 200, description: 'The new version; 422 names the fields', schema: FormPublished },
      handler: async ({ params, body, principal, command }) =>
        ok(await formDrafts.publish({ ...body, formId: params.formId, by: principal.username, command })),
    }),
    route({
      method: 'get',
      path: '/api/forms/:formId/versions',
      summary: { ru: 'Опубликованные версии формы', en: 'Published versions of a form' },
      access: 'deploy',
      grant: READS_FORM,
      params: FormParams,
      response: { status: 200, description: 'Newest first', schema: FormVersionList },
      handler: async ({ params }) => ok(await formDrafts.versions(params.formId)),
    }),
    route({
      method: 'get',
      path: '/api/forms/:formId/versions/:version',
      summary: { ru: 'Форма одной версии', en: 'A form as of one version' },
      access: 'deploy',
      grant: READS_FORM,
      params: VersionParams,
      response: {
        status: 200,
        description: 'The definition as published',
        schema: Type.Record(Type.String(), Type.Unknown()),
      },
      handler: async ({ params }) => ok(await formDrafts.version(params.formId, Number(params.version))),
    }),
    route({
      method: 'post',
      path: '/api/forms/:formId/versions/:version/publication',
      summary: { ru: 'Опубликовать старую версию снова', en: 'Publish an old version again' },
      access: 'deploy',
      grant: DEPLOYS,
      params: VersionParams,
      body: { kind: 'json', schema: Note },
      response: { status: 200, description: 'The new version', schema: FormPublished },
      handler: async ({ params, body, principal, command }) =>
        ok(
          await formDrafts.republish({
            formId: params.formId,
            version: Number(params.version),
            note: body.note,
            by: principal.username,
            command,
          }),
        ),
    }),
    route({
      method: 'post',
      path: '/api/form-previews',
      summary: { ru: 'Подготовить просмотр формы', en: 'Prepare a preview of a form' },
      access: 'deploy',
      grant: DEPLOYS,
      body: { kind: 'json', schema: PreviewForm, maxBytes: MAX_BYTES },
      response: { status: 200, description: 'Where its validator is', schema: FormPreview },
      repeatable: false,
      handler: ({ body }) => Promise.resolve(ok(formPreviews.prepare(body.definition))),
    }),
    route({
      method: 'get',
      path: '/api/form-previews/:hash.mjs',
      summary: { ru: 'Проверка формы для просмотра', en: 'Validator of a previewed form' },
      access: 'deploy',
      grant: DEPLOYS,
      params: Type.Object({ hash: Type.String({ pattern: '^[0-9a-f]{32}$' }) }),
      response: { status: 200, description: 'An ES module', contentType: 'text/javascript' },
      handler: ({ params }) => Promise.resolve(immutableModule(formPreviews.module(params.hash))),
    }),
    route({
      method: 'post',
      path: '/api/form-previews/evaluation',
      summary: { ru: 'Проверить данные, как проверит сервер', en: 'Check data as the server would' },
      access: 'deploy',
      grant: DEPLOYS,
      body: { kind: 'json', schema: EvaluateForm, maxBytes: MAX_BYTES },
      response: { status: 200, description: 'Errors, and what would be written', schema: FormEvaluated },
      repeatable: false,
      handler: ({ body, language }) => Promise.resolve(ok(formPreviews.evaluate(body, language))),
    }),
  ];
}

import { Type } from '@sinclair/typebox';
import {
  FileReference,
  Items,
  KeyText,
  PortalCaseDetail,
  PortalCasePage,
  PortalCaseQuery,
  PortalStart,
  StartFormView,
  StartReceipt,
  SubmitPortalStart,
  TakeUpload,
} from '#contract';
import { keyOf } from '../http/key-text.ts';
import { Refused } from '../http/refused.ts';
import { created, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Principal } from '../identity/principal.ts';
import type { OpenStarts } from '../start-forms/open-starts.ts';
import { MAX_START_BYTES } from '../start-forms/public-routes.ts';
import type { Sender } from '../start-forms/sender.ts';
import { StartFieldQuery, StartKey, submissionKeyOf } from '../start-forms/start-parameters.ts';
import type { StartSubmissions } from '../start-forms/start-submissions.ts';
import type { StartUploads } from '../start-forms/start-uploads.ts';
import type { PortalCases } from './portal-cases.ts';

/** What a contractor has beside their tasks: forms to start cases by, and their organisation's cases. */
export function portalRoutes(deps: {
  readonly openStarts: OpenStarts;
  readonly submissions: StartSubmissions;
  readonly startUploads: StartUploads;
  readonly portalCases: PortalCases;
}): readonly Route[] {
  const { openStarts, submissions, startUploads, portalCases } = deps;
  return [
    route({
      method: 'get',
      path: '/api/portal/starts',
      summary: { ru: 'Какие заявки можно подать', en: 'Requests that can be filed' },
      access: 'portal',
      outsiders: true,
      response: { status: 200, description: 'Forms open to contractors', schema: Items(PortalStart) },
      handler: async ({ language }) => {
        const starts = await openStarts.list('contractors');
        const items = starts.map(({ definition, form }) => {
          const { ru, en = ru } = form.model.title;
          return { key: definition.id, title: language === 'ru' ? ru : en };
        });
        return ok({ items: items.sort((left, right) => left.title.localeCompare(right.title, language)) });
      },
    }),
    route({
      method: 'get',
      path: '/api/portal/starts/:key',
      summary: { ru: 'Форма заявки', en: 'Form of a request' },
      access: 'portal',
      outsiders: true,
      params: StartKey,
      response: { status: 200, description: 'The form; 404 for whatever is not open', schema: StartFormView },
      handler: async ({ params }) => ok(await submissions.view(params.key, 'contractors')),
    }),
    route({
      method: 'post',
      path: '/api/portal/starts/:key',
      summary: { ru: 'Подать заявку', en: 'File a request' },
      access: 'portal',
      outsiders: true,
      params: StartKey,
      body: { kind: 'json', schema: SubmitPortalStart, maxBytes: MAX_START_BYTES },
      response: { status: 201, description: 'Accepted; the same for a repeat', schema: StartReceipt },
      // The submission's own key makes it count once; the answer carries a token, which must not lie in the command log.
      repeatable: false,
      handler: async ({ params, body: { organisation, ...body }, principal, language }) =>
        created(await submissions.submit({ ...params, ...body, sender: senderOf(principal, organisation), language })),
    }),
    route({
      method: 'post',
      path: '/api/portal/starts/:key/files',
      summary: { ru: 'Приложить файл к заявке', en: 'Attach a file to a request' },
      access: 'portal',
      outsiders: true,
      params: StartKey,
      query: StartFieldQuery,
      body: { kind: 'stream', contentType: 'multipart/form-data' },
      response: { status: 201, description: 'A reference for the form', schema: FileReference },
      handler: async ({ params, query, request, principal, command }) =>
        created(
          await startUploads.whole({
            ...params,
            ...query,
            sender: senderOf(principal, principal.groups[0]),
            submission: submissionKeyOf(request.get('submission-key')),
            request,
            command,
          }),
        ),
    }),
    route({
      method: 'post',
      path: '/api/portal/starts/:key/uploads',
      summary: {
        ru: 'Приложить к заявке файл, принятый по частям',
        en: 'Attach a file that came in parts to a request',
      },
      access: 'portal',
      outsiders: true,
      params: StartKey,
      query: StartFieldQuery,
      body: { kind: 'json', schema: TakeUpload },
      response: { status: 201, description: 'A reference for the form', schema: FileReference },
      handler: async ({ params, query, request, principal, command, body }) =>
        created(
          await startUploads.take({
            ...params,
            ...query,
            sender: senderOf(principal, principal.groups[0]),
            submission: submissionKeyOf(request.get('submission-key')),
            command,
            taken: body,
          }),
        ),
    }),
    route({
      method: 'get',
      path: '/api/portal/cases',
      summary: { ru: 'Дела моей организации', en: 'Cases of my organisation' },
      access: 'portal',
      outsiders: true,
      query: PortalCaseQuery,
      response: { status: 200, description: 'The newest first, with their state in words', schema: PortalCasePage },
      handler: async ({ query, principal, language }) => ok(await portalCases.page(query, { principal, language })),
    }),
    route({
      method: 'get',
      path: '/api/portal/cases/:caseKey',
      summary: { ru: 'Дело моей организации', en: 'A case of my organisation' },
      access: 'portal',
      outsiders: true,
      params: Type.Object({ caseKey: KeyText }),
      response: {
        status: 200,
        description: 'Its state in words, documents and files for us, and our files',
        schema: PortalCaseDetail,
      },
      handler: async ({ params, principal, language }) =>
        ok(await portalCases.read(keyOf(params.caseKey), { principal, language })),
    }),
  ];
}

/** @throws Refused `invalid-request` for an organisation that is not theirs, or none said by somebody of several */
function senderOf({ username, groups }: Principal, wanted: string | undefined): Sender {
  const organisation = wanted ?? (groups.length === 1 ? groups[0] : undefined);
  if (organisation !== undefined && groups.includes(organisation))
    return { audience: 'contractors', username, organisation };
  const names = groups.join(', ');
  throw new Refused('invalid-request', {
    ru: `Скажите, от какой организации заявка (organisation): ${names === '' ? 'вы ни в одной' : names}.`,
    en: `Say which organisation files it (organisation): ${names === '' ? 'you are in none' : names}.`,
  });
}

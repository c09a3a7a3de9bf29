import { Type } from '@sinclair/typebox';
import { CaseProgress, FollowCase, StartFormView, StartReceipt, SubmitStart } from '#contract';
import { addressOf } from '../http/rate-limit.ts';
import { created, immutableModule, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { FormValidators } from '../user-tasks/form-validators.ts';
import { notOpen, type OpenStarts } from './open-starts.ts';
import { StartKey } from './start-parameters.ts';
import type { StartSubmissions } from './start-submissions.ts';

/** Long texts and file references fit; whatever is larger is not read to its end. */
export const MAX_START_BYTES = 256 * 1024;

/** Forms that anybody may fill, without an account. How often is limited before these are reached (`http/rate-limit.ts`). */
export function publicRoutes(deps: {
  readonly openStarts: OpenStarts;
  readonly submissions: StartSubmissions;
  readonly validators: FormValidators;
}): readonly Route[] {
  const { openStarts, submissions, validators } = deps;
  return [
    route({
      method: 'get',
      path: '/api/public/starts/:key',
      summary: { ru: 'Открытая форма', en: 'A form open to anyone' },
      access: 'public',
      params: StartKey,
      response: { status: 200, description: 'The form; 404 for whatever is not open', schema: StartFormView },
      handler: async ({ params }) => ok(await submissions.view(params.key, 'anyone')),
    }),
    route({
      method: 'get',
      path: '/api/public/starts/:key/validator/:hash.mjs',
      summary: { ru: 'Проверка открытой формы для браузера', en: 'Validator of an open form for the browser' },
      access: 'public',
      params: Type.Object({ key: Type.String({ maxLength: 200 }), hash: Type.String({ maxLength: 200 }) }),
      response: { status: 200, description: 'An ES module', contentType: 'text/javascript' },
      handler: async ({ params }) => {
        const { form } = await openStarts.find(params.key, 'anyone');
        const { hash, text } = await validators.of(form.definition.definitionKey);
        if (hash !== params.hash) throw notOpen();
        return immutableModule(text);
      },
    }),
    route({
      method: 'post',
      path: '/api/public/starts/:key',
      summary: { ru: 'Отправить открытую форму', en: 'Send a form open to anyone' },
      access: 'public',
      params: StartKey,
      body: { kind: 'json', schema: SubmitStart, maxBytes: MAX_START_BYTES },
      response: { status: 201, description: 'Accepted; the same for a repeat', schema: StartReceipt },
      // The submission's own key makes it count once; the answer carries a token, which must not lie in the command log.
      repeatable: false,
      handler: async ({ params, body, request, language }) =>
        created(
          await submissions.submit({
            ...params,
            ...body,
            sender: { audience: 'anyone', address: addressOf(request) },
            language,
          }),
        ),
    }),
    route({
      method: 'post',
      path: '/api/public/case-state',
      summary: { ru: 'Что с заявкой', en: 'How a request goes' },
      access: 'public',
      // A body, and not an address: the token must stand in no log.
      body: { kind: 'json', schema: FollowCase, maxBytes: 1_024 },
      response: { status: 200, description: 'The state in words', schema: CaseProgress },
      repeatable: false,
      handler: async ({ body, language }) => ok(await submissions.follow(body.token, language)),
    }),
  ];
}

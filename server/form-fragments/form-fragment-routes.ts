import { Type } from '@sinclair/typebox';
import { FormFragmentList, FragmentId, SaveFormFragment } from '#contract';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { DEPLOYS } from '../identity/route-grants.ts';
import type { FormFragments } from './form-fragments.ts';

const FragmentParams = Type.Object({ fragmentId: FragmentId });
/** A piece of some dozen fields is 20 kB. */
const MAX_BYTES = 200 * 1024;

/** What the form designer keeps to use again. Whoever may publish forms may. */
export function formFragmentRoutes({ formFragments }: { readonly formFragments: FormFragments }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/form-fragments',
      summary: { ru: 'Заготовки форм', en: 'Fragments of forms' },
      access: 'deploy',
      grant: DEPLOYS,
      response: { status: 200, description: 'By title', schema: FormFragmentList },
      handler: async () => ok(await formFragments.list()),
    }),
    route({
      method: 'put',
      path: '/api/form-fragments/:fragmentId',
      summary: { ru: 'Сохранить заготовку формы', en: 'Save a fragment of a form' },
      access: 'deploy',
      grant: DEPLOYS,
      params: FragmentParams,
      body: { kind: 'json', schema: SaveFormFragment, maxBytes: MAX_BYTES },
      response: { status: 204, description: 'Saved' },
      handler: async ({ params, body, principal, command }) => {
        await formFragments.save({ ...body, ...params, by: principal.username, command });
        return noContent();
      },
    }),
    route({
      method: 'delete',
      path: '/api/form-fragments/:fragmentId',
      summary: { ru: 'Удалить заготовку формы', en: 'Delete a fragment of a form' },
      access: 'deploy',
      grant: DEPLOYS,
      params: FragmentParams,
      response: { status: 204, description: 'It is gone, or was already' },
      handler: async ({ params, principal, command }) => {
        await formFragments.delete({ ...params, by: principal.username, command });
        return noContent();
      },
    }),
  ];
}

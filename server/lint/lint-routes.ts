import { LintReport } from '#contract';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { readResources } from '../v2/read-resources.ts';
import { lintBesideDeployed } from './lint-beside-deployed.ts';

/** Says what a deployment of these files would be refused or warned for; nothing is stored. */
export function lintRoutes({ definitions }: { readonly definitions: Definitions }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/lint',
      summary: { ru: 'Проверить модели перед публикацией', en: 'Check models before deployment' },
      access: 'deploy',
      body: { kind: 'stream', contentType: 'multipart/form-data' },
      response: { status: 200, description: 'Everything found, errors of each process first', schema: LintReport },
      // It changes nothing, so a repeat needs no key.
      repeatable: false,
      handler: async ({ request }) => {
        const { resources } = await readResources(request);
        await definitions.refresh();
        return ok({ items: await lintBesideDeployed(definitions, resources) });
      },
    }),
  ];
}

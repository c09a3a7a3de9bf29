import { Type } from '@sinclair/typebox';
import { EditedSteps, EditedStepsReport, ProcessDesign, ProcessList, ProcessPublished } from '#contract';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { ProcessDesigns } from './process-designs.ts';

const ProcessParams = Type.Object({
  processId: Type.String({ minLength: 1, maxLength: 250, pattern: '^[^\\u0000]*$' }),
});

/** The processes and the forms of their steps. Whoever may deploy may change them. */
export function processRoutes({ processDesigns }: { readonly processDesigns: ProcessDesigns }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/processes',
      summary: { ru: 'Опубликованные процессы', en: 'Deployed processes' },
      access: 'deploy',
      response: { status: 200, description: 'By name, each in its latest version', schema: ProcessList },
      handler: async () => ok(await processDesigns.list()),
    }),
    route({
      method: 'get',
      path: '/api/processes/:processId',
      summary: { ru: 'Процесс: схема, шаги с формами, версии', en: 'A process: diagram, steps with forms, versions' },
      access: 'deploy',
      params: ProcessParams,
      response: { status: 200, description: 'The latest version', schema: ProcessDesign },
      handler: async ({ params }) => ok(await processDesigns.find(params.processId)),
    }),
    route({
      method: 'post',
      path: '/api/processes/:processId/check',
      summary: { ru: 'Что найдёт проверка после правки форм', en: 'What lint would find with other forms' },
      access: 'deploy',
      params: ProcessParams,
      body: { kind: 'json', schema: EditedSteps },
      response: { status: 200, description: 'New findings, and what is published along', schema: EditedStepsReport },
      repeatable: false,
      handler: async ({ params, body }) => ok(await processDesigns.check(params.processId, body)),
    }),
    route({
      method: 'post',
      path: '/api/processes/:processId/publication',
      summary: { ru: 'Опубликовать процесс с другими формами шагов', en: 'Publish a process with other forms' },
      access: 'deploy',
      params: ProcessParams,
      body: { kind: 'json', schema: EditedSteps },
      response: { status: 200, description: 'The new version; 409 when somebody deployed', schema: ProcessPublished },
      // The same forms on the same version give the same text, which is deployed once.
      repeatable: false,
      handler: async ({ params, body, principal }) =>
        ok(await processDesigns.publish(params.processId, { ...body, by: principal.username })),
    }),
  ];
}

import { Type } from '@sinclair/typebox';
import type { EngineCommand } from '#engine';
import { KeyText } from '#contract';
import { CHANGES_INSTANCES } from '../identity/route-grants.ts';
import { inScope } from '../identity/scope.ts';
import { keyOf } from '../http/key-text.ts';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Runner } from '../runtime/runner.ts';
import type { DefinitionSuspension } from './definition-suspension.ts';

const InstanceKey = Type.Object({ processInstanceKey: KeyText });
const DefinitionKey = Type.Object({ processDefinitionKey: KeyText });
const WithInstances = Type.Object({ withInstances: Type.Optional(Type.Boolean()) }, { additionalProperties: false });
const Batch = Type.Object({ batchOperationKey: Type.Union([KeyText, Type.Null()]) });

/** Standing still and going on, for which the Camunda 8 API has no word. */
export function suspensionRoutes({
  runner,
  definitionSuspension,
}: {
  readonly runner: Runner;
  readonly definitionSuspension: DefinitionSuspension;
}): readonly Route[] {
  const ofDefinition = (verb: 'suspension' | 'resumption', summary: Route['summary']): Route =>
    route({
      method: 'post',
      path: `/api/process-definitions/:processDefinitionKey/${verb}`,
      summary,
      access: 'operate',
      params: DefinitionKey,
      body: { kind: 'json', schema: WithInstances, optional: true },
      response: { status: 200, description: 'Done; with instances, the batch that goes through them', schema: Batch },
      handler: async ({ params, body, principal, command: repeatable }) => {
        const { batchOperationKey } = await definitionSuspension.set({
          processDefinitionKey: keyOf(params.processDefinitionKey),
          suspended: verb === 'suspension',
          withInstances: body.withInstances ?? false,
          by: principal.username,
          ...(repeatable === null ? {} : { repeatable }),
        });
        return ok({ batchOperationKey: batchOperationKey === null ? null : String(batchOperationKey) });
      },
    });

  const order = (
    verb: 'suspension' | 'resumption',
    texts: { readonly summary: Route['summary']; readonly done: string },
    command: EngineCommand,
  ): Route =>
    route({
      method: 'post',
      path: `/api/process-instances/:processInstanceKey/${verb}`,
      summary: texts.summary,
      access: 'operate',
      grant: CHANGES_INSTANCES,
      params: InstanceKey,
      response: { status: 204, description: texts.done },
      handler: async ({ params, principal, scope, command: repeatable }) => {
        await runner.run({
          within: (processId) => inScope(scope, processId),
          processInstanceKey: keyOf(params.processInstanceKey),
          by: principal.username,
          ...(repeatable === null ? {} : { repeatable }),
          build: () => command,
        });
        return noContent();
      },
    });
  return [
    order(
      'suspension',
      {
        summary: {
          ru: 'Приостановить экземпляр и всё, что он вызвал',
          en: 'Suspend an instance and all it has called',
        },
        done: 'Suspended',
      },
      { kind: 'suspendInstance', byParent: false },
    ),
    order(
      'resumption',
      { summary: { ru: 'Возобновить экземпляр', en: 'Resume an instance' }, done: 'Going on' },
      { kind: 'resumeInstance', byParent: false },
    ),
    ofDefinition('suspension', {
      ru: 'Не начинать новых экземпляров версии',
      en: 'Start no new instances of a version',
    }),
    ofDefinition('resumption', { ru: 'Снова начинать экземпляры версии', en: 'Start instances of a version again' }),
  ];
}

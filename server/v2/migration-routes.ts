import { Type } from '@sinclair/typebox';
import { notFound } from '../http/refused.ts';
import { noContent } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { inScope } from '../identity/scope.ts';
import type { Migrations } from '../operations/migrations.ts';
import { OPERATE } from './operate-access.ts';
import { CHANGES_INSTANCES } from '../identity/route-grants.ts';
import { PROCESS_INSTANCE } from './subjects.ts';
import { pathKey, storedKey } from './wire-key.ts';
import { OperationReference, PlainText, WireKey } from './wire-schema.ts';

export const MappingInstructions = Type.Array(
  Type.Object({ sourceElementId: PlainText, targetElementId: PlainText }, { additionalProperties: false }),
  { maxItems: 10_000 },
);

const Migration = Type.Object(
  {
    mappingInstructions: MappingInstructions,
    targetProcessDefinitionKey: WireKey,
    operationReference: OperationReference,
  },
  { additionalProperties: false },
);

/** A running instance taken over to another version; every element that runs must be named, as in Camunda. */
export function migrationRoutes({ migrations }: { readonly migrations: Migrations }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/v2/process-instances/:processInstanceKey/migration',
      summary: { ru: 'Перевести экземпляр на другую версию', en: 'Migrate a process instance' },
      access: OPERATE,
      grant: CHANGES_INSTANCES,
      params: Type.Object({ processInstanceKey: WireKey }),
      body: { kind: 'json', schema: Migration },
      response: { status: 204, description: 'Migrated' },
      handler: async ({ params, body, principal, scope, command }) => {
        await migrations.migrate({
          within: (processId) => inScope(scope, processId),
          processInstanceKey: pathKey(params.processInstanceKey, PROCESS_INSTANCE),
          targetProcessDefinitionKey: storedKey(body.targetProcessDefinitionKey),
          mapping: body.mappingInstructions,
          byId: false,
          recomputeTimers: false,
          by: principal.username,
          ...(command === null ? {} : { repeatable: command }),
          check: ({ instance }) => {
            if (instance.header.state !== 'active') throw notFound(PROCESS_INSTANCE);
          },
        });
        return noContent();
      },
    }),
  ];
}

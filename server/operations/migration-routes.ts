import { Type } from '@sinclair/typebox';
import { KeyText } from '#contract';
import { CHANGES_INSTANCES } from '../identity/route-grants.ts';
import { inScope } from '../identity/scope.ts';
import { keyOf } from '../http/key-text.ts';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Migrations } from './migrations.ts';

const Id = Type.String({ minLength: 1, maxLength: 1_000 });

const MigrationBody = Type.Object(
  {
    targetProcessDefinitionKey: KeyText,
    /** Beside what goes by its id. */
    mappingInstructions: Type.Optional(
      Type.Array(Type.Object({ sourceElementId: Id, targetElementId: Id }, { additionalProperties: false }), {
        maxItems: 10_000,
      }),
    ),
    recomputeTimers: Type.Optional(Type.Boolean()),
    /** Says what is wrong with the plan and changes nothing. */
    dryRun: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const MigrationAnswer = Type.Object({
  migrated: Type.Boolean(),
  problems: Type.Array(Type.Object({ elementId: Type.String(), message: Type.String(), remedy: Type.String() })),
});

/** What the Camunda 8 API has no word for: a dry run, elements that go by their id, timers that are counted anew. */
export function migrationRoutes({ migrations }: { readonly migrations: Migrations }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/process-instances/:processInstanceKey/migration',
      summary: {
        ru: 'Перевести экземпляр на другую версию или проверить план',
        en: 'Migrate an instance, or check the plan',
      },
      access: 'operate',
      grant: CHANGES_INSTANCES,
      params: Type.Object({ processInstanceKey: KeyText }),
      body: { kind: 'json', schema: MigrationBody },
      response: { status: 200, description: 'Migrated, or what is wrong with the plan', schema: MigrationAnswer },
      handler: async ({ params, body, principal, scope, command }) => {
        const request = {
          within: (processId: string) => inScope(scope, processId),
          processInstanceKey: keyOf(params.processInstanceKey),
          targetProcessDefinitionKey: keyOf(body.targetProcessDefinitionKey),
          mapping: body.mappingInstructions ?? [],
          byId: true,
          recomputeTimers: body.recomputeTimers ?? false,
          by: principal.username,
          ...(command === null ? {} : { repeatable: command }),
        };
        if (body.dryRun === true) return ok({ migrated: false, problems: await migrations.dryRun(request) });
        await migrations.migrate(request);
        return ok({ migrated: true, problems: [] });
      },
    }),
  ];
}

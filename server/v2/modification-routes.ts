import { Type, type Static } from '@sinclair/typebox';
import type { EngineCommand } from '#engine';
import { notFound } from '../http/refused.ts';
import { noContent } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { inScope } from '../identity/scope.ts';
import type { Runner } from '../runtime/runner.ts';
import { OPERATE } from './operate-access.ts';
import { MODIFIES_INSTANCES } from '../identity/route-grants.ts';
import { PROCESS_INSTANCE } from './subjects.ts';
import { pathKey, storedKey } from './wire-key.ts';
import { OperationReference, PlainText, WireKey, WireVariables } from './wire-schema.ts';

const ActivateInstruction = Type.Object(
  {
    elementId: PlainText,
    variableInstructions: Type.Optional(
      Type.Array(
        Type.Object({ variables: WireVariables, scopeId: Type.Optional(PlainText) }, { additionalProperties: false }),
      ),
    ),
    ancestorElementInstanceKey: Type.Optional(WireKey),
  },
  { additionalProperties: false },
);

const Modification = Type.Object(
  {
    operationReference: OperationReference,
    activateInstructions: Type.Optional(Type.Array(ActivateInstruction, { maxItems: 1_000 })),
    terminateInstructions: Type.Optional(
      Type.Array(Type.Object({ elementInstanceKey: WireKey }, { additionalProperties: false }), { maxItems: 1_000 }),
    ),
  },
  { additionalProperties: false },
);

/** Tokens changed by hand. */
export function modificationRoutes({ runner }: { readonly runner: Runner }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/v2/process-instances/:processInstanceKey/modification',
      summary: { ru: 'Изменить ход экземпляра вручную', en: 'Modify a process instance' },
      access: OPERATE,
      grant: MODIFIES_INSTANCES,
      params: Type.Object({ processInstanceKey: WireKey }),
      body: { kind: 'json', schema: Modification },
      response: { status: 204, description: 'Modified' },
      handler: async ({ params, body, principal, scope, command }) => {
        await runner.run({
          within: (processId) => inScope(scope, processId),
          processInstanceKey: pathKey(params.processInstanceKey, PROCESS_INSTANCE),
          by: principal.username,
          ...(command === null ? {} : { repeatable: command }),
          build: ({ instance }) => {
            if (instance.header.state !== 'active') throw notFound(PROCESS_INSTANCE);
            return modificationOf(body);
          },
        });
        return noContent();
      },
    }),
  ];
}

/** `-1` as ancestor is the API's word for none. */
function modificationOf(body: Static<typeof Modification>): EngineCommand {
  return {
    kind: 'modifyInstance',
    activate: (body.activateInstructions ?? []).map((instruction) => ({
      elementId: instruction.elementId,
      ...(instruction.ancestorElementInstanceKey === undefined || instruction.ancestorElementInstanceKey === '-1'
        ? {}
        : { ancestorKey: storedKey(instruction.ancestorElementInstanceKey) }),
      variables: (instruction.variableInstructions ?? []).map(({ variables, scopeId = '' }) => ({
        variables,
        ...(scopeId === '' ? {} : { scopeId }),
      })),
    })),
    terminate: (body.terminateInstructions ?? []).map(({ elementInstanceKey }) => storedKey(elementInstanceKey)),
    move: [],
  };
}

import { Type, type Static } from '@sinclair/typebox';
import type { Request } from 'express';
import { bucketOf, type Key } from '#engine';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import { notFound, Refused } from '../http/refused.ts';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { inScope, type Scope } from '../identity/scope.ts';
import type { Definition } from '../runtime/catalog.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { Runner } from '../runtime/runner.ts';
import { createWakeUps } from '../worker/wake-ups.ts';
import { OPERATE } from './operate-access.ts';
import { problemReply } from './problem-reply.ts';
import { STARTS_INSTANCES } from '../identity/route-grants.ts';
import { PROCESS_DEFINITION } from './subjects.ts';
import { TENANT } from './search/search-spec.ts';
import { storedKey, wireKey } from './wire-key.ts';
import {
  LongNumber,
  OperationReference,
  PlainText,
  refuseUnsupported,
  requireOwnTenant,
  TenantId,
  WireKey,
  WireVariables,
} from './wire-schema.ts';

const Tag = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_:.-]{0,99}$' });
const StartProcess = Type.Object(
  {
    processDefinitionId: Type.Optional(PlainText),
    processDefinitionVersion: Type.Optional(Type.Integer({ minimum: -1, maximum: 2_147_483_647 })),
    processDefinitionKey: Type.Optional(WireKey),
    variables: Type.Optional(WireVariables),
    tags: Type.Optional(Type.Array(Tag, { maxItems: 10 })),
    businessId: Type.Optional(Type.String({ minLength: 1, maxLength: 256, pattern: '^[^\\u0000]*$' })),
    awaitCompletion: Type.Optional(Type.Boolean()),
    requestTimeout: Type.Optional(LongNumber),
    fetchVariables: Type.Optional(Type.Array(PlainText, { maxItems: 1_000 })),
    startInstructions: Type.Optional(Type.Array(Type.Unknown())),
    runtimeInstructions: Type.Optional(Type.Array(Type.Unknown())),
    tenantId: TenantId,
    operationReference: OperationReference,
  },
  { additionalProperties: false },
);
type StartProcess = Static<typeof StartProcess>;

const Started = Type.Object({
  processDefinitionId: Type.String(),
  processDefinitionVersion: Type.Integer(),
  processDefinitionKey: Type.String(),
  processInstanceKey: Type.String(),
  tenantId: Type.String(),
  variables: Type.Record(Type.String(), Type.Unknown()),
  tags: Type.Array(Type.String()),
});

/** Camunda's own default and ours for how long an awaited result may take. */
const DEFAULT_WAIT = 10_000;
const LONGEST_WAIT = 60_000;
/** Another node may have ended the instance, whose hint does not reach us. */
const LOOK_EVERY = 500;

export interface StartRoutesDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly runner: Runner;
}

export function startRoutes({ database, definitions, runner }: StartRoutesDeps): readonly Route[] {
  const reader = readerOf(database);
  const wakeUps = createWakeUps();
  runner.onCommit(({ endedInstances }) => {
    if (endedInstances) wakeUps.notify(['ended']);
  });

  const find = async (
    { processDefinitionId: id, processDefinitionKey: key, processDefinitionVersion = -1 }: StartProcess,
    scope: Scope,
  ): Promise<Definition> => {
    if ((id === undefined) === (key === undefined)) {
      throw new Refused('invalid-request', {
        ru: 'Назовите процесс одним из полей processDefinitionId и processDefinitionKey.',
        en: 'Name the process by exactly one of processDefinitionId and processDefinitionKey.',
      });
    }
    await definitions.refresh();
    const { catalog } = definitions;
    const found =
      key !== undefined
        ? catalog.byKey(storedKey(key))
        : processDefinitionVersion === -1
          ? catalog.latest('process', id!)
          : catalog.all.find(
              (one) => one.kind === 'process' && one.id === id && one.version === processDefinitionVersion,
            );
    if (found === undefined || found.kind !== 'process' || !inScope(scope, found.id)) {
      const name = id ?? String(key);
      throw notFound({ ru: `${PROCESS_DEFINITION.ru} «${name}»`, en: `${PROCESS_DEFINITION.en} "${name}"` });
    }
    return found;
  };

  /** True when the instance has ended; false when the time is up, or nobody waits any more. */
  const awaitEnd = async (processInstanceKey: Key, until: number, { socket }: Request): Promise<boolean> => {
    const gone = new AbortController();
    const hangUp = (): void => gone.abort();
    socket.once('close', hangUp);
    try {
      for (;;) {
        const left = until - performance.now();
        // The wait begins before the look, so an end in between is not missed.
        const wait = wakeUps.wait('ended', Math.max(1, Math.min(left, LOOK_EVERY)), gone.signal);
        try {
          if (await hasEnded(processInstanceKey)) return true;
          if (left <= 0 || gone.signal.aborted) return false;
          await wait.over;
        } finally {
          wait.cancel();
        }
      }
    } finally {
      // The connection outlives the request, so a listener per request would pile up.
      socket.off('close', hangUp);
    }
  };

  const hasEnded = async (processInstanceKey: Key): Promise<boolean> => {
    const rows = await queryRows(
      reader,
      'SELECT 1 AS one FROM process_instance WHERE bucket = ? AND process_instance_key = ? AND ended_at IS NOT NULL',
      [bucketOf(processInstanceKey), processInstanceKey],
    );
    return rows.length > 0;
  };

  const readVariables = async (processInstanceKey: Key, names: readonly string[]): Promise<Record<string, unknown>> => {
    const wanted = names.length === 0 ? '' : ` AND name IN (${database.dialect.listFromJson('text')})`;
    const rows = await queryRows<{ name: string; value: string }>(
      reader,
      `SELECT name, value FROM variable WHERE bucket = ? AND process_instance_key = ? AND scope_key = ?${wanted}`,
      [
        bucketOf(processInstanceKey),
        processInstanceKey,
        processInstanceKey,
        ...(names.length === 0 ? [] : [JSON.stringify(names)]),
      ],
    );
    return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
  };

  return [
    route({
      method: 'post',
      path: '/v2/process-instances',
      summary: { ru: 'Запустить процесс', en: 'Create a process instance' },
      access: OPERATE,
      grant: STARTS_INSTANCES,
      body: { kind: 'json', schema: StartProcess },
      response: { status: 200, description: 'Started, or ended when its completion was awaited', schema: Started },
      handler: async (call) => {
        const { body, principal, scope, command, request } = call;
        const {
          startInstructions,
          runtimeInstructions,
          tenantId,
          variables = {},
          tags = [],
          businessId,
          awaitCompletion = false,
        } = body;
        refuseUnsupported({ startInstructions, runtimeInstructions });
        requireOwnTenant(tenantId);
        const definition = await find(body, scope);
        const { processInstanceKey, state } = await runner.start({
          processDefinitionKey: definition.definitionKey,
          variables,
          tags,
          by: principal.username,
          ...(businessId === undefined ? {} : { businessId }),
          ...(command === null ? {} : { repeatable: command }),
        });
        if (awaitCompletion && state === 'active') {
          const asked = Number(body.requestTimeout ?? 0);
          const wait = asked > 0 ? Math.min(asked, LONGEST_WAIT) : DEFAULT_WAIT;
          if (!(await awaitEnd(processInstanceKey, performance.now() + wait, request))) {
            return problemReply(call, {
              status: 504,
              code: 'awaited-too-long',
              title: { ru: 'Результат ещё не готов', en: 'The result is not there yet' },
              detail: {
                ru: `Экземпляр ${processInstanceKey} запущен, но за ${wait} мс не завершился. Прочитайте его позже.`,
                en: `Instance ${processInstanceKey} was started but did not complete within ${wait} ms. Read it later.`,
              },
            });
          }
        }
        return ok({
          processDefinitionId: definition.id,
          processDefinitionVersion: definition.version,
          processDefinitionKey: wireKey(definition.definitionKey),
          processInstanceKey: wireKey(processInstanceKey),
          tenantId: TENANT,
          variables: awaitCompletion ? await readVariables(processInstanceKey, body.fetchVariables ?? []) : {},
          tags,
        });
      },
    }),
  ];
}

import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { readerOf, type Database } from '../database/connect.ts';
import { noContent, ok } from '../http/reply.ts';
import { notFound } from '../http/refused.ts';
import { route, type Route, type RouteGrant } from '../http/route.ts';
import { inScope, scopeOf, type Scope } from '../identity/scope.ts';
import { OPERATION_TYPES, type BatchPlan } from '../operations/batch-plan.ts';
import type { Batches } from '../operations/batches.ts';
import type { Definitions } from '../runtime/definitions.ts';
import {
  BatchItemResult,
  batchItemSearch,
  batchByKey,
  batchItemViews,
  BatchResult,
  batchSearch,
  batchViews,
} from './batch-search.ts';
import { findRow } from './find-row.ts';
import { MappingInstructions } from './migration-routes.ts';
import { OPERATE, READ_INSTANCES } from './operate-access.ts';
import { processInstanceSearch } from './process-instance-search.ts';
import {
  BEGINS_BATCHES,
  CANCELS_INSTANCES,
  CHANGES_INSTANCES,
  MODIFIES_INSTANCES,
  ORDERS_BATCHES,
  READS_BATCHES,
} from '../identity/route-grants.ts';
import { filterConditions, join } from './search/filter-condition.ts';
import { scopeCondition } from './search/keep-to-scope.ts';
import { searchRoute } from './search/search-route.ts';
import { searchSchema } from './search/search-schema.ts';
import { BATCH_OPERATION, PROCESS_DEFINITION } from './subjects.ts';
import { pathKey, storedKey, wireKey } from './wire-key.ts';
import { PlainText, WireKey } from './wire-schema.ts';

export interface BatchRoutesDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly batches: Batches;
}

/** The filter of `searchProcessInstances`, required: an empty object is every running instance. */
const Filter = (searchSchema(processInstanceSearch).properties as { readonly filter: TSchema }).filter;
type FilterBody = { readonly filter: Readonly<Record<string, unknown>> };

const Created = Type.Object({ batchOperationKey: Type.String(), batchOperationType: Type.String() });
const ByFilter = Type.Object({ filter: required(Filter) }, { additionalProperties: false });
const Migration = Type.Object(
  {
    filter: required(Filter),
    migrationPlan: Type.Object(
      { targetProcessDefinitionKey: WireKey, mappingInstructions: MappingInstructions },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
const Modification = Type.Object(
  {
    filter: required(Filter),
    moveInstructions: Type.Array(
      Type.Object({ sourceElementId: PlainText, targetElementId: PlainText }, { additionalProperties: false }),
      { minItems: 1, maxItems: 1_000 },
    ),
  },
  { additionalProperties: false },
);

/** `POST` on many instances at once, and what becomes of it. */
export function batchRoutes(deps: BatchRoutesDeps): readonly Route[] {
  const { database, definitions, batches } = deps;
  const reader = readerOf(database);

  const create = <S extends TSchema>(
    path: string,
    texts: Route['summary'],
    {
      schema,
      grant,
      planOf,
    }: {
      readonly schema: S;
      /** What may be done with one instance may be done with many. */
      readonly grant: RouteGrant;
      readonly planOf: (body: Static<S>, scope: Scope) => BatchPlan | Promise<BatchPlan>;
    },
  ): Route =>
    route({
      method: 'post',
      path: `/v2/process-instances/${path}`,
      summary: texts,
      access: OPERATE,
      grant: BEGINS_BATCHES,
      body: { kind: 'json', schema },
      response: { status: 200, description: 'Begun; its items are done one after another', schema: Created },
      handler: async ({ body, principal, command }) => {
        const scope = scopeOf(principal, OPERATE, ...grant.any);
        const plan = await planOf(body, scope);
        const { dialect } = database;
        const filter = join(
          [
            ...scopeCondition(dialect, processInstanceSearch, scope),
            ...filterConditions(processInstanceSearch, (body as FilterBody).filter, dialect),
          ],
          'AND',
        );
        const { batchOperationKey } = await batches.create({
          plan,
          filter,
          by: principal.username,
          ...(command === null ? {} : { repeatable: command }),
        });
        return ok({
          batchOperationKey: wireKey(batchOperationKey),
          batchOperationType: OPERATION_TYPES[plan.kind],
        });
      },
    });

  const order = (verb: 'cancellation' | 'suspension' | 'resumption', summary: Route['summary']): Route =>
    route({
      method: 'post',
      path: `/v2/batch-operations/:batchOperationKey/${verb}`,
      summary,
      access: OPERATE,
      grant: ORDERS_BATCHES,
      params: Type.Object({ batchOperationKey: WireKey }),
      body: { kind: 'json', schema: Type.Unsafe<unknown>({}), optional: true },
      response: { status: 204, description: 'Done' },
      // A repeat changes nothing: it is told that the operation is not in that state any more.
      repeatable: false,
      handler: async ({ params }) => {
        const key = pathKey(params.batchOperationKey, BATCH_OPERATION);
        if (verb === 'cancellation') await batches.cancel(key);
        else if (verb === 'suspension') await batches.suspend(key);
        else await batches.resume(key);
        return noContent();
      },
    });

  return [
    create(
      'cancellation',
      { ru: 'Прервать экземпляры', en: 'Cancel process instances' },
      {
        schema: ByFilter,
        grant: CANCELS_INSTANCES,
        planOf: () => ({ kind: 'cancel' }),
      },
    ),
    create(
      'incident-resolution',
      { ru: 'Повторить остановленное', en: 'Resolve the incidents of instances' },
      {
        schema: ByFilter,
        grant: CHANGES_INSTANCES,
        planOf: () => ({ kind: 'resolveIncident' }),
      },
    ),
    create(
      'migration',
      { ru: 'Перевести экземпляры на другую версию', en: 'Migrate process instances' },
      {
        schema: Migration,
        grant: CHANGES_INSTANCES,
        planOf: async ({ migrationPlan }, scope) => {
          const key = storedKey(migrationPlan.targetProcessDefinitionKey);
          // Refused here and not once per instance.
          const { model } = await definitions.execution(key);
          if (!inScope(scope, model.processId)) throw notFound(PROCESS_DEFINITION);
          return { kind: 'migrate', targetProcessDefinitionKey: key, mapping: migrationPlan.mappingInstructions };
        },
      },
    ),
    create(
      'modification',
      { ru: 'Передвинуть экземпляры вручную', en: 'Modify process instances' },
      {
        schema: Modification,
        grant: MODIFIES_INSTANCES,
        planOf: ({ moveInstructions }) => ({ kind: 'move', moves: moveInstructions }),
      },
    ),
    searchRoute({
      database,
      path: '/batch-operations/search',
      summary: { ru: 'Найти пакетные операции', en: 'Search batch operations' },
      access: READ_INSTANCES,
      grant: READS_BATCHES,
      spec: batchSearch,
      item: BatchResult,
      view: (rows) => batchViews(rows),
    }),
    searchRoute({
      database,
      path: '/batch-operation-items/search',
      summary: { ru: 'Найти части пакетных операций', en: 'Search items of batch operations' },
      access: READ_INSTANCES,
      grant: READS_BATCHES,
      spec: batchItemSearch,
      item: BatchItemResult,
      view: (rows) => batchItemViews(rows),
    }),
    route({
      method: 'get',
      path: '/v2/batch-operations/:batchOperationKey',
      summary: { ru: 'Пакетная операция', en: 'Batch operation' },
      access: READ_INSTANCES,
      grant: READS_BATCHES,
      params: Type.Object({ batchOperationKey: WireKey }),
      response: { status: 200, description: 'How far it is', schema: BatchResult },
      handler: async ({ params, scope }) => {
        const row = await findRow(reader, batchByKey, { key: params.batchOperationKey, what: BATCH_OPERATION, scope });
        return ok(batchViews([row])[0]);
      },
    }),
    order('cancellation', { ru: 'Прервать пакетную операцию', en: 'Cancel a batch operation' }),
    order('suspension', { ru: 'Приостановить пакетную операцию', en: 'Suspend a batch operation' }),
    order('resumption', { ru: 'Возобновить пакетную операцию', en: 'Resume a batch operation' }),
  ];
}

/** `searchSchema` makes each part optional; here the filter must be said. */
function required(schema: TSchema): TSchema {
  // Without TypeBox's own marks, one of which says «optional».
  return Type.Unsafe(JSON.parse(JSON.stringify(schema)) as object);
}

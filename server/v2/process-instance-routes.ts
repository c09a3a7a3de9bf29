import { Type } from '@sinclair/typebox';
import { readerOf, type Database } from '../database/connect.ts';
import { notFound } from '../http/refused.ts';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { inScope, type Scope } from '../identity/scope.ts';
import type { Runner } from '../runtime/runner.ts';
import { findRow } from './find-row.ts';
import { IncidentResult, incidentViews, instanceIncidentSearch } from './incident-search.ts';
import { OPERATE, READ_INSTANCES } from './operate-access.ts';
import { ProcessInstanceResult, processInstanceViews } from './process-instance-view.ts';
import { processInstanceSearch } from './process-instance-search.ts';
import { CANCELS_INSTANCES, READS_INSTANCES } from '../identity/route-grants.ts';
import { ElementStatistics, elementStatistics } from './element-statistics.ts';
import { callHierarchy, CallHierarchy, TakenFlows, takenFlows } from './instance-path.ts';
import { PROCESS_INSTANCE } from './subjects.ts';
import { searchRoute } from './search/search-route.ts';
import { pathKey, storedKey } from './wire-key.ts';
import { CommandOptions, orNull, WireKey } from './wire-schema.ts';

const InstanceParams = Type.Object({ processInstanceKey: WireKey });

/** Reading and cancelling; `start-routes.ts` starts. */
export function processInstanceRoutes(deps: {
  readonly database: Database;
  readonly runner: Runner;
}): readonly Route[] {
  const { database, runner } = deps;
  const reader = readerOf(database);
  const find = (key: string, scope: Scope) =>
    findRow(reader, processInstanceSearch, { key, what: PROCESS_INSTANCE, scope });

  return [
    searchRoute({
      database,
      path: '/process-instances/search',
      summary: { ru: 'Найти экземпляры процессов', en: 'Search process instances' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      spec: processInstanceSearch,
      item: ProcessInstanceResult,
      view: (rows) => processInstanceViews(rows),
    }),
    route({
      method: 'get',
      path: '/v2/process-instances/:processInstanceKey',
      summary: { ru: 'Экземпляр процесса', en: 'Process instance' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      params: InstanceParams,
      response: { status: 200, description: 'The instance', schema: ProcessInstanceResult },
      handler: async ({ params, scope }) => ok(processInstanceViews([await find(params.processInstanceKey, scope)])[0]),
    }),
    route({
      method: 'get',
      path: '/v2/process-instances/:processInstanceKey/statistics/element-instances',
      summary: { ru: 'Пройденные и ждущие элементы экземпляра', en: 'Element statistics of a process instance' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      params: InstanceParams,
      response: { status: 200, description: 'Counts by element', schema: ElementStatistics },
      handler: async ({ params, scope }) => {
        await find(params.processInstanceKey, scope);
        return ok({ items: await elementStatistics(reader, storedKey(params.processInstanceKey)) });
      },
    }),
    route({
      method: 'get',
      path: '/v2/process-instances/:processInstanceKey/sequence-flows',
      summary: { ru: 'Пройденные потоки экземпляра', en: 'Sequence flows that an instance has taken' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      params: InstanceParams,
      response: { status: 200, description: 'Each flow once', schema: TakenFlows },
      handler: async ({ params, scope }) => {
        const row = await find(params.processInstanceKey, scope);
        const processInstanceKey = row['process_instance_key'] as number;
        const processDefinitionKey = row['process_definition_key'] as number;
        return ok({
          items: await takenFlows(reader, {
            processInstanceKey,
            processDefinitionKey,
            processId: row['process_id'] as string,
          }),
        });
      },
    }),
    route({
      method: 'get',
      path: '/v2/process-instances/:processInstanceKey/call-hierarchy',
      summary: { ru: 'Кто вызвал экземпляр', en: 'Call hierarchy of a process instance' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      params: InstanceParams,
      response: { status: 200, description: 'The root first, the instance itself last', schema: CallHierarchy },
      handler: async ({ params, scope }) => {
        const row = await find(params.processInstanceKey, scope);
        return ok(await callHierarchy(reader, row['process_instance_key'] as number, scope));
      },
    }),
    searchRoute({
      database,
      path: '/process-instances/:processInstanceKey/incidents/search',
      summary: { ru: 'Инциденты экземпляра', en: 'Incidents of a process instance' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      params: InstanceParams,
      spec: instanceIncidentSearch,
      item: IncidentResult,
      where: async ({ params, scope }) => {
        const row = await find(params['processInstanceKey']!, scope);
        return [
          {
            sql: 'i.bucket = ? AND i.process_instance_key = ?',
            parameters: [row['bucket'] as number, row['process_instance_key'] as number],
          },
        ];
      },
      view: (rows) => incidentViews(rows),
    }),
    route({
      method: 'post',
      path: '/v2/process-instances/:processInstanceKey/cancellation',
      summary: { ru: 'Прервать экземпляр процесса', en: 'Cancel a process instance' },
      access: OPERATE,
      grant: CANCELS_INSTANCES,
      params: InstanceParams,
      body: { kind: 'json', schema: orNull(CommandOptions), optional: true },
      response: { status: 204, description: 'Cancelled' },
      handler: async ({ params, principal, scope, command }) => {
        await runner.run({
          within: (processId) => inScope(scope, processId),
          processInstanceKey: pathKey(params.processInstanceKey, PROCESS_INSTANCE),
          by: principal.username,
          ...(command === null ? {} : { repeatable: command }),
          build: ({ instance }) => {
            if (instance.header.state !== 'active') throw notFound(PROCESS_INSTANCE);
            return { kind: 'cancelInstance', byParent: false };
          },
        });
        return noContent();
      },
    }),
  ];
}

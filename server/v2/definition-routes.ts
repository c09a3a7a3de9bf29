import { Type } from '@sinclair/typebox';
import { readerOf, type Database } from '../database/connect.ts';
import { content, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { type Scope } from '../identity/scope.ts';
import type { Definitions } from '../runtime/definitions.ts';
import {
  DecisionDefinitionResult,
  DecisionRequirementsResult,
  ProcessDefinitionResult,
  decisionDefinitionSearch,
  decisionDefinitionViews,
  decisionRequirementsSearch,
  decisionRequirementsViews,
  processDefinitionSearch,
  processDefinitionViews,
} from './definition-search.ts';
import { definitionStatistics, ElementStatistics } from './element-statistics.ts';
import { findRow } from './find-row.ts';
import { READ_INSTANCES } from './operate-access.ts';
import { processInstanceSearch } from './process-instance-search.ts';
import {
  READS_DECISIONS,
  READS_DECISION_GRAPHS,
  READS_DEFINITIONS,
  READS_INSTANCES,
} from '../identity/route-grants.ts';
import { filterConditions, join } from './search/filter-condition.ts';
import { filtersSchema } from './search/search-schema.ts';
import { startForm } from '../start-forms/start-form.ts';
import { DECISION, DECISION_GRAPH, PROCESS_DEFINITION } from './subjects.ts';
import { searchRoute } from './search/search-route.ts';
import { FormResult, formReply } from './form-view.ts';
import { WireKey } from './wire-schema.ts';

const ProcessParams = Type.Object({ processDefinitionKey: WireKey });

/** Instances of the one version that the address names. */
const instancesOfOne = {
  ...processInstanceSearch,
  filters: Object.fromEntries(
    Object.entries(processInstanceSearch.filters).filter(([name]) => !name.startsWith('processDefinition')),
  ),
};
const StatisticsQuery = Type.Object(
  { filter: Type.Optional(Type.Unsafe<Readonly<Record<string, unknown>>>(filtersSchema(instancesOfOne))) },
  { additionalProperties: false },
);

const XML = { 'content-type': 'text/xml; charset=utf-8' } as const;

export function definitionRoutes(deps: {
  readonly database: Database;
  readonly definitions: Definitions;
}): readonly Route[] {
  const { database, definitions } = deps;
  const reader = readerOf(database);
  const ofKind = (kind: string) => [{ sql: 'd.kind = ? AND d.deleted_at IS NULL', parameters: [kind] }];
  const findProcess = (key: string, scope: Scope) =>
    findRow(reader, processDefinitionSearch, { key, what: PROCESS_DEFINITION, scope, where: ofKind('process') });

  return [
    searchRoute({
      database,
      path: '/process-definitions/search',
      summary: { ru: 'Найти процессы', en: 'Search process definitions' },
      access: READ_INSTANCES,
      grant: READS_DEFINITIONS,
      spec: processDefinitionSearch,
      item: ProcessDefinitionResult,
      where: () => ofKind('process'),
      view: (rows) => processDefinitionViews(rows),
    }),
    route({
      method: 'get',
      path: '/v2/process-definitions/:processDefinitionKey',
      summary: { ru: 'Процесс', en: 'Process definition' },
      access: READ_INSTANCES,
      grant: READS_DEFINITIONS,
      params: ProcessParams,
      response: { status: 200, description: 'The definition', schema: ProcessDefinitionResult },
      handler: async ({ params, scope }) => {
        const row = await findProcess(params.processDefinitionKey, scope);
        const form = await startForm(definitions, row['definition_key'] as number);
        return ok({ ...processDefinitionViews([row])[0], hasStartForm: form !== null });
      },
    }),
    route({
      method: 'get',
      path: '/v2/process-definitions/:processDefinitionKey/xml',
      summary: { ru: 'BPMN процесса', en: 'BPMN XML of a process definition' },
      access: READ_INSTANCES,
      grant: READS_DEFINITIONS,
      params: ProcessParams,
      response: { status: 200, description: 'The file as deployed', contentType: 'text/xml' },
      handler: async ({ params, scope }) => {
        const row = await findProcess(params.processDefinitionKey, scope);
        return content(await definitions.content(row['definition_key'] as number), XML);
      },
    }),
    route({
      method: 'get',
      path: '/v2/process-definitions/:processDefinitionKey/form',
      summary: { ru: 'Стартовая форма процесса', en: 'Start form of a process definition' },
      access: READ_INSTANCES,
      grant: READS_DEFINITIONS,
      params: ProcessParams,
      response: { status: 200, description: 'The form; 204 when the process starts without one', schema: FormResult },
      handler: async ({ params, scope }) => {
        const row = await findProcess(params.processDefinitionKey, scope);
        const start = await startForm(definitions, row['definition_key'] as number);
        return formReply(start === null ? null : start.form);
      },
    }),
    route({
      method: 'post',
      path: '/v2/process-definitions/:processDefinitionKey/statistics/element-instances',
      summary: { ru: 'Сколько экземпляров в каждом элементе', en: 'Element statistics of a process definition' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      params: ProcessParams,
      body: { kind: 'json', schema: StatisticsQuery, optional: true },
      response: { status: 200, description: 'Counts by element', schema: ElementStatistics },
      repeatable: false,
      handler: async ({ params, scope, body: { filter = {} } }) => {
        const row = await findProcess(params.processDefinitionKey, scope);
        const definition = {
          processDefinitionKey: row['definition_key'] as number,
          processId: row['definition_id'] as string,
        };
        const where = join(filterConditions(instancesOfOne, filter, reader.dialect), 'AND');
        return ok({ items: await definitionStatistics(reader, definition, where) });
      },
    }),
    searchRoute({
      database,
      path: '/decision-definitions/search',
      summary: { ru: 'Найти решения', en: 'Search decision definitions' },
      access: READ_INSTANCES,
      grant: READS_DECISIONS,
      spec: decisionDefinitionSearch,
      item: DecisionDefinitionResult,
      where: () => ofKind('decision'),
      view: (rows) => decisionDefinitionViews(rows),
    }),
    route({
      method: 'get',
      path: '/v2/decision-definitions/:decisionDefinitionKey',
      summary: { ru: 'Решение', en: 'Decision definition' },
      access: READ_INSTANCES,
      grant: READS_DECISIONS,
      params: Type.Object({ decisionDefinitionKey: WireKey }),
      response: { status: 200, description: 'The definition', schema: DecisionDefinitionResult },
      handler: async ({ params: { decisionDefinitionKey: key }, scope }) => {
        const row = await findRow(reader, decisionDefinitionSearch, {
          key,
          what: DECISION,
          scope,
          where: ofKind('decision'),
        });
        return ok(decisionDefinitionViews([row])[0]);
      },
    }),
    route({
      method: 'get',
      path: '/v2/decision-definitions/:decisionDefinitionKey/xml',
      summary: { ru: 'DMN решения', en: 'DMN XML of a decision definition' },
      access: READ_INSTANCES,
      grant: READS_DECISIONS,
      params: Type.Object({ decisionDefinitionKey: WireKey }),
      response: { status: 200, description: 'The file as deployed', contentType: 'text/xml' },
      handler: async ({ params: { decisionDefinitionKey: key }, scope }) => {
        const row = await findRow(reader, decisionDefinitionSearch, {
          key,
          what: DECISION,
          scope,
          where: ofKind('decision'),
        });
        await definitions.refresh();
        return content(await definitions.content(row['definition_key'] as number), XML);
      },
    }),
    searchRoute({
      database,
      path: '/decision-requirements/search',
      summary: { ru: 'Найти графы решений', en: 'Search decision requirements' },
      access: READ_INSTANCES,
      grant: READS_DECISION_GRAPHS,
      spec: decisionRequirementsSearch,
      item: DecisionRequirementsResult,
      where: () => ofKind('decisionRequirements'),
      view: (rows) => decisionRequirementsViews(rows),
    }),
    route({
      method: 'get',
      path: '/v2/decision-requirements/:decisionRequirementsKey',
      summary: { ru: 'Граф решений', en: 'Decision requirements' },
      access: READ_INSTANCES,
      grant: READS_DECISION_GRAPHS,
      params: Type.Object({ decisionRequirementsKey: WireKey }),
      response: { status: 200, description: 'The graph', schema: DecisionRequirementsResult },
      handler: async ({ params: { decisionRequirementsKey: key }, scope }) => {
        const where = ofKind('decisionRequirements');
        return ok(
          decisionRequirementsViews([
            await findRow(reader, decisionRequirementsSearch, { key, what: DECISION_GRAPH, scope, where }),
          ])[0],
        );
      },
    }),
    route({
      method: 'get',
      path: '/v2/decision-requirements/:decisionRequirementsKey/xml',
      summary: { ru: 'DMN графа решений', en: 'DMN XML of decision requirements' },
      access: READ_INSTANCES,
      grant: READS_DECISION_GRAPHS,
      params: Type.Object({ decisionRequirementsKey: WireKey }),
      response: { status: 200, description: 'The file as deployed', contentType: 'text/xml' },
      handler: async ({ params: { decisionRequirementsKey: key }, scope }) => {
        const where = ofKind('decisionRequirements');
        const row = await findRow(reader, decisionRequirementsSearch, { key, what: DECISION_GRAPH, scope, where });
        await definitions.refresh();
        return content(await definitions.content(row['definition_key'] as number), XML);
      },
    }),
  ];
}

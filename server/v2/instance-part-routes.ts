import { Type } from '@sinclair/typebox';
import { readerOf, type Database } from '../database/connect.ts';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { type Scope } from '../identity/scope.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { Runner } from '../runtime/runner.ts';
import { ElementInstanceResult, elementInstanceSearch, elementInstanceViews } from './element-instance-search.ts';
import { findRow } from './find-row.ts';
import { IncidentResult, incidentSearch, incidentViews } from './incident-search.ts';
import { OPERATE, READ_INSTANCES, READ_VARIABLES } from './operate-access.ts';
import { CHANGES_INSTANCES, READS_INSTANCES } from '../identity/route-grants.ts';
import { ELEMENT, INCIDENT, VARIABLE } from './subjects.ts';
import { searchRoute } from './search/search-route.ts';
import {
  VariableResult,
  variableListView,
  variableSearch,
  VariableSearchResult,
  variableView,
} from './variable-search.ts';
import { CommandOptions, OperationReference, PlainText, WireKey, WireVariables } from './wire-schema.ts';

const ElementParams = Type.Object({ elementInstanceKey: WireKey });
const IncidentParams = Type.Object({ incidentKey: WireKey });
const Truncation = Type.Object({ truncateValues: Type.Optional(Type.Boolean()) }, { additionalProperties: false });
const SetVariables = Type.Object(
  { variables: WireVariables, local: Type.Optional(Type.Boolean()), operationReference: OperationReference },
  { additionalProperties: false },
);

const ActivateActivities = Type.Object(
  {
    elements: Type.Array(
      Type.Object({ elementId: PlainText, variables: Type.Optional(WireVariables) }, { additionalProperties: false }),
      { minItems: 1, maxItems: 1_000 },
    ),
    cancelRemainingInstances: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

export interface InstancePartRoutesDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly runner: Runner;
}

/** What is inside of instances: element instances, variables, incidents. */
export function instancePartRoutes({ database, definitions, runner }: InstancePartRoutesDeps): readonly Route[] {
  const reader = readerOf(database);
  const findElement = (key: string, scope: Scope) =>
    findRow(reader, elementInstanceSearch, { key, what: ELEMENT, scope });
  const findIncident = (key: string, scope: Scope) => findRow(reader, incidentSearch, { key, what: INCIDENT, scope });

  return [
    searchRoute({
      database,
      path: '/element-instances/search',
      summary: { ru: 'Найти экземпляры элементов', en: 'Search element instances' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      spec: elementInstanceSearch,
      item: ElementInstanceResult,
      view: (rows) => elementInstanceViews(rows, definitions),
    }),
    route({
      method: 'get',
      path: '/v2/element-instances/:elementInstanceKey',
      summary: { ru: 'Экземпляр элемента', en: 'Element instance' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      params: ElementParams,
      response: { status: 200, description: 'The element instance', schema: ElementInstanceResult },
      handler: async ({ params, scope }) =>
        ok((await elementInstanceViews([await findElement(params.elementInstanceKey, scope)], definitions))[0]),
    }),
    route({
      method: 'put',
      path: '/v2/element-instances/:elementInstanceKey/variables',
      summary: { ru: 'Записать переменные', en: 'Update element instance variables' },
      access: OPERATE,
      grant: CHANGES_INSTANCES,
      params: ElementParams,
      body: { kind: 'json', schema: SetVariables },
      response: { status: 204, description: 'Written' },
      handler: async ({ params, body, principal, scope, command }) => {
        const row = await findElement(params.elementInstanceKey, scope);
        const { variables, local = false } = body;
        await runner.run({
          processInstanceKey: row['process_instance_key'] as number,
          by: principal.username,
          ...(command === null ? {} : { repeatable: command }),
          build: () => ({ kind: 'setVariables', scopeKey: row['element_instance_key'] as number, variables, local }),
        });
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/v2/element-instances/ad-hoc-activities/:adHocSubProcessInstanceKey/activation',
      summary: { ru: 'Запустить шаги по выбору', en: 'Activate activities of an ad-hoc sub-process' },
      access: OPERATE,
      grant: CHANGES_INSTANCES,
      params: Type.Object({ adHocSubProcessInstanceKey: WireKey }),
      body: { kind: 'json', schema: ActivateActivities },
      response: { status: 204, description: 'All of them started, or none' },
      handler: async ({ params, body, principal, scope, command }) => {
        const row = await findElement(params.adHocSubProcessInstanceKey, scope);
        const elements = body.elements.map(({ elementId, variables = {} }) => ({ elementId, variables }));
        await runner.run({
          processInstanceKey: row['process_instance_key'] as number,
          by: principal.username,
          ...(command === null ? {} : { repeatable: command }),
          build: () => ({
            kind: 'activateAdHocElements',
            adHocInstanceKey: row['element_instance_key'] as number,
            elements,
            cancelRemaining: body.cancelRemainingInstances ?? false,
          }),
        });
        return noContent();
      },
    }),
    searchRoute({
      database,
      path: '/variables/search',
      summary: { ru: 'Найти переменные', en: 'Search variables' },
      access: READ_VARIABLES,
      grant: READS_INSTANCES,
      query: Truncation,
      spec: variableSearch,
      item: VariableSearchResult,
      view: (rows, { query }) => rows.map((row) => variableListView(row, query['truncateValues'] !== false)),
    }),
    route({
      method: 'get',
      path: '/v2/variables/:variableKey',
      summary: { ru: 'Переменная', en: 'Variable' },
      access: READ_VARIABLES,
      grant: READS_INSTANCES,
      params: Type.Object({ variableKey: WireKey }),
      response: { status: 200, description: 'The variable with its whole value', schema: VariableResult },
      handler: async ({ params, scope }) =>
        ok(variableView(await findRow(reader, variableSearch, { key: params.variableKey, what: VARIABLE, scope }))),
    }),
    searchRoute({
      database,
      path: '/incidents/search',
      summary: { ru: 'Найти инциденты', en: 'Search incidents' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      spec: incidentSearch,
      item: IncidentResult,
      view: (rows) => incidentViews(rows),
    }),
    route({
      method: 'get',
      path: '/v2/incidents/:incidentKey',
      summary: { ru: 'Инцидент', en: 'Incident' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      params: IncidentParams,
      response: { status: 200, description: 'The incident', schema: IncidentResult },
      handler: async ({ params, scope }) => ok(incidentViews([await findIncident(params.incidentKey, scope)])[0]),
    }),
    route({
      method: 'post',
      path: '/v2/incidents/:incidentKey/resolution',
      summary: { ru: 'Разрешить инцидент', en: 'Resolve an incident' },
      access: OPERATE,
      grant: CHANGES_INSTANCES,
      params: IncidentParams,
      body: { kind: 'json', schema: CommandOptions, optional: true },
      response: { status: 204, description: 'Tried again; what is still wrong raises a new incident' },
      handler: async ({ params, principal, scope, command }) => {
        const row = await findIncident(params.incidentKey, scope);
        await runner.run({
          processInstanceKey: row['process_instance_key'] as number,
          by: principal.username,
          ...(command === null ? {} : { repeatable: command }),
          build: () => ({ kind: 'resolveIncident', incidentKey: row['incident_key'] as number }),
        });
        return noContent();
      },
    }),
  ];
}

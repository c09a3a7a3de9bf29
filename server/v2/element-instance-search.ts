import { Type } from '@sinclair/typebox';
import type { ElementType, Key } from '#engine';
import { elementNames } from '../cases/element-names.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { ELEMENT_STATE, INSTANCE_STATES } from './process-instance-search.ts';
import { CONSTANT, TENANT, ofInstance, tenantField, type SearchSpec } from './search/search-spec.ts';
import { wireDate, wireKey } from './wire-key.ts';

/** Camunda's words for our element types. What it has no word for gets the nearest one. */
const WIRE_TYPES = {
  process: 'PROCESS',
  subProcess: 'SUB_PROCESS',
  eventSubProcess: 'EVENT_SUB_PROCESS',
  adHocSubProcess: 'AD_HOC_SUB_PROCESS',
  adHocInnerInstance: 'AD_HOC_SUB_PROCESS_INNER_INSTANCE',
  // A sub-process to whoever looks from outside: it opens a scope, and ends by itself or by its boundary event.
  transaction: 'SUB_PROCESS',
  multiInstanceBody: 'MULTI_INSTANCE_BODY',
  callActivity: 'CALL_ACTIVITY',
  startEvent: 'START_EVENT',
  intermediateCatchEvent: 'INTERMEDIATE_CATCH_EVENT',
  intermediateThrowEvent: 'INTERMEDIATE_THROW_EVENT',
  boundaryEvent: 'BOUNDARY_EVENT',
  endEvent: 'END_EVENT',
  serviceTask: 'SERVICE_TASK',
  receiveTask: 'RECEIVE_TASK',
  userTask: 'USER_TASK',
  manualTask: 'MANUAL_TASK',
  task: 'TASK',
  businessRuleTask: 'BUSINESS_RULE_TASK',
  scriptTask: 'SCRIPT_TASK',
  sendTask: 'SEND_TASK',
  exclusiveGateway: 'EXCLUSIVE_GATEWAY',
  parallelGateway: 'PARALLEL_GATEWAY',
  eventBasedGateway: 'EVENT_BASED_GATEWAY',
  inclusiveGateway: 'INCLUSIVE_GATEWAY',
  // It too waits for as many tokens as the data say, which no other gateway does.
  complexGateway: 'INCLUSIVE_GATEWAY',
} as const;
/** A type without a word does not compile. */
const wireTypes: Readonly<Record<ElementType, string>> = WIRE_TYPES;

/** The other way round; words for what does not exist here are known to the filter and match nothing. */
const ELEMENT_TYPES: Readonly<Record<string, readonly string[]>> = {
  SEQUENCE_FLOW: [],
  UNSPECIFIED: [],
  UNKNOWN: [],
  ...Object.fromEntries(
    Object.values(WIRE_TYPES).map((wire) => [
      wire,
      Object.entries(WIRE_TYPES).flatMap(([type, word]) => (word === wire ? [type] : [])),
    ]),
  ),
};

const OPEN_INCIDENT = `FROM incident i WHERE i.bucket = e.bucket AND i.process_instance_key = e.process_instance_key
  AND i.element_instance_key = e.element_instance_key AND i.ended_at IS NULL`;
const INCIDENT_KEY = `(SELECT min(i.incident_key) ${OPEN_INCIDENT})`;

export const elementInstanceSearch: SearchSpec = {
  scope: { sql: 'p.process_id', partOfInstance: 'e' },
  from: `element_instance e JOIN process_instance p
    ON p.bucket = e.bucket AND p.process_instance_key = e.process_instance_key`,
  select: `e.element_instance_key, e.process_instance_key, e.element_id, e.element_type, e.started_at, e.ended_at,
    ${ELEMENT_STATE} AS state, p.process_definition_key, p.process_id,
    ${INCIDENT_KEY} AS incident_key`,
  key: ['e.bucket', 'e.element_instance_key'],
  filters: {
    elementInstanceKey: { kind: 'key', sql: 'e.element_instance_key', bucket: 'e.bucket', simple: true },
    processInstanceKey: { kind: 'key', sql: 'e.process_instance_key', bucket: 'e.bucket', simple: true },
    elementInstanceScopeKey: {
      kind: 'key',
      sql: 'e.scope_key',
      bucket: 'e.bucket',
      within: ofInstance('e.process_instance_key', 'element_instance', 'process_instance'),
      simple: true,
    },
    processDefinitionKey: { kind: 'key', sql: 'p.process_definition_key', simple: true },
    processDefinitionId: { kind: 'text', sql: 'p.process_id', simple: true, onlyChecked: true },
    elementId: { kind: 'text', sql: 'e.element_id', simple: true },
    state: { kind: 'enum', sql: ELEMENT_STATE, values: INSTANCE_STATES },
    type: { kind: 'enum', sql: 'e.element_type', values: ELEMENT_TYPES, simple: true },
    hasIncident: { kind: 'boolean', sql: `EXISTS (SELECT 1 ${OPEN_INCIDENT})` },
    incidentKey: {
      kind: 'key',
      sql: INCIDENT_KEY,
      bucket: 'e.bucket',
      within: ofInstance('e.process_instance_key', 'incident'),
      simple: true,
    },
    startDate: { kind: 'time', sql: 'e.started_at' },
    endDate: { kind: 'time', sql: 'e.ended_at' },
    tenantId: tenantField,
  },
  sorts: {
    elementInstanceKey: { sql: 'e.element_instance_key', kind: 'number' },
    processInstanceKey: { sql: 'e.process_instance_key', kind: 'number' },
    processDefinitionKey: { sql: 'p.process_definition_key', kind: 'number' },
    processDefinitionId: { sql: 'p.process_id', kind: 'text' },
    startDate: { sql: 'e.started_at', kind: 'number' },
    endDate: { sql: 'e.ended_at', kind: 'number', nullable: true },
    elementId: { sql: 'e.element_id', kind: 'text' },
    type: { sql: 'e.element_type', kind: 'text' },
    state: { sql: ELEMENT_STATE, kind: 'text' },
    incidentKey: { sql: INCIDENT_KEY, kind: 'number', nullable: true },
    tenantId: CONSTANT,
  },
};

export const ElementInstanceResult = Type.Object({
  processDefinitionId: Type.String(),
  startDate: Type.String(),
  endDate: Type.Optional(Type.String()),
  elementId: Type.String(),
  elementName: Type.String(),
  type: Type.Unsafe<string>({ type: 'string', enum: Object.keys(ELEMENT_TYPES) }),
  state: Type.Unsafe<string>({ type: 'string', enum: Object.keys(INSTANCE_STATES) }),
  hasIncident: Type.Boolean(),
  incidentKey: Type.Optional(Type.String()),
  tenantId: Type.String(),
  elementInstanceKey: Type.String(),
  processInstanceKey: Type.String(),
  processDefinitionKey: Type.String(),
});

interface ElementRow {
  readonly element_instance_key: Key;
  readonly process_instance_key: Key;
  readonly process_definition_key: Key;
  readonly process_id: string;
  readonly element_id: string;
  readonly element_type: ElementType;
  readonly state: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly incident_key: Key | null;
}

/** Rows of `elementInstanceSearch`; names come from the models. */
export async function elementInstanceViews(
  rows: readonly Readonly<Record<string, unknown>>[],
  definitions: Definitions,
): Promise<object[]> {
  const elements = rows as readonly unknown[] as readonly ElementRow[];
  const nameOf = await elementNames(
    definitions,
    elements.map((row) => row.process_definition_key),
  );
  return elements.map((row) => ({
    processDefinitionId: row.process_id,
    startDate: wireDate(row.started_at),
    endDate: wireDate(row.ended_at),
    elementId: row.element_id,
    elementName: nameOf(row.process_definition_key, row.element_id),
    type: wireTypes[row.element_type],
    state: row.state.toUpperCase(),
    hasIncident: row.incident_key !== null,
    incidentKey: wireKey(row.incident_key),
    tenantId: TENANT,
    elementInstanceKey: wireKey(row.element_instance_key),
    processInstanceKey: wireKey(row.process_instance_key),
    processDefinitionKey: wireKey(row.process_definition_key),
  }));
}

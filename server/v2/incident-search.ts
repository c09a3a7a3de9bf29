import { Type } from '@sinclair/typebox';
import type { IncidentType } from '#engine';
import { decodeRows } from '../database/write-rows.ts';
import { incidentTable } from '../runtime/instance-tables.ts';
import { CONSTANT, TENANT, ofInstance, tenantField, type SearchSpec } from './search/search-spec.ts';
import { wireDate, wireKey } from './wire-key.ts';

/** Our own kinds of trouble, for which Camunda has no word, are UNKNOWN to its clients; the message says which it is. */
const ERROR_TYPES: Readonly<Record<IncidentType, string>> = {
  IO_MAPPING_ERROR: 'IO_MAPPING_ERROR',
  EXTRACT_VALUE_ERROR: 'EXTRACT_VALUE_ERROR',
  CONDITION_ERROR: 'CONDITION_ERROR',
  JOB_NO_RETRIES: 'JOB_NO_RETRIES',
  UNHANDLED_ERROR_EVENT: 'UNHANDLED_ERROR_EVENT',
  CALLED_ELEMENT_ERROR: 'CALLED_ELEMENT_ERROR',
  CALLED_DECISION_ERROR: 'CALLED_DECISION_ERROR',
  DECISION_EVALUATION_ERROR: 'DECISION_EVALUATION_ERROR',
  FORM_NOT_FOUND: 'FORM_NOT_FOUND',
  STEP_LIMIT_EXCEEDED: 'UNKNOWN',
  DEADLOCK: 'UNKNOWN',
};
const NEVER_HERE: Readonly<Record<string, readonly string[]>> = {
  UNSPECIFIED: [],
  EXECUTION_LISTENER_NO_RETRIES: [],
  TASK_LISTENER_NO_RETRIES: [],
  AD_HOC_SUB_PROCESS_NO_RETRIES: [],
  MESSAGE_SIZE_EXCEEDED: [],
  RESOURCE_NOT_FOUND: [],
};
const ownTypesOf = (wire: string): readonly string[] =>
  Object.entries(ERROR_TYPES).flatMap(([own, to]) => (to === wire ? [own] : []));
const STORED_TYPES: Readonly<Record<string, readonly string[]>> = {
  ...NEVER_HERE,
  ...Object.fromEntries(Object.values(ERROR_TYPES).map((wire) => [wire, ownTypesOf(wire)] as const)),
};

const STATE = `CASE WHEN i.ended_at IS NULL THEN 'ACTIVE' ELSE 'RESOLVED' END`;

export const incidentSearch: SearchSpec = {
  scope: { sql: 'i.process_id', partOfInstance: 'i' },
  from: 'incident i',
  select: 'i.*',
  key: ['i.bucket', 'i.incident_key'],
  filters: {
    incidentKey: { kind: 'key', sql: 'i.incident_key', bucket: 'i.bucket', simple: true },
    processInstanceKey: { kind: 'key', sql: 'i.process_instance_key', bucket: 'i.bucket', simple: true },
    elementInstanceKey: {
      kind: 'key',
      sql: 'i.element_instance_key',
      bucket: 'i.bucket',
      within: ofInstance('i.process_instance_key', 'element_instance'),
      simple: true,
    },
    jobKey: {
      kind: 'key',
      sql: 'i.job_key',
      bucket: 'i.bucket',
      within: ofInstance('i.process_instance_key', 'job'),
      simple: true,
    },
    processDefinitionKey: { kind: 'key', sql: 'i.process_definition_key', simple: true },
    processDefinitionId: { kind: 'text', sql: 'i.process_id', simple: true },
    elementId: { kind: 'text', sql: 'i.element_id', simple: true },
    errorMessage: { kind: 'text', sql: 'i.message', simple: true },
    errorType: { kind: 'enum', sql: 'i.type', values: STORED_TYPES, simple: true },
    state: {
      kind: 'enum',
      sql: STATE,
      values: { ACTIVE: ['ACTIVE'], RESOLVED: ['RESOLVED'], MIGRATED: [], PENDING: [] },
      indexed: { ACTIVE: 'i.ended_at IS NULL' },
      simple: true,
    },
    creationTime: { kind: 'time', sql: 'i.created_at' },
    tenantId: tenantField,
  },
  sorts: {
    incidentKey: { sql: 'i.incident_key', kind: 'number' },
    processDefinitionKey: { sql: 'i.process_definition_key', kind: 'number' },
    processDefinitionId: { sql: 'i.process_id', kind: 'text' },
    processInstanceKey: { sql: 'i.process_instance_key', kind: 'number' },
    errorType: { sql: 'i.type', kind: 'text' },
    elementId: { sql: 'i.element_id', kind: 'text' },
    elementInstanceKey: { sql: 'i.element_instance_key', kind: 'number' },
    creationTime: { sql: 'i.created_at', kind: 'number' },
    state: { sql: STATE, kind: 'text' },
    jobKey: { sql: 'i.job_key', kind: 'number', nullable: true },
    errorMessage: { sql: 'i.message', kind: 'text' },
    tenantId: CONSTANT,
  },
};

/** Of one process instance, which its address names: nothing to filter by. */
export const instanceIncidentSearch: SearchSpec = { ...incidentSearch, filters: {} };

export const IncidentResult = Type.Object({
  incidentKey: Type.String(),
  processDefinitionId: Type.String(),
  errorType: Type.Unsafe<string>({ type: 'string', enum: Object.keys(STORED_TYPES) }),
  errorMessage: Type.String(),
  elementId: Type.String(),
  creationTime: Type.String(),
  state: Type.Union([Type.Literal('ACTIVE'), Type.Literal('RESOLVED')]),
  tenantId: Type.String(),
  processDefinitionKey: Type.String(),
  processInstanceKey: Type.String(),
  elementInstanceKey: Type.String(),
  jobKey: Type.Optional(Type.String()),
});

export function incidentViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(incidentTable, rows).map((row) => ({
    incidentKey: wireKey(row.incident_key),
    processDefinitionId: row.process_id,
    errorType: ERROR_TYPES[row.type as IncidentType] ?? 'UNKNOWN',
    errorMessage: row.message,
    elementId: row.element_id,
    creationTime: wireDate(row.created_at),
    state: row.ended_at === null ? 'ACTIVE' : 'RESOLVED',
    tenantId: TENANT,
    processDefinitionKey: wireKey(row.process_definition_key),
    processInstanceKey: wireKey(row.process_instance_key),
    elementInstanceKey: wireKey(row.element_instance_key),
    jobKey: wireKey(row.job_key),
  }));
}

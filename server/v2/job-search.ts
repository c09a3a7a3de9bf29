import { Type } from '@sinclair/typebox';
import { decodeRows } from '../database/write-rows.ts';
import { jobTable } from '../runtime/instance-tables.ts';
import { CONSTANT, TENANT, ofInstance, tenantField, type SearchSpec } from './search/search-spec.ts';
import { wireDate, wireKey } from './wire-key.ts';

const FAILED_WITH_RETRIES = `j.state = 'FAILED' AND j.retries > 0`;
const STATES = { CREATED: ['CREATED'], COMPLETED: ['COMPLETED'], FAILED: ['FAILED'], CANCELED: ['CANCELED'] };

const NO_LISTENERS = { ASSIGNING: [], CANCELING: [], COMPLETING: [], CREATING: [], END: [], START: [], UPDATING: [] };

export const jobSearch: SearchSpec = {
  scope: { sql: 'j.process_id', partOfInstance: 'j' },
  from: 'job j',
  select: 'j.*',
  key: ['j.bucket', 'j.job_key'],
  filters: {
    jobKey: { kind: 'key', sql: 'j.job_key', bucket: 'j.bucket' },
    processInstanceKey: { kind: 'key', sql: 'j.process_instance_key', bucket: 'j.bucket' },
    elementInstanceKey: {
      kind: 'key',
      sql: 'j.element_instance_key',
      bucket: 'j.bucket',
      within: ofInstance('j.process_instance_key', 'element_instance'),
    },
    processDefinitionKey: { kind: 'key', sql: 'j.process_definition_key' },
    processDefinitionId: { kind: 'text', sql: 'j.process_id' },
    elementId: { kind: 'text', sql: 'j.element_id' },
    type: { kind: 'text', sql: 'j.type' },
    worker: { kind: 'text', sql: 'j.lease_owner' },
    deadline: { kind: 'time', sql: 'j.lease_until' },
    endTime: { kind: 'time', sql: 'j.ended_at' },
    errorMessage: { kind: 'text', sql: 'j.error_message' },
    retries: { kind: 'integer', sql: 'j.retries' },
    hasFailedWithRetriesLeft: { kind: 'boolean', sql: FAILED_WITH_RETRIES },
    state: {
      kind: 'enum',
      sql: 'j.state',
      values: { ...STATES, ERROR_THROWN: ['ERROR_THROWN'], MIGRATED: [], RETRIES_UPDATED: [], TIMED_OUT: [] },
    },
    kind: {
      kind: 'enum',
      sql: `CAST('BPMN_ELEMENT' AS text)`,
      values: { BPMN_ELEMENT: ['BPMN_ELEMENT'], EXECUTION_LISTENER: [], TASK_LISTENER: [], AD_HOC_SUB_PROCESS: [] },
    },
    listenerEventType: {
      kind: 'enum',
      sql: `CAST('UNSPECIFIED' AS text)`,
      values: { UNSPECIFIED: ['UNSPECIFIED'], ...NO_LISTENERS },
    },
    // Only a listener can deny, and there are none.
    isDenied: { kind: 'boolean', sql: '1 = 0' },
    deniedReason: { kind: 'text', sql: 'CAST(NULL AS text)' },
    tenantId: tenantField,
  },
  sorts: {
    jobKey: { sql: 'j.job_key', kind: 'number' },
    processInstanceKey: { sql: 'j.process_instance_key', kind: 'number' },
    elementInstanceKey: { sql: 'j.element_instance_key', kind: 'number' },
    processDefinitionKey: { sql: 'j.process_definition_key', kind: 'number' },
    processDefinitionId: { sql: 'j.process_id', kind: 'text' },
    elementId: { sql: 'j.element_id', kind: 'text' },
    type: { sql: 'j.type', kind: 'text' },
    worker: { sql: 'j.lease_owner', kind: 'text', nullable: true },
    deadline: { sql: 'j.lease_until', kind: 'number', nullable: true },
    endTime: { sql: 'j.ended_at', kind: 'number', nullable: true },
    retries: { sql: 'j.retries', kind: 'number' },
    state: { sql: 'j.state', kind: 'text' },
    errorMessage: { sql: 'j.error_message', kind: 'text', nullable: true },
    kind: CONSTANT,
    listenerEventType: CONSTANT,
    isDenied: CONSTANT,
    deniedReason: CONSTANT,
    tenantId: CONSTANT,
  },
};

export const JobSearchResult = Type.Object({
  jobKey: Type.String(),
  type: Type.String(),
  worker: Type.String(),
  state: Type.String(),
  kind: Type.Literal('BPMN_ELEMENT'),
  listenerEventType: Type.Literal('UNSPECIFIED'),
  retries: Type.Integer(),
  hasFailedWithRetriesLeft: Type.Boolean(),
  deadline: Type.Union([Type.String(), Type.Null()]),
  endTime: Type.Optional(Type.String()),
  errorMessage: Type.Union([Type.String(), Type.Null()]),
  customHeaders: Type.Record(Type.String(), Type.String()),
  elementId: Type.String(),
  elementInstanceKey: Type.String(),
  processDefinitionId: Type.String(),
  processDefinitionKey: Type.String(),
  processInstanceKey: Type.String(),
  tenantId: Type.String(),
});

export function jobViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(jobTable, rows).map((row) => ({
    jobKey: wireKey(row.job_key),
    type: row.type,
    worker: row.lease_owner ?? '',
    state: row.state,
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
    retries: row.retries,
    hasFailedWithRetriesLeft: row.state === 'FAILED' && row.retries > 0,
    deadline: wireDate(row.lease_until) ?? null,
    endTime: wireDate(row.ended_at),
    errorMessage: row.error_message,
    customHeaders: row.headers,
    elementId: row.element_id,
    elementInstanceKey: wireKey(row.element_instance_key),
    processDefinitionId: row.process_id,
    processDefinitionKey: wireKey(row.process_definition_key),
    processInstanceKey: wireKey(row.process_instance_key),
    tenantId: TENANT,
  }));
}

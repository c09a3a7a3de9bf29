import { Type } from '@sinclair/typebox';
import type { TaskForm } from '#engine';
import { decodeRows } from '../database/write-rows.ts';
import { userTaskTable } from '../runtime/instance-tables.ts';
import { filterConditions, join } from './search/filter-condition.ts';
import { filterSchema } from './search/search-schema.ts';
import { TENANT, ofInstance, tenantField, type FilterField, type SearchSpec } from './search/search-spec.ts';
import { variablesFilter } from './process-instance-search.ts';
import { wireDate, wireKey } from './wire-key.ts';

/** States that Camunda passes through while listeners run; we have no listeners, so no task is ever seen in them. */
const PASSING = { CREATING: [], ASSIGNING: [], UPDATING: [], COMPLETING: [], CANCELING: [], FAILED: [] };

/** Whom an open task is offered to; an ended one is offered to nobody. */
const candidate = (kind: 'user' | 'group'): FilterField => {
  const name = { kind: 'text', sql: 'c.name' } as const;
  return {
    kind: 'custom',
    schema: filterSchema(name),
    condition(value: unknown, dialect) {
      const fits = join(filterConditions({ filters: { name } }, { name: value }, dialect), 'AND');
      return {
        sql: `EXISTS (SELECT 1 FROM user_task_candidate c WHERE c.bucket = t.bucket
          AND c.user_task_key = t.user_task_key AND c.kind = '${kind}' AND ${fits.sql})`,
        parameters: fits.parameters,
      };
    },
  };
};

export const userTaskSearch: SearchSpec = {
  scope: { sql: 't.process_id', partOfInstance: 't' },
  from: 'user_task t',
  select: 't.*',
  key: ['t.bucket', 't.user_task_key'],
  filters: {
    userTaskKey: { kind: 'key', sql: 't.user_task_key', bucket: 't.bucket', simple: true },
    processInstanceKey: { kind: 'key', sql: 't.process_instance_key', bucket: 't.bucket', simple: true },
    elementInstanceKey: {
      kind: 'key',
      sql: 't.element_instance_key',
      bucket: 't.bucket',
      within: ofInstance('t.process_instance_key', 'element_instance'),
      simple: true,
    },
    processDefinitionKey: { kind: 'key', sql: 't.process_definition_key', simple: true },
    processDefinitionId: { kind: 'text', sql: 't.process_id', simple: true },
    elementId: { kind: 'text', sql: 't.element_id', simple: true },
    name: { kind: 'text', sql: 't.name', simple: true },
    state: {
      kind: 'enum',
      sql: 't.state',
      values: { CREATED: ['CREATED'], COMPLETED: ['COMPLETED'], CANCELED: ['CANCELED'], ...PASSING },
      // An open task has no end; `user_task_open_by_key` and `user_task_canceled` know no more than this.
      indexed: { CREATED: 't.ended_at IS NULL', CANCELED: "t.state = 'CANCELED'" },
    },
    assignee: { kind: 'text', sql: 't.assignee' },
    priority: { kind: 'integer', sql: 't.priority' },
    candidateGroup: candidate('group'),
    candidateUser: candidate('user'),
    creationDate: { kind: 'time', sql: 't.created_at' },
    completionDate: { kind: 'time', sql: 't.ended_at' },
    followUpDate: { kind: 'time', sql: 't.follow_up_at' },
    dueDate: { kind: 'time', sql: 't.due_at' },
    processInstanceVariables: variablesFilter('t'),
    localVariables: variablesFilter('t', 'v.scope_key = t.element_instance_key'),
    tenantId: tenantField,
  },
  sorts: {
    creationDate: { sql: 't.created_at', kind: 'number' },
    completionDate: { sql: 't.ended_at', kind: 'number', nullable: true },
    followUpDate: { sql: 't.follow_up_at', kind: 'number', nullable: true },
    dueDate: { sql: 't.due_at', kind: 'number', nullable: true },
    priority: { sql: 't.priority', kind: 'number' },
    name: { sql: 't.name', kind: 'text' },
  },
};

export const UserTaskResult = Type.Object({
  userTaskKey: Type.String(),
  name: Type.String(),
  state: Type.Union([Type.Literal('CREATED'), Type.Literal('COMPLETED'), Type.Literal('CANCELED')]),
  assignee: Type.Optional(Type.String()),
  candidateUsers: Type.Array(Type.String()),
  candidateGroups: Type.Array(Type.String()),
  elementId: Type.String(),
  elementInstanceKey: Type.String(),
  processDefinitionId: Type.String(),
  processDefinitionVersion: Type.Integer(),
  processDefinitionKey: Type.String(),
  processInstanceKey: Type.String(),
  processName: Type.String(),
  creationDate: Type.String(),
  completionDate: Type.Optional(Type.String()),
  followUpDate: Type.Optional(Type.String()),
  dueDate: Type.Optional(Type.String()),
  priority: Type.Integer(),
  customHeaders: Type.Record(Type.String(), Type.String()),
  formKey: Type.Optional(Type.String()),
  tenantId: Type.String(),
});

export function userTaskViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(userTaskTable, rows).map((row) => ({
    userTaskKey: wireKey(row.user_task_key),
    name: row.name || row.element_id,
    state: row.state,
    assignee: row.assignee ?? undefined,
    candidateUsers: row.candidate_users,
    candidateGroups: row.candidate_groups,
    elementId: row.element_id,
    elementInstanceKey: wireKey(row.element_instance_key),
    processDefinitionId: row.process_id,
    processDefinitionVersion: row.definition_version,
    processDefinitionKey: wireKey(row.process_definition_key),
    processInstanceKey: wireKey(row.process_instance_key),
    processName: row.process_name,
    creationDate: wireDate(row.created_at),
    completionDate: wireDate(row.ended_at),
    followUpDate: wireDate(row.follow_up_at),
    dueDate: wireDate(row.due_at),
    priority: row.priority,
    customHeaders: row.headers,
    formKey: wireKey((row.form as TaskForm | null)?.formKey ?? null),
    tenantId: TENANT,
  }));
}

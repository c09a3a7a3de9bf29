import { Type } from '@sinclair/typebox';
import { likeText, type Condition } from '../user-tasks/task-visibility.ts';
import { join, filterConditions } from './search/filter-condition.ts';
import { filterSchema } from './search/search-schema.ts';
import { CONSTANT, tenantField, type FilterField, type SearchSpec, type Within } from './search/search-spec.ts';

/** A called instance is of the same tree as its caller. */
const ROOT_OF_INSTANCE: Within = {
  column: 'p.root_process_instance_key',
  owners: [
    {
      select: 'SELECT o.root_process_instance_key FROM process_instance o',
      bucket: 'o.bucket',
      key: 'o.process_instance_key',
    },
  ],
};
const ROOT_OF_ELEMENT: Within = {
  column: 'p.root_process_instance_key',
  owners: [
    {
      select: `SELECT o.root_process_instance_key FROM element_instance caller JOIN process_instance o
        ON o.bucket = caller.bucket AND o.process_instance_key = caller.process_instance_key`,
      bucket: 'caller.bucket',
      key: 'caller.element_instance_key',
    },
  ],
};

const HAS_INCIDENT = `EXISTS (SELECT 1 FROM incident i WHERE i.bucket = p.bucket
  AND i.process_instance_key = p.process_instance_key AND i.ended_at IS NULL)`;

/** An element that has done its work and waits for its children is still active to the outside. */
export const ELEMENT_STATE = `CASE WHEN e.ended_at IS NULL THEN 'active' ELSE e.state END`;
const ELEMENT_HAS_INCIDENT = `EXISTS (SELECT 1 FROM incident i WHERE i.bucket = e.bucket
  AND i.process_instance_key = e.process_instance_key AND i.element_instance_key = e.element_instance_key
  AND i.ended_at IS NULL)`;
const HAS_RETRIES_LEFT = `EXISTS (SELECT 1 FROM job j WHERE j.bucket = p.bucket
  AND j.process_instance_key = p.process_instance_key AND j.ended_at IS NULL AND j.state = 'FAILED' AND j.retries > 0)`;

const variable = { value: { kind: 'text', sql: 'v.value' } } as const satisfies Readonly<Record<string, FilterField>>;
const VariableFilter = Type.Object(
  { name: Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$' }), value: filterSchema(variable.value) },
  { additionalProperties: false },
);

/** Every one of the variables must have its value (of those that fit `only`), compared as JSON text: `"\"Анна\""`, `"42"`. */
export const variablesFilter = (table: 'p' | 't', only = '1 = 1'): FilterField => ({
  kind: 'custom',
  schema: Type.Array(VariableFilter, { maxItems: 20 }),
  condition(values: readonly { readonly name: string; readonly value: unknown }[], dialect) {
    const each = values.map(({ name, value }): Condition => {
      const fits = join(filterConditions({ filters: variable }, { value }, dialect), 'AND');
      return {
        sql: `EXISTS (SELECT 1 FROM variable v WHERE v.bucket = ${table}.bucket
          AND v.process_instance_key = ${table}.process_instance_key AND v.name = ? AND ${only} AND ${fits.sql})`,
        parameters: [name, ...fits.parameters],
      };
    });
    return join(each, 'AND');
  },
});

/** All tags must be there. Tags are plain ASCII words, so their JSON text is unique in the column. */
const tags: FilterField = {
  kind: 'custom',
  schema: Type.Array(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_:.-]{0,99}$' }), { maxItems: 10 }),
  condition: (values: readonly string[]) =>
    join(
      values.map((tag) => ({ sql: `p.tags LIKE ? ESCAPE '!'`, parameters: [`%${likeText(JSON.stringify(tag))}%`] })),
      'AND',
    ),
};

export const INSTANCE_STATES = { ACTIVE: ['active'], COMPLETED: ['completed'], TERMINATED: ['terminated'] } as const;

export const processInstanceSearch: SearchSpec = {
  scope: { sql: 'p.process_id', partOfInstance: 'p' },
  from: 'process_instance p',
  select: `p.*, CASE WHEN ${HAS_INCIDENT} THEN 1 ELSE 0 END AS has_incident`,
  key: ['p.bucket', 'p.process_instance_key'],
  anyOf: true,
  filters: {
    processInstanceKey: { kind: 'key', sql: 'p.process_instance_key', bucket: 'p.bucket' },
    parentProcessInstanceKey: {
      kind: 'key',
      sql: 'p.parent_process_instance_key',
      bucket: 'p.bucket',
      within: ROOT_OF_INSTANCE,
    },
    parentElementInstanceKey: {
      kind: 'key',
      sql: 'p.parent_element_instance_key',
      bucket: 'p.bucket',
      within: ROOT_OF_ELEMENT,
    },
    processDefinitionId: { kind: 'text', sql: 'p.process_id' },
    processDefinitionName: { kind: 'text', sql: 'p.process_name' },
    processDefinitionVersion: { kind: 'integer', sql: 'p.definition_version' },
    processDefinitionVersionTag: { kind: 'text', sql: 'p.version_tag' },
    processDefinitionKey: { kind: 'key', sql: 'p.process_definition_key' },
    startDate: { kind: 'time', sql: 'p.started_at' },
    endDate: { kind: 'time', sql: 'p.ended_at' },
    state: { kind: 'enum', sql: 'p.state', values: INSTANCE_STATES },
    hasIncident: { kind: 'boolean', sql: HAS_INCIDENT },
    tenantId: tenantField,
    variables: variablesFilter('p'),
    tags,
    elementId: { kind: 'text', sql: 'e.element_id', group: 'element' },
    elementInstanceState: { kind: 'enum', sql: ELEMENT_STATE, values: INSTANCE_STATES, group: 'element' },
    hasElementInstanceIncident: { kind: 'boolean', sql: ELEMENT_HAS_INCIDENT, group: 'element' },
    errorMessage: { kind: 'text', sql: 'i.message', group: 'incident' },
    hasRetriesLeft: { kind: 'boolean', sql: HAS_RETRIES_LEFT },
  },
  groups: {
    element: `element_instance e WHERE e.bucket = p.bucket
      AND e.process_instance_key = p.process_instance_key`,
    incident: `incident i WHERE i.bucket = p.bucket AND i.process_instance_key = p.process_instance_key
      AND i.ended_at IS NULL`,
  },
  sorts: {
    processInstanceKey: { sql: 'p.process_instance_key', kind: 'number' },
    processDefinitionId: { sql: 'p.process_id', kind: 'text' },
    processDefinitionName: { sql: 'p.process_name', kind: 'text' },
    processDefinitionVersion: { sql: 'p.definition_version', kind: 'number' },
    processDefinitionVersionTag: { sql: 'p.version_tag', kind: 'text', nullable: true },
    processDefinitionKey: { sql: 'p.process_definition_key', kind: 'number' },
    parentProcessInstanceKey: { sql: 'p.parent_process_instance_key', kind: 'number', nullable: true },
    parentElementInstanceKey: { sql: 'p.parent_element_instance_key', kind: 'number', nullable: true },
    startDate: { sql: 'p.started_at', kind: 'number' },
    endDate: { sql: 'p.ended_at', kind: 'number', nullable: true },
    state: { sql: 'p.state', kind: 'text' },
    hasIncident: { sql: `CASE WHEN ${HAS_INCIDENT} THEN 1 ELSE 0 END`, kind: 'number' },
    tenantId: CONSTANT,
  },
};

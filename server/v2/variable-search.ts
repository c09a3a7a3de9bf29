import { Type } from '@sinclair/typebox';
import type { Key } from '#engine';
import { CONSTANT, TENANT, ofInstance, tenantField, type SearchSpec } from './search/search-spec.ts';
import { wireKey } from './wire-key.ts';

/** Camunda's limit for values in a list; the whole value is one `getVariable` away. */
const SHOWN_IN_LIST = 8_191;

const sorts: SearchSpec['sorts'] = {
  name: { sql: 'v.name', kind: 'text' },
  variableKey: { sql: 'v.variable_key', kind: 'number' },
  scopeKey: { sql: 'v.scope_key', kind: 'number' },
  processInstanceKey: { sql: 'v.process_instance_key', kind: 'number' },
  value: { sql: 'v.value', kind: 'text' },
  tenantId: CONSTANT,
};

/** Values are compared as the JSON text they are stored as. */
export const variableSearch: SearchSpec = {
  scope: {
    sql: `(SELECT r.process_id FROM process_instance r
      WHERE r.bucket = v.bucket AND r.process_instance_key = v.process_instance_key)`,
    partOfInstance: 'v',
  },
  from: 'variable v',
  select: 'v.variable_key, v.scope_key, v.process_instance_key, v.name, v.value',
  key: ['v.bucket', 'v.variable_key'],
  filters: {
    name: { kind: 'text', sql: 'v.name' },
    value: { kind: 'text', sql: 'v.value' },
    variableKey: { kind: 'key', sql: 'v.variable_key', bucket: 'v.bucket' },
    scopeKey: {
      kind: 'key',
      sql: 'v.scope_key',
      bucket: 'v.bucket',
      within: ofInstance('v.process_instance_key', 'element_instance', 'process_instance'),
    },
    processInstanceKey: { kind: 'key', sql: 'v.process_instance_key', bucket: 'v.bucket' },
    isTruncated: { kind: 'boolean', sql: `length(v.value) > ${SHOWN_IN_LIST}` },
    tenantId: { ...tenantField, simple: true } as SearchSpec['filters'][string],
  },
  sorts,
};

/** Of one task: what its element sees, each name from the innermost scope that has it. */
export const taskVariableSearch: SearchSpec = {
  ...variableSearch,
  filters: { name: { kind: 'text', sql: 'v.name' } },
};

export const VariableSearchResult = Type.Object({
  name: Type.String(),
  value: Type.String({ description: 'JSON text' }),
  isTruncated: Type.Boolean(),
  tenantId: Type.String(),
  variableKey: Type.String(),
  scopeKey: Type.String(),
  processInstanceKey: Type.String(),
});

export const VariableResult = Type.Omit(VariableSearchResult, ['isTruncated']);

interface VariableRow {
  readonly variable_key: Key;
  readonly scope_key: Key;
  readonly process_instance_key: Key;
  readonly name: string;
  readonly value: string;
}

export function variableView(row: Readonly<Record<string, unknown>>): object {
  const { variable_key, scope_key, process_instance_key, name, value } = row as unknown as VariableRow;
  return {
    name,
    value,
    tenantId: TENANT,
    variableKey: wireKey(variable_key),
    scopeKey: wireKey(scope_key),
    processInstanceKey: wireKey(process_instance_key),
  };
}

export function variableListView(row: Readonly<Record<string, unknown>>, truncate: boolean): object {
  const value = row['value'] as string;
  const isTruncated = truncate && value.length > SHOWN_IN_LIST;
  return { ...variableView({ ...row, value: isTruncated ? value.slice(0, SHOWN_IN_LIST) : value }), isTruncated };
}

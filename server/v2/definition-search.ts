import { Type } from '@sinclair/typebox';
import { decodeRows } from '../database/write-rows.ts';
import { definitionTable } from '../runtime/definition-tables.ts';
import { CONSTANT, TENANT, tenantField, type FilterField, type SearchSpec } from './search/search-spec.ts';
import { wireKey } from './wire-key.ts';

const tenant = { ...tenantField, simple: true } as FilterField;
const IS_LATEST = `d.version = (SELECT max(l.version) FROM definition l WHERE l.kind = d.kind AND l.definition_id = d.definition_id
  AND l.deleted_at IS NULL)`;

export const processDefinitionSearch: SearchSpec = {
  scope: { sql: 'd.definition_id' },
  from: 'definition d',
  select: 'd.*',
  key: ['d.definition_key'],
  filters: {
    processDefinitionKey: { kind: 'key', sql: 'd.definition_key', simple: true },
    processDefinitionId: { kind: 'text', sql: 'd.definition_id' },
    name: { kind: 'text', sql: 'd.name' },
    resourceName: { kind: 'text', sql: 'd.resource_name', simple: true },
    version: { kind: 'integer', sql: 'd.version', simple: true },
    versionTag: { kind: 'text', sql: 'd.version_tag', simple: true },
    isLatestVersion: { kind: 'boolean', sql: IS_LATEST },
    tenantId: tenant,
  },
  sorts: {
    processDefinitionKey: { sql: 'd.definition_key', kind: 'number' },
    processDefinitionId: { sql: 'd.definition_id', kind: 'text' },
    name: { sql: 'd.name', kind: 'text' },
    resourceName: { sql: 'd.resource_name', kind: 'text' },
    version: { sql: 'd.version', kind: 'number' },
    versionTag: { sql: 'd.version_tag', kind: 'text', nullable: true },
    tenantId: CONSTANT,
  },
};

export const ProcessDefinitionResult = Type.Object({
  name: Type.String(),
  resourceName: Type.String(),
  version: Type.Integer(),
  versionTag: Type.Optional(Type.String()),
  processDefinitionId: Type.String(),
  tenantId: Type.String(),
  processDefinitionKey: Type.String(),
  /** Only where one definition is read: it is told by the compiled model. */
  hasStartForm: Type.Optional(Type.Boolean()),
});

export function processDefinitionViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(definitionTable, rows).map((row) => ({
    name: row.name || row.definition_id,
    resourceName: row.resource_name,
    version: row.version,
    versionTag: row.version_tag ?? undefined,
    processDefinitionId: row.definition_id,
    tenantId: TENANT,
    processDefinitionKey: wireKey(row.definition_key),
  }));
}

/** The graph of a decision: the definition of the same file. */
const GRAPH = `(SELECT g.definition_key FROM definition g WHERE g.resource_key = d.resource_key AND g.kind = 'decisionRequirements')`;

export const decisionDefinitionSearch: SearchSpec = {
  scope: { sql: 'd.definition_id' },
  from: 'definition d',
  select: `d.*, ${GRAPH} AS graph_key`,
  key: ['d.definition_key'],
  filters: {
    decisionDefinitionKey: { kind: 'key', sql: 'd.definition_key', simple: true },
    decisionDefinitionId: { kind: 'text', sql: 'd.definition_id', simple: true },
    name: { kind: 'text', sql: 'd.name', simple: true },
    version: { kind: 'integer', sql: 'd.version', simple: true },
    decisionRequirementsId: { kind: 'text', sql: 'd.requirements_id', simple: true },
    decisionRequirementsKey: { kind: 'key', sql: GRAPH, simple: true },
    tenantId: tenant,
  },
  sorts: {
    decisionDefinitionKey: { sql: 'd.definition_key', kind: 'number' },
    decisionDefinitionId: { sql: 'd.definition_id', kind: 'text' },
    name: { sql: 'd.name', kind: 'text' },
    version: { sql: 'd.version', kind: 'number' },
    decisionRequirementsId: { sql: 'd.requirements_id', kind: 'text', nullable: true },
    decisionRequirementsKey: { sql: GRAPH, kind: 'number', nullable: true },
    tenantId: CONSTANT,
  },
};

export const DecisionDefinitionResult = Type.Object({
  decisionDefinitionId: Type.String(),
  name: Type.String(),
  version: Type.Integer(),
  decisionRequirementsId: Type.String(),
  tenantId: Type.String(),
  decisionDefinitionKey: Type.String(),
  decisionRequirementsKey: Type.String(),
});

export function decisionDefinitionViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(definitionTable, rows).map((row, at) => ({
    decisionDefinitionId: row.definition_id,
    name: row.name || row.definition_id,
    version: row.version,
    decisionRequirementsId: row.requirements_id ?? undefined,
    tenantId: TENANT,
    decisionDefinitionKey: wireKey(row.definition_key),
    decisionRequirementsKey: wireKey(rows[at]!['graph_key'] as number | null),
  }));
}

export const decisionRequirementsSearch: SearchSpec = {
  scope: { sql: 'd.definition_id' },
  from: 'definition d',
  select: 'd.*',
  key: ['d.definition_key'],
  filters: {
    decisionRequirementsKey: { kind: 'key', sql: 'd.definition_key', simple: true },
    decisionRequirementsId: { kind: 'text', sql: 'd.definition_id', simple: true },
    decisionRequirementsName: { kind: 'text', sql: 'd.name', simple: true },
    version: { kind: 'integer', sql: 'd.version', simple: true },
    resourceName: { kind: 'text', sql: 'd.resource_name', simple: true },
    tenantId: tenant,
  },
  sorts: {
    decisionRequirementsKey: { sql: 'd.definition_key', kind: 'number' },
    decisionRequirementsId: { sql: 'd.definition_id', kind: 'text' },
    decisionRequirementsName: { sql: 'd.name', kind: 'text' },
    version: { sql: 'd.version', kind: 'number' },
    tenantId: CONSTANT,
  },
};

export const DecisionRequirementsResult = Type.Object({
  decisionRequirementsId: Type.String(),
  decisionRequirementsName: Type.String(),
  version: Type.Integer(),
  resourceName: Type.String(),
  tenantId: Type.String(),
  decisionRequirementsKey: Type.String(),
});

export function decisionRequirementsViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(definitionTable, rows).map((row) => ({
    decisionRequirementsId: row.definition_id,
    decisionRequirementsName: row.name || row.definition_id,
    version: row.version,
    resourceName: row.resource_name,
    tenantId: TENANT,
    decisionRequirementsKey: wireKey(row.definition_key),
  }));
}

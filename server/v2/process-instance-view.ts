import { Type } from '@sinclair/typebox';
import { decodeRows } from '../database/write-rows.ts';
import { processInstanceTable } from '../runtime/instance-tables.ts';
import { TENANT } from './search/search-spec.ts';
import { wireDate, wireKey } from './wire-key.ts';

export const ProcessInstanceResult = Type.Object({
  processDefinitionId: Type.String(),
  processDefinitionName: Type.String(),
  processDefinitionVersion: Type.Integer(),
  processDefinitionVersionTag: Type.Optional(Type.String()),
  startDate: Type.String(),
  endDate: Type.Optional(Type.String()),
  state: Type.Union([Type.Literal('ACTIVE'), Type.Literal('COMPLETED'), Type.Literal('TERMINATED')]),
  /** Of this very instance; a called instance tells its own. */
  hasIncident: Type.Boolean(),
  tenantId: Type.String(),
  processInstanceKey: Type.String(),
  processDefinitionKey: Type.String(),
  parentProcessInstanceKey: Type.Optional(Type.String()),
  parentElementInstanceKey: Type.Optional(Type.String()),
  tags: Type.Array(Type.String()),
});

/** Rows of `processInstanceSearch`. */
export function processInstanceViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(processInstanceTable, rows).map((row, at) => {
    // Undefined leaves a field out of the JSON: the API's schemas do not know null in these places.
    return {
      processDefinitionId: row.process_id,
      processDefinitionName: row.process_name || row.process_id,
      processDefinitionVersion: row.definition_version,
      processDefinitionVersionTag: row.version_tag ?? undefined,
      startDate: wireDate(row.started_at),
      endDate: wireDate(row.ended_at),
      state: row.state.toUpperCase(),
      hasIncident: Number(rows[at]!['has_incident']) === 1,
      tenantId: TENANT,
      processInstanceKey: wireKey(row.process_instance_key),
      processDefinitionKey: wireKey(row.process_definition_key),
      parentProcessInstanceKey: wireKey(row.parent_process_instance_key),
      parentElementInstanceKey: wireKey(row.parent_element_instance_key),
      tags: row.tags,
    };
  });
}

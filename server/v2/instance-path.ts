import { Type } from '@sinclair/typebox';
import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { inScope, type Scope } from '../identity/scope.ts';
import { TENANT } from './search/search-spec.ts';
import { wireKey } from './wire-key.ts';

export const CallHierarchy = Type.Array(
  Type.Object({
    processInstanceKey: Type.String(),
    processDefinitionKey: Type.String(),
    processDefinitionName: Type.String(),
  }),
);

/** The instance and those that called it, the root first, as far as the asker may see them. Calls are at most 20 deep. */
export async function callHierarchy(
  executor: Executor,
  processInstanceKey: Key,
  scope: Scope,
): Promise<readonly object[]> {
  const rows = await queryRows<{ key: Key; definition: Key; name: string; id: string }>(
    executor,
    `WITH RECURSIVE chain (instance_key, depth) AS (
       SELECT CAST(? AS BIGINT), 0
       UNION ALL
       SELECT p.parent_process_instance_key, c.depth + 1 FROM chain c
       JOIN process_instance p ON p.bucket = ? AND p.process_instance_key = c.instance_key
       WHERE p.parent_process_instance_key IS NOT NULL AND c.depth < 100
     )
     SELECT p.process_instance_key AS key, p.process_definition_key AS definition, p.process_name AS name, p.process_id AS id
     FROM chain c JOIN process_instance p ON p.bucket = ? AND p.process_instance_key = c.instance_key
     ORDER BY c.depth DESC`,
    [processInstanceKey, bucketOf(processInstanceKey), bucketOf(processInstanceKey)],
  );
  const seen = rows.filter(({ id }) => inScope(scope, id));
  return seen.map(({ key, definition, name, id }) => ({
    processInstanceKey: wireKey(key),
    processDefinitionKey: wireKey(definition),
    processDefinitionName: name || id,
  }));
}

export const TakenFlows = Type.Object({
  items: Type.Array(
    Type.Object({
      sequenceFlowId: Type.String(),
      elementId: Type.String(),
      processInstanceKey: Type.String(),
      processDefinitionKey: Type.String(),
      processDefinitionId: Type.String(),
      tenantId: Type.String(),
    }),
  ),
});

/** The sequence flows that the instance has passed, each once, in the order of their first time. */
export async function takenFlows(
  executor: Executor,
  instance: { readonly processInstanceKey: Key; readonly processDefinitionKey: Key; readonly processId: string },
): Promise<readonly object[]> {
  const { processInstanceKey, processDefinitionKey, processId } = instance;
  const rows = await queryRows<{ event: string }>(
    executor,
    `SELECT event FROM history_event WHERE bucket = ? AND process_instance_key = ? AND kind = 'sequenceFlowTaken' ORDER BY sequence`,
    [bucketOf(processInstanceKey), processInstanceKey],
  );
  const flowIds = new Set(rows.map(({ event }) => (JSON.parse(event) as { readonly flowId: string }).flowId));
  return [...flowIds].map((elementId) => ({
    sequenceFlowId: `${processInstanceKey}_${elementId}`,
    elementId,
    processInstanceKey: wireKey(processInstanceKey),
    processDefinitionKey: wireKey(processDefinitionKey),
    processDefinitionId: processId,
    tenantId: TENANT,
  }));
}

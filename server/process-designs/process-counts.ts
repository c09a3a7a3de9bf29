import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

export interface RunningCount {
  readonly processId: string;
  readonly processDefinitionKey: Key;
  readonly running: number;
}

/** Instances that go on, by version; of one process when given. */
export async function countRunning(executor: Executor, processId?: string): Promise<readonly RunningCount[]> {
  const rows = await queryRows<{ process_id: string; process_definition_key: Key; running: number }>(
    executor,
    `SELECT process_id, process_definition_key, count(*) AS running FROM process_instance
     WHERE ${processId === undefined ? '' : 'process_id = ? AND '}state = 'active'
     GROUP BY process_id, process_definition_key`,
    processId === undefined ? [] : [processId],
  );
  return rows.map((row) => ({
    processId: row.process_id,
    processDefinitionKey: row.process_definition_key,
    running: Number(row.running),
  }));
}

/** Who deployed what, by deployment: the name of the account, or the login where there is none any more. */
export async function deployerNames(
  executor: Executor,
  deploymentKeys: readonly Key[],
): Promise<ReadonlyMap<Key, string>> {
  const rows = await queryRows<{ deployment_key: Key; name: string }>(
    executor,
    `SELECT d.deployment_key, coalesce(u.name, d.created_by) AS name
     FROM deployment d LEFT JOIN app_user u ON u.username = d.created_by
     WHERE d.created_by IS NOT NULL AND d.deployment_key IN (${executor.dialect.listFromJson('key')})`,
    [JSON.stringify(deploymentKeys)],
  );
  return new Map(rows.map((row) => [row.deployment_key, row.name]));
}

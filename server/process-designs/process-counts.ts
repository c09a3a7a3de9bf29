import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

/** Instances that go on, by process: an index alone knows. */
export async function countRunning(executor: Executor): Promise<ReadonlyMap<string, number>> {
  const rows = await queryRows<{ process_id: string; running: number }>(
    executor,
    "SELECT process_id, count(*) AS running FROM process_instance WHERE state = 'active' GROUP BY process_id",
  );
  return new Map(rows.map((row) => [row.process_id, Number(row.running)]));
}

/** Those of one process, by version. */
export async function countRunningVersions(executor: Executor, processId: string): Promise<ReadonlyMap<Key, number>> {
  const rows = await queryRows<{ process_definition_key: Key; running: number }>(
    executor,
    `SELECT process_definition_key, count(*) AS running FROM process_instance
     WHERE process_id = ? AND state = 'active' GROUP BY process_definition_key`,
    [processId],
  );
  return new Map(rows.map((row) => [row.process_definition_key, Number(row.running)]));
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

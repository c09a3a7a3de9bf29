import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { DeployedFile } from './read-resource.ts';

/** Files as they were deployed, by the keys of their resources. */
export async function findStoredFiles(
  executor: Executor,
  resourceKeys: readonly Key[],
): Promise<ReadonlyMap<Key, DeployedFile>> {
  const rows = await queryRows<{ resource_key: Key; name: string; content: string }>(
    executor,
    `SELECT resource_key, name, content FROM deployed_resource WHERE resource_key IN (${executor.dialect.listFromJson('key')})`,
    [JSON.stringify(resourceKeys)],
  );
  return new Map(rows.map(({ resource_key, name, content }) => [resource_key, { name, content }]));
}

import { bucketOf, type Key } from '#engine';
import { queryRows, readerOf, type Database } from '../database/connect.ts';

const OWNERS = { columns: { bucket: 'smallint', process_instance_key: 'key' } } as const;

/** Tags of process instances by key: one query however many. */
export async function readTags(database: Database, keys: readonly Key[]): Promise<ReadonlyMap<Key, readonly string[]>> {
  if (keys.length === 0) return new Map();
  const owners = [...new Set(keys)].map((key) => ({ bucket: bucketOf(key), process_instance_key: key }));
  const rows = await queryRows<{ key: Key; tags: string }>(
    readerOf(database),
    `SELECT p.process_instance_key AS key, p.tags FROM ${database.dialect.rowsFromJson(OWNERS, 'o', owners.length)} JOIN process_instance p
       ON p.bucket = o.bucket AND p.process_instance_key = o.process_instance_key`,
    [JSON.stringify(owners)],
  );
  return new Map(rows.map(({ key, tags }) => [key, JSON.parse(tags) as readonly string[]]));
}

import type { Key } from '#engine';
import { queryRows } from '../database/connect.ts';
import type { Transaction } from '../database/transaction.ts';
import type { Catalog, Definition } from '../runtime/catalog.ts';
import type { FileReading } from './read-resource.ts';

/** Which DMN file was read with which, as `resource imported`. */
export async function storedImports(tx: Transaction): Promise<ReadonlySet<string>> {
  const rows = await queryRows<{ resource_key: Key; imported_resource_key: Key }>(
    tx,
    'SELECT resource_key, imported_resource_key FROM resource_import',
  );
  return new Set(rows.map((row) => `${row.resource_key} ${row.imported_resource_key}`));
}

/** Files that keep their versions, with the definitions that stand for them. */
export function standingDefinitions(
  files: readonly FileReading[],
  catalog: Catalog,
  imports: ReadonlySet<string>,
): ReadonlyMap<FileReading, readonly Definition[]> {
  const unchanged = new Map<FileReading, readonly Definition[]>();
  for (const file of files) {
    const latest = file.defines.map(({ kind, id }) => catalog.latest(kind, id));
    const same = latest.filter(
      (one): one is Definition => one?.checksum === file.checksum && one.resourceName === file.name,
    );
    // A model that it imports has a newer version: then what it decides may have changed, though its text has not.
    const outdated = file.imports.some(
      ({ resourceKey }) => resourceKey !== null && !imports.has(`${same[0]?.resourceKey} ${resourceKey}`),
    );
    if (same.length === latest.length && same.length > 0 && !outdated) unchanged.set(file, same);
  }
  const versionedTogether = files.filter(({ format }) => ['bpmn', 'dmn', 'form'].includes(format));
  const origins = new Set(versionedTogether.map((file) => unchanged.get(file)?.[0]?.deploymentKey));
  if (origins.size > 1 || origins.has(undefined)) for (const file of versionedTogether) unchanged.delete(file);
  return unchanged;
}

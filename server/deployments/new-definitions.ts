import type { Key } from '#engine';
import type { Catalog, Definition } from '../runtime/catalog.ts';
import type { FileReading } from './read-resource.ts';

/** The next version of everything that a file defines. */
export function newDefinitions(
  file: FileReading,
  at: { readonly catalog: Catalog; readonly deploymentKey: Key; readonly now: number; takeKey(): Key },
): { readonly resourceKey: Key; readonly definitions: readonly Definition[] } {
  const resourceKey = at.takeKey();
  const definitions = file.defines.map((one): Definition => ({
    ...one,
    definitionKey: at.takeKey(),
    version: lastVersion(at.catalog, one) + 1,
    deploymentKey: at.deploymentKey,
    resourceKey,
    resourceName: file.name,
    checksum: file.checksum,
    createdAt: at.now,
    suspendedAt: null,
    deletedAt: null,
  }));
  return { resourceKey, definitions };
}

/** A number that was deleted is not given again: it stands in histories. */
function lastVersion({ ever }: Catalog, { kind, id }: Pick<Definition, 'kind' | 'id'>): number {
  return Math.max(0, ...ever.filter((one) => one.kind === kind && one.id === id).map(({ version }) => version));
}

export function definitionRow(one: Definition) {
  return {
    definition_key: one.definitionKey,
    kind: one.kind,
    definition_id: one.id,
    version: one.version,
    version_tag: one.versionTag,
    name: one.name,
    deployment_key: one.deploymentKey,
    resource_key: one.resourceKey,
    resource_name: one.resourceName,
    checksum: one.checksum,
    requirements_id: one.requirementsId,
    created_at: one.createdAt,
    suspended_at: one.suspendedAt,
    deleted_at: one.deletedAt,
  };
}

import type { BindingType, Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import { definitionTable } from './definition-tables.ts';

/** What may be deployed. The first three are versioned together, as in Camunda 8; of the rest the latest version counts. */
export type DefinitionKind =
  | 'process'
  | 'decision'
  | 'decisionRequirements'
  | 'form'
  | 'register'
  | 'calendar'
  | 'schedule'
  | 'template'
  | 'fragment'
  | 'pack';

/** One version of one process, decision, form or other resource. */
export interface Definition {
  readonly definitionKey: Key;
  readonly kind: DefinitionKind;
  /** BPMN process id, DMN decision id, form key, calendar or template id. */
  readonly id: string;
  readonly version: number;
  readonly versionTag: string | null;
  readonly name: string;
  readonly deploymentKey: Key;
  readonly resourceKey: Key;
  readonly resourceName: string;
  readonly checksum: string;
  /** Decisions: id of the requirements graph (the file). */
  readonly requirementsId: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** A process that starts nothing new since then (epoch milliseconds); what runs goes on. */
  readonly suspendedAt: number | null;
  /** Since when only what it made still finds it (epoch milliseconds). */
  readonly deletedAt: number | null;
}

export interface DefinitionLookup {
  readonly id: string;
  readonly bindingType: BindingType;
  readonly versionTag?: string | undefined;
  /** Deployment of the process that asks. */
  readonly deploymentKey: Key;
}

/** Every definition deployed, as of one revision; never changed, replaced as a whole. */
export interface Catalog {
  readonly revision: number;
  readonly all: readonly Definition[];
  /** With those that were deleted. */
  readonly ever: readonly Definition[];
  byKey(definitionKey: Key): Definition | undefined;
  /** The same of those that were deleted, for what they made. */
  everByKey(definitionKey: Key): Definition | undefined;
  latest(kind: DefinitionKind, id: string): Definition | undefined;
  /** `deployment` binding falls back to nothing: the file must have been deployed together with the process. */
  find(kind: DefinitionKind, lookup: DefinitionLookup): Definition | undefined;
  latestOf(kind: DefinitionKind): readonly Definition[];
  /** The latest version of each id, and the latest of each version tag. */
  current(kind: DefinitionKind): readonly Definition[];
  ofDeployment(deploymentKey: Key): readonly Definition[];
}

export async function readRevision(executor: Executor): Promise<number> {
  const [row] = await queryRows<{ revision: number }>(executor, 'SELECT revision FROM catalog_revision WHERE id = 1');
  return row?.revision ?? 0;
}

/** Reads the definitions, without their contents. The revision is read first, so a deployment in between is seen next time. */
export async function loadCatalog(executor: Executor): Promise<Catalog> {
  const revision = await readRevision(executor);
  const rows = await queryRows(executor, 'SELECT * FROM definition ORDER BY version');
  return createCatalog(
    revision,
    decodeRows(definitionTable, rows).map((row) => ({
      definitionKey: row.definition_key,
      kind: row.kind as DefinitionKind,
      id: row.definition_id,
      version: row.version,
      versionTag: row.version_tag,
      name: row.name,
      deploymentKey: row.deployment_key,
      resourceKey: row.resource_key,
      resourceName: row.resource_name,
      checksum: row.checksum,
      requirementsId: row.requirements_id,
      createdAt: row.created_at,
      suspendedAt: row.suspended_at,
      deletedAt: row.deleted_at,
    })),
  );
}

/** @param ever in rising version */
export function createCatalog(revision: number, ever: readonly Definition[]): Catalog {
  const everByKey = new Map(ever.map((definition) => [definition.definitionKey, definition]));
  const definitions = ever.filter(({ deletedAt }) => deletedAt === null);
  const byKey = new Map(definitions.map((definition) => [definition.definitionKey, definition]));
  const latest = new Map<string, Definition>();
  const tagged = new Map<string, Definition>();
  const deployed = new Map<string, Definition>();
  for (const definition of definitions) {
    const { kind, id, versionTag, deploymentKey } = definition;
    latest.set(name(kind, id), definition);
    if (versionTag !== null) tagged.set(name(kind, id, versionTag), definition);
    deployed.set(name(kind, id, deploymentKey), definition);
  }
  return {
    revision,
    all: definitions,
    ever,
    everByKey: (key) => everByKey.get(key),
    byKey: (key) => byKey.get(key),
    latest: (kind, id) => latest.get(name(kind, id)),
    find(kind, { id, bindingType, versionTag, deploymentKey }) {
      switch (bindingType) {
        case 'latest':
          return latest.get(name(kind, id));
        case 'versionTag':
          return versionTag === undefined ? undefined : tagged.get(name(kind, id, versionTag));
        case 'deployment':
          return deployed.get(name(kind, id, deploymentKey));
      }
    },
    latestOf: (kind) => [...latest.values()].filter((one) => one.kind === kind),
    current: (kind) => [...new Set([...latest.values(), ...tagged.values()])].filter((one) => one.kind === kind),
    ofDeployment: (deploymentKey) => definitions.filter((one) => one.deploymentKey === deploymentKey),
  };
}

function name(kind: DefinitionKind, id: string, version: string | number = ''): string {
  return `${kind}\n${id}\n${version}`;
}

import { readRegister, type CalendarSet, type Key } from '#engine';
import type { Database } from '../database/connect.ts';
import { queryRows, readerOf } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import { insertRows } from '../database/write-rows.ts';
import { placeFragments } from '../form-fragments/deploy-fragments.ts';
import { prepareRegister, registerProblems, type DeployedRegister } from '../registers/deploy-registers.ts';
import { loadCatalog, type Catalog, type Definition } from '../runtime/catalog.ts';
import { SOLE_NODE, type Node } from '../nodes/node.ts';
import type { Clock } from '../runtime/clock.ts';
import {
  definitionTable,
  deploymentTable,
  resourceImportTable,
  resourceTable,
  startSubscriptionTable,
} from '../runtime/definition-tables.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { latestProcesses } from '../runtime/latest-processes.ts';
import { findDeployedDmn } from './find-deployed-dmn.ts';
import { fragmentsOf } from './fragments-of.ts';
import { InvalidDeployment, problemIn, type DeploymentProblem } from './invalid-deployment.ts';
import { lintReadings, referenceProblems } from './lint-readings.ts';
import { lookupProblems } from './lookup-problems.ts';
import { definitionRow, newDefinitions } from './new-definitions.ts';
import { openStartProblems } from './open-start-problems.ts';
import { planStartSubscriptions, type PlannedSubscription } from './plan-start-subscriptions.ts';
import { readCalendars } from './read-calendars.ts';
import {
  checksumOf,
  readDmnResources,
  readResource,
  type DeployedFile,
  type DmnSource,
  type FileReading,
} from './read-resource.ts';
import { standingDefinitions, storedImports } from './standing-definitions.ts';

export type { DeployedFile } from './read-resource.ts';

export interface Deployment {
  /** New, or that of the first deployment when nothing has changed. */
  readonly deploymentKey: Key;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** False: every file was deployed before as it is, and nothing was stored. */
  readonly changed: boolean;
  /** What the files define, in their order: new versions, or the ones that stand. */
  readonly definitions: readonly Definition[];
}

export interface DeploymentRequest {
  readonly resources: readonly DeployedFile[];
  readonly by: string | null;
  /** Asked under the lock, with what is deployed by then; throws where the files were made from something older. */
  readonly check?: (catalog: Catalog) => void;
  /** What is stored together with the new versions; not asked when nothing has changed. */
  readonly also?: (tx: Transaction, definitions: readonly Definition[]) => Promise<void>;
}

export interface Deployments {
  /**
   * Stores files as one: all or none. When none of the processes, decisions and forms has changed, none gets a new version;
   * when one has, all do, so that `deployment` binding always finds what was deployed together (Camunda 8, #19859).
   * Calendars, templates and packs are versioned one by one. Message and timer starts of older versions are replaced.
   * @throws InvalidDeployment with every problem of every file
   */
  deploy(request: DeploymentRequest): Promise<Deployment>;
  /** True when every file was deployed at some time as it is now, whatever has taken its place since. */
  hadAll(resources: readonly DeployedFile[]): boolean;
}

/** Definitions are reference rows: few, and on every shard. */
const DEFINITION_BUCKET = 0;

export function createDeployments(deps: {
  readonly database: Database;
  readonly keys: KeySource;
  readonly definitions: Definitions;
  readonly clock: Clock;
  readonly node?: Node;
}): Deployments {
  const { database, keys, definitions, clock, node = SOLE_NODE } = deps;

  const store = async (
    tx: Transaction,
    {
      files,
      by,
      now,
      check,
      also,
    }: Pick<DeploymentRequest, 'by' | 'check' | 'also'> & {
      readonly files: readonly FileReading[];
      readonly now: number;
    },
  ): Promise<Deployment> => {
    // One deployment at a time, so that version numbers have no gaps and no doubles.
    await queryRows(tx, `SELECT revision FROM catalog_revision WHERE id = 1${database.dialect.forUpdate}`);
    const catalog = await loadCatalog(tx);
    check?.(catalog);
    const calendars = await readCalendars(tx, catalog, files);
    const starts = planStarts(files, {
      now,
      zone: definitions.zone,
      calendars: calendars.set ?? definitions.calendars,
    });
    const problems = [
      ...calendars.problems,
      ...starts.problems,
      ...referenceProblems(files, { catalog, calendars: calendars.set }),
    ];
    if (problems.length > 0) throw new InvalidDeployment(problems);

    const standing = standingDefinitions(files, catalog, await storedImports(tx));
    const toStore = files.filter((file) => !standing.has(file));
    if (toStore.length === 0) {
      const kept = files.flatMap((file) => standing.get(file)!);
      const newest = kept.reduce((a, b) => (b.deploymentKey > a.deploymentKey ? b : a));
      return { deploymentKey: newest.deploymentKey, createdAt: newest.createdAt, changed: false, definitions: kept };
    }

    const wanted = 1 + toStore.reduce((sum, file) => sum + 1 + file.defines.length, 0) + starts.count;
    let next = (await keys.reserveWithin(tx, DEFINITION_BUCKET, wanted)).firstKey;
    const takeKey = (): Key => next++;
    const deploymentKey = takeKey();
    const created = new Map(
      toStore.map((file) => [file, newDefinitions(file, { catalog, deploymentKey, now, takeKey })] as const),
    );
    const unready: DeploymentProblem[] = [];
    for (const register of registersOf(toStore))
      unready.push(...(await prepareRegister(tx, register, definitions.register(register.model.key)?.model)));
    if (unready.length > 0) throw new InvalidDeployment(unready);
    await insertRows(tx, deploymentTable, [{ deployment_key: deploymentKey, created_at: now, created_by: by }]);
    await insertRows(
      tx,
      resourceTable,
      [...created].map(([file, { resourceKey }]) => ({
        resource_key: resourceKey,
        deployment_key: deploymentKey,
        name: file.name,
        kind: file.format,
        checksum: file.checksum,
        content: file.content,
      })),
    );
    const importedKey = ({ name, resourceKey }: DmnSource): Key =>
      resourceKey ?? [...created].find(([file]) => file.name === name)![1].resourceKey;
    await insertRows(
      tx,
      resourceImportTable,
      [...created].flatMap(([file, { resourceKey }]) =>
        file.imports.map((one) => ({ resource_key: resourceKey, imported_resource_key: importedKey(one) })),
      ),
    );
    const fresh = [...created.values()].flatMap((one) => one.definitions);
    await insertRows(tx, definitionTable, fresh.map(definitionRow));
    await replaceStarts(tx, { fresh, plans: starts.plans, takeKey });
    await queryRows(tx, 'UPDATE catalog_revision SET revision = revision + 1 WHERE id = 1');
    await placeFragments(tx, await fragmentsOf(tx, toStore, catalog), { by, now });
    const stored = files.flatMap((file) => standing.get(file) ?? created.get(file)!.definitions);
    await also?.(tx, stored);
    return { deploymentKey, createdAt: now, changed: true, definitions: stored };
  };

  return {
    hadAll(resources) {
      const known = new Set(
        definitions.catalog.ever.map(({ resourceName, checksum }) => `${checksum} ${resourceName}`),
      );
      return resources.every(({ name, content }) => known.has(`${checksumOf(content)} ${name}`));
    },

    async deploy({ resources, by, check, also }) {
      await definitions.refresh();
      const files = await readAll(resources, (namespace) => findDeployedDmn(definitions, namespace));
      const now = clock.now();
      const broken = [...lookupProblems(files, (key) => definitions.register(key)?.model)];
      const deployed = { processes: await latestProcesses(definitions), form: definitions.latestForm };
      broken.push(...openStartProblems(files, deployed));
      for (const register of registersOf(files))
        broken.push(...(await registerProblems(readerOf(database), register, { definitions, now })));
      if (broken.length > 0) throw new InvalidDeployment(broken);
      const deployment = await inTransaction(database, (tx) =>
        store(tx, { files, by, now, ...(check && { check }), ...(also && { also }) }),
      );
      await definitions.refresh();
      // Whoever deploys may start it at once, on whichever node the request arrives.
      if (deployment.changed) await node.spread(definitions.catalog.revision);
      return deployment;
    },
  };
}

async function readAll(
  resources: readonly DeployedFile[],
  findDmn: (namespace: string) => Promise<DmnSource | undefined>,
): Promise<readonly FileReading[]> {
  const problems: DeploymentProblem[] = [];
  if (resources.length === 0) {
    const remedy = 'Send at least one file.';
    problems.push(problemIn('', { code: 'no-resources', message: 'The deployment has no files.', remedy }));
  }
  const files: FileReading[] = [];
  const seen = new Map<string, string>();
  const dmnReadings = await readDmnResources(resources, findDmn);
  for (const resource of resources) {
    const reading = await readResource(resource, dmnReadings);
    if (!('defines' in reading)) {
      problems.push(...reading);
      continue;
    }
    for (const { kind, id } of reading.defines) {
      const other = seen.get(`${kind} ${id}`);
      if (other !== undefined) {
        const message = `The ${kind} "${id}" is in ${other} as well.`;
        problems.push(
          problemIn(resource.name, { code: 'duplicate-id', message, remedy: 'Give each an id of its own.' }),
        );
      }
      seen.set(`${kind} ${id}`, resource.name);
    }
    files.push(reading);
  }
  problems.push(...lintReadings(files));
  if (problems.length > 0) throw new InvalidDeployment(problems);
  return files;
}

function registersOf(files: readonly FileReading[]): readonly DeployedRegister[] {
  return files
    .filter(({ format }) => format === 'register')
    .map(({ name, json }) => ({ resource: name, model: readRegister(json) }));
}

function planStarts(files: readonly FileReading[], settings: { now: number; zone: string; calendars: CalendarSet }) {
  const plans = new Map<string, readonly PlannedSubscription[]>();
  const problems: DeploymentProblem[] = [];
  let count = 0;
  for (const file of files) {
    for (const process of file.processes) {
      const planned = planStartSubscriptions(process, { resource: file.name, ...settings });
      plans.set(process.processId, planned.plans);
      problems.push(...planned.problems);
      count += planned.plans.length;
    }
  }
  return { plans, problems, count };
}

/** The starts of the latest version replace those of the older ones in the same transaction (semantics.md). */
async function replaceStarts(
  tx: Transaction,
  {
    fresh,
    plans,
    takeKey,
  }: {
    readonly fresh: readonly Definition[];
    readonly plans: ReadonlyMap<string, readonly PlannedSubscription[]>;
    takeKey(): Key;
  },
): Promise<void> {
  const processes = fresh.filter(({ kind }) => kind === 'process');
  await queryRows(tx, `DELETE FROM start_subscription WHERE process_id IN (${tx.dialect.listFromJson('text')})`, [
    JSON.stringify(processes.map(({ id }) => id)),
  ]);
  const rows = processes.flatMap(({ id, definitionKey }) =>
    (plans.get(id) ?? []).map((plan) => ({
      ...plan,
      subscription_key: takeKey(),
      process_definition_key: definitionKey,
      process_id: id,
      lease_until: null,
      suspended: false,
    })),
  );
  await insertRows(tx, startSubscriptionTable, rows);
}

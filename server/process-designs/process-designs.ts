import type { EditedSteps, EditedStepsReport, ProcessDesign, ProcessList, ProcessPublished } from '#contract';
import {
  InvalidBpmn,
  NoSuchStep,
  readBpmn,
  rewriteForms,
  type FileFinding,
  type Key,
  type ProcessModel,
} from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import type { Deployment, Deployments } from '../deployments/deployments.ts';
import { InvalidDeployment } from '../deployments/invalid-deployment.ts';
import { checksumOf } from '../deployments/read-resource.ts';
import { keyOf } from '../http/key-text.ts';
import { lintBesideDeployed } from '../lint/lint-beside-deployed.ts';
import type { Catalog, Definition } from '../runtime/catalog.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { boundAlong } from './bound-along.ts';
import { countRunning, countRunningVersions, deployerNames } from './process-counts.ts';
import { deployedMeanwhile, noSuchProcess, noSuchStep, onlyStartsOpen, undeployable } from './process-refusals.ts';
import { processSteps } from './process-steps.ts';

/** Versions that are listed though nothing of theirs runs any more. */
const NEWEST = 10;

/**
 * Deployed processes, as an analyst looks at them, and the forms of their steps, which can be changed here. Publishing rewrites the
 * file of the latest version at those steps alone and deploys it as the next one (ADR 0024).
 */
export interface ProcessDesigns {
  list(): Promise<ProcessList>;
  /** @throws Refused `not-found` */
  find(processId: string): Promise<ProcessDesign>;
  /** What publishing these forms would be warned or refused for. @throws Refused `not-found`, `invalid-request` */
  check(processId: string, edited: EditedSteps): Promise<EditedStepsReport>;
  /** @throws Refused `conflict` when the process was deployed meanwhile, `invalid-model` with a problem per element */
  publish(processId: string, edited: EditedSteps & { readonly by: string }): Promise<ProcessPublished>;
}

interface Rewritten {
  readonly base: Definition;
  readonly file: { readonly name: string; readonly content: string };
  readonly before: string;
}

export function createProcessDesigns(deps: {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly deployments: Deployments;
  readonly publicUrl: URL | null;
}): ProcessDesigns {
  const { database, definitions, deployments, publicUrl } = deps;
  const reader = readerOf(database);

  const latestOf = async (processId: string): Promise<Definition> => {
    await definitions.refresh();
    const latest = definitions.catalog.latest('process', processId);
    if (latest === undefined) throw noSuchProcess();
    return latest;
  };

  /** The file of the version that was opened, with the forms wanted. */
  const rewrite = async (processId: string, { processDefinitionKey, steps }: EditedSteps): Promise<Rewritten> => {
    await definitions.refresh();
    const base = definitions.catalog.byKey(keyOf(processDefinitionKey));
    if (base?.kind !== 'process' || base.id !== processId) throw noSuchProcess();
    const before = await definitions.content(base.definitionKey);
    const known = new Map(processSteps(await modelOf(base)).map(({ elementId, type }) => [elementId, type]));
    const stranger = steps.find(({ elementId }) => !known.has(elementId));
    if (stranger) throw noSuchStep(stranger.elementId);
    const shut = steps.find(({ elementId, form }) => known.get(elementId) === 'userTask' && form?.openTo !== undefined);
    if (shut) throw onlyStartsOpen(shut.elementId);
    try {
      const forms = new Map(steps.map(({ elementId, form }) => [elementId, form]));
      return { base, before, file: { name: base.resourceName, content: rewriteForms(before, forms) } };
    } catch (error) {
      throw error instanceof NoSuchStep ? noSuchStep(error.elementId) : error;
    }
  };

  const modelOf = async ({ definitionKey }: Definition): Promise<ProcessModel> =>
    (await definitions.execution(definitionKey)).model;

  const alongWith = async (file: Rewritten['file']): Promise<readonly Definition[]> =>
    boundAlong(definitions, await readProcesses(file.content));

  /** What comes along is deployed as it stands under the lock: when somebody deployed it since it was read, it is read again. */
  const deployAlong = async (
    file: Rewritten['file'],
    { base, by }: { readonly base: Definition; readonly by: string },
  ): Promise<Deployment> => {
    const along = (await alongWith(file)).filter(({ resourceKey }) => resourceKey !== base.resourceKey);
    const files = new Map<Key, Rewritten['file']>();
    for (const { resourceKey, resourceName, definitionKey } of along)
      files.set(resourceKey, { name: resourceName, content: await definitions.content(definitionKey) });
    const checksum = checksumOf(file.content);
    let outdated = false;
    const check = (catalog: Catalog): void => {
      requireLatest(catalog, base, checksum);
      outdated = along.some(({ kind, id, definitionKey }) => catalog.latest(kind, id)?.definitionKey !== definitionKey);
      if (outdated) throw new Error(`Expected what ${base.id} takes along to stand as it was read, but it does not.`);
    };
    try {
      return await deployments.deploy({ resources: [file, ...files.values()], by, check });
    } catch (error) {
      if (!outdated) throw error;
      await definitions.refresh();
      return deployAlong(file, { base, by });
    }
  };

  return {
    async list() {
      await definitions.refresh();
      const { catalog } = definitions;
      const ids = [...new Set(catalog.all.filter(({ kind }) => kind === 'process').map(({ id }) => id))];
      const latest = ids.map((id) => catalog.latest('process', id)!);
      const names = await deployerNames(
        reader,
        latest.map(({ deploymentKey }) => deploymentKey),
      );
      const running = await countRunning(reader);
      const items = latest.map((one) => ({
        processId: one.id,
        name: one.name || one.id,
        version: one.version,
        at: instant(one.createdAt),
        byName: names.get(one.deploymentKey) ?? null,
        running: running.get(one.id) ?? 0,
        suspendedAt: one.suspendedAt === null ? null : instant(one.suspendedAt),
      }));
      return { items: items.sort((left, right) => left.name.localeCompare(right.name, 'ru')) };
    },

    async find(processId) {
      const latest = await latestOf(processId);
      const running = await countRunningVersions(reader, processId);
      const all = definitions.catalog.all.filter(({ kind, id }) => kind === 'process' && id === processId).reverse();
      const shown = all.filter(({ definitionKey }, index) => index < NEWEST || running.has(definitionKey));
      const names = await deployerNames(
        reader,
        shown.map(({ deploymentKey }) => deploymentKey),
      );
      return {
        processId,
        name: latest.name || processId,
        processDefinitionKey: String(latest.definitionKey),
        version: latest.version,
        xml: await definitions.content(latest.definitionKey),
        publicUrl: publicUrl?.origin ?? null,
        steps: [...processSteps(await modelOf(latest))],
        versions: shown.map((one) => ({
          processDefinitionKey: String(one.definitionKey),
          version: one.version,
          at: instant(one.createdAt),
          byName: names.get(one.deploymentKey) ?? null,
          running: running.get(one.definitionKey) ?? 0,
          suspendedAt: one.suspendedAt === null ? null : instant(one.suspendedAt),
        })),
      };
    },

    async check(processId, edited) {
      const { file, before } = await rewrite(processId, edited);
      const along = await alongWith(file);
      const known = new Set((await lintBesideDeployed(definitions, [{ ...file, content: before }], along)).map(nameOf));
      const findings = (await lintBesideDeployed(definitions, [file], along)).filter(
        (finding) => !known.has(nameOf(finding)),
      );
      return {
        findings: findings.map((finding) => ({ ...finding, path: [...finding.path] })),
        along: along.map(({ kind, id, name }) => ({ kind, id, name: name || id })),
      };
    },

    async publish(processId, { by, ...edited }) {
      const { file, base } = await rewrite(processId, edited);
      const deployment = await deployAlong(file, { base, by }).catch((error: unknown) => {
        throw error instanceof InvalidDeployment ? undeployable(error) : error;
      });
      const published = deployment.definitions.find(({ kind, id }) => kind === 'process' && id === processId)!;
      const { definitionKey, version } = published;
      return { processDefinitionKey: String(definitionKey), version, changed: deployment.changed };
    },
  };
}

/**
 * Every process of the file must still stand as it was opened. The very text that is to be published may stand already: then this
 * is a repeat after a broken connection, and no harm.
 */
function requireLatest(catalog: Catalog, base: Definition, checksum: string): void {
  for (const { kind, id } of catalog.all.filter(({ resourceKey }) => resourceKey === base.resourceKey)) {
    const latest = catalog.latest(kind, id)!;
    if (latest.resourceKey !== base.resourceKey && latest.checksum !== checksum)
      throw deployedMeanwhile({ version: latest.version, at: instant(latest.createdAt) });
  }
}

async function readProcesses(xml: string): Promise<readonly ProcessModel[]> {
  try {
    return (await readBpmn(xml)).processes;
  } catch (error) {
    // What is wrong with it, lint and the deployment tell.
    if (error instanceof InvalidBpmn) return [];
    throw error;
  }
}

function nameOf({ code, elementId, message }: FileFinding): string {
  return `${code} ${elementId} ${message.en}`;
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

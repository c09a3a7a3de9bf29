import {
  buildCalendarSet,
  type CalendarSet,
  type DecisionModel,
  type Execution,
  type FormModel,
  type Key,
  type Library,
  type ProcessModel,
  type RegisterModel,
} from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { shareNext } from '../database/share-next.ts';
import { loadCatalog, readRevision, type Catalog, type Definition, type DefinitionKind } from './catalog.ts';
import { createCompiledResources, type CompiledResource } from './compiled-resources.ts';
import { UnknownDefinition } from './runtime-errors.ts';

export interface CompiledForm {
  readonly definition: Definition;
  /** The JSON as deployed. */
  readonly source: unknown;
  readonly model: FormModel;
}

export interface CompiledRegister {
  readonly definition: Definition;
  /** The JSON as deployed. */
  readonly source: unknown;
  readonly model: RegisterModel;
}

/** What is deployed, compiled and ready to run. One per node; `refresh` follows what other nodes deploy. */
export interface Definitions {
  /** IANA zone of dates without one. */
  readonly zone: string;
  readonly catalog: Catalog;
  readonly calendars: CalendarSet;
  /** Looks whether something was deployed since (one row) and, if so, reads and compiles it. */
  refresh(): Promise<void>;
  /** What commands on instances of this definition run against. @throws UnknownDefinition */
  execution(processDefinitionKey: Key): Promise<Execution>;
  /** @throws UnknownDefinition */
  decision(decisionKey: Key): Promise<DecisionModel>;
  /** @throws UnknownDefinition */
  form(formKey: Key): Promise<CompiledForm>;
  /** The latest version of a form or decision, as of the last refresh. */
  latestForm(formId: string): FormModel | undefined;
  latestDecision(decisionId: string): DecisionModel | undefined;
  /** The registers, each in its latest version, as of the last refresh. */
  registers(): readonly CompiledRegister[];
  register(registerKey: string): CompiledRegister | undefined;
  /** Text of the file that a definition came from: BPMN or DMN XML, template, JSON. @throws UnknownDefinition */
  content(definitionKey: Key): Promise<string>;
}

interface Snapshot {
  readonly catalog: Catalog;
  readonly calendars: CalendarSet;
  readonly executions: Map<Key, Execution>;
}

export async function createDefinitions(settings: {
  readonly database: Database;
  /** Default Europe/Moscow. */
  readonly zone?: string;
}): Promise<Definitions> {
  const { database, zone = 'Europe/Moscow' } = settings;
  const reader = readerOf(database);
  const compiled = createCompiledResources(reader);
  let refreshing: Promise<Snapshot> | undefined;
  const revisionNow = shareNext(() => readRevision(reader));

  /** What a reference by `latest` or version tag may name is compiled beforehand: the engine resolves it without waiting. */
  const takeSnapshot = async (): Promise<Snapshot> => {
    const catalog = await loadCatalog(reader);
    const kinds: readonly DefinitionKind[] = ['process', 'decision', 'form', 'register', 'calendar', 'schedule'];
    await compiled.prepare(kinds.flatMap((kind) => catalog.current(kind)).map(({ resourceKey }) => resourceKey));
    const files = [...catalog.current('calendar'), ...catalog.current('schedule')];
    const calendars = buildCalendarSet(
      files.map(({ resourceName, resourceKey }) => ({
        name: resourceName,
        content: JSON.parse(compiled.get(resourceKey).content) as unknown,
      })),
    );
    return { catalog, calendars, executions: new Map() };
  };
  let snapshot = await takeSnapshot();

  const find = async (key: Key, kind?: DefinitionKind): Promise<Definition> => {
    if (snapshot.catalog.everByKey(key) === undefined) await refresh();
    const definition = snapshot.catalog.everByKey(key);
    if (definition === undefined || (kind !== undefined && definition.kind !== kind)) {
      throw new UnknownDefinition(kind ?? 'definition', key);
    }
    return definition;
  };

  async function refresh(): Promise<void> {
    const wanted = await revisionNow();
    // A refresh that is under way may have begun before the deployment that we look for.
    while (snapshot.catalog.revision < wanted) {
      refreshing ??= takeSnapshot().finally(() => (refreshing = undefined));
      const taken = await refreshing;
      if (taken.catalog.revision > snapshot.catalog.revision) snapshot = taken;
    }
  }

  const resourceOf = async (definition: Definition): Promise<CompiledResource> => {
    await compiled.prepare([definition.resourceKey]);
    return compiled.get(definition.resourceKey);
  };

  return {
    zone,
    get catalog() {
      return snapshot.catalog;
    },
    get calendars() {
      return snapshot.calendars;
    },
    refresh,
    async execution(key) {
      const known = snapshot.executions.get(key);
      if (known !== undefined) return known;
      const definition = await find(key, 'process');
      const now = snapshot;
      await compiled.prepare(now.catalog.ofDeployment(definition.deploymentKey).map(({ resourceKey }) => resourceKey));
      await compiled.prepare([definition.resourceKey]);
      const model = processOf(compiled.get(definition.resourceKey), definition);
      const library = createLibrary({ zone, catalog: now.catalog, calendars: now.calendars, get: compiled.get });
      const execution: Execution = { model, library };
      now.executions.set(key, execution);
      return execution;
    },
    async decision(decisionKey) {
      const definition = await find(decisionKey, 'decision');
      return (await resourceOf(definition)).decisions.get(definition.id)!;
    },
    async form(formKey) {
      const definition = await find(formKey, 'form');
      const { form } = await resourceOf(definition);
      return { definition, source: form!.definition, model: form!.model };
    },
    latestForm(formId) {
      const definition = snapshot.catalog.latest('form', formId);
      return definition && compiled.get(definition.resourceKey).form?.model;
    },
    latestDecision(decisionId) {
      const definition = snapshot.catalog.latest('decision', decisionId);
      return definition && compiled.get(definition.resourceKey).decisions.get(decisionId);
    },
    registers: () =>
      snapshot.catalog
        .current('register')
        .map((definition) => compiledRegister(definition, compiled.get(definition.resourceKey))),
    register(registerKey) {
      const definition = snapshot.catalog.latest('register', registerKey);
      return definition && compiledRegister(definition, compiled.get(definition.resourceKey));
    },
    content: async (definitionKey) => (await resourceOf(await find(definitionKey))).content,
  };
}

function compiledRegister(definition: Definition, { register }: CompiledResource): CompiledRegister {
  return { definition, source: register!.definition, model: register!.model };
}

function processOf(resource: CompiledResource, { id, resourceName }: Definition): ProcessModel {
  const model = resource.processes.get(id);
  if (model === undefined) throw new Error(`Expected process ${id} in ${resourceName}, as when it was deployed.`);
  return model;
}

function createLibrary(parts: {
  readonly zone: string;
  readonly catalog: Catalog;
  readonly calendars: CalendarSet;
  readonly get: (resourceKey: Key) => CompiledResource;
}): Library {
  const { catalog, calendars, zone, get } = parts;
  return {
    calendars,
    zone,
    findDecision(reference) {
      const found = catalog.find('decision', reference);
      if (found === undefined) return undefined;
      const { decisions } = get(found.resourceKey);
      return { decisionKey: found.definitionKey, version: found.version, decision: decisions.get(found.id)! };
    },
    findForm(reference) {
      const found = catalog.find('form', reference);
      return found && { formKey: found.definitionKey, formId: found.id, version: found.version };
    },
    findProcess(reference) {
      const found = catalog.find('process', reference);
      if (found === undefined) return undefined;
      const { definitionKey, deploymentKey, version, resourceKey } = found;
      const model = processOf(get(resourceKey), found);
      return { processDefinitionKey: definitionKey, deploymentKey, version, model };
    },
  };
}

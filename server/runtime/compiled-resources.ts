import {
  readBpmn,
  readDmnWithImports,
  readForm,
  readRegister,
  type DecisionModel,
  type FormModel,
  type Key,
  type ProcessModel,
  type RegisterModel,
} from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

/** A deployed file, read and compiled once per node: compiling costs as much as whole database steps (performance.md). */
export interface CompiledResource {
  readonly content: string;
  readonly processes: ReadonlyMap<string, ProcessModel>;
  readonly decisions: ReadonlyMap<string, DecisionModel>;
  readonly form: { readonly definition: unknown; readonly model: FormModel } | null;
  readonly register: { readonly definition: unknown; readonly model: RegisterModel } | null;
}

export interface CompiledResources {
  /** Compiles the files that are not compiled yet. */
  prepare(resourceKeys: readonly Key[]): Promise<void>;
  /** A file that `prepare` was called for. */
  get(resourceKey: Key): CompiledResource;
}

/** Files never change once deployed, so what is compiled stays good for ever. */
export function createCompiledResources(executor: Executor): CompiledResources {
  const compiled = new Map<Key, Promise<CompiledResource>>();
  const ready = new Map<Key, CompiledResource>();

  const compile = async (resourceKey: Key): Promise<CompiledResource> => {
    const [row] = await queryRows<{ kind: string; content: string }>(
      executor,
      'SELECT kind, content FROM deployed_resource WHERE resource_key = ?',
      [resourceKey],
    );
    if (row === undefined) throw new Error(`Expected deployed resource ${resourceKey} to be stored.`);
    // A DMN file is read with the very versions of its imports that it was deployed with.
    const imports = row.kind === 'dmn' ? await readImports(executor, resourceKey) : [];
    const resource = await compileContent(row.kind, row.content, imports);
    ready.set(resourceKey, resource);
    return resource;
  };

  return {
    async prepare(resourceKeys) {
      for (const key of new Set(resourceKeys)) {
        let running = compiled.get(key);
        if (running === undefined) {
          running = compile(key);
          compiled.set(key, running);
          // A database that was away for a moment must not leave the file unreadable for ever.
          running.catch(() => compiled.delete(key));
        }
        await running;
      }
    },
    get(resourceKey) {
      const resource = ready.get(resourceKey);
      if (resource === undefined) throw new Error(`Expected deployed resource ${resourceKey} to be compiled.`);
      return resource;
    },
  };
}

async function readImports(executor: Executor, resourceKey: Key): Promise<readonly string[]> {
  const rows = await queryRows<{ content: string }>(
    executor,
    `SELECT r.content FROM resource_import i JOIN deployed_resource r ON r.resource_key = i.imported_resource_key
     WHERE i.resource_key = ? ORDER BY i.imported_resource_key`,
    [resourceKey],
  );
  return rows.map(({ content }) => content);
}

async function compileContent(kind: string, content: string, imports: readonly string[]): Promise<CompiledResource> {
  const empty = {
    content,
    processes: new Map<string, ProcessModel>(),
    decisions: new Map<string, DecisionModel>(),
    form: null,
    register: null,
  };
  switch (kind) {
    case 'bpmn': {
      const { processes } = await readBpmn(content);
      return { ...empty, processes: new Map(processes.map((process) => [process.processId, process])) };
    }
    case 'dmn': {
      const { decisions } = await readDmnWithImports(content, imports);
      return { ...empty, decisions: new Map(decisions.map((decision) => [decision.decisionId, decision])) };
    }
    case 'form': {
      const definition: unknown = JSON.parse(content);
      return { ...empty, form: { definition, model: readForm(definition) } };
    }
    case 'register': {
      const definition: unknown = JSON.parse(content);
      return { ...empty, register: { definition, model: readRegister(definition) } };
    }
    default:
      return empty;
  }
}

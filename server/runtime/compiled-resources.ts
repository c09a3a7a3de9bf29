import { readBpmn, readDmn, readForm, type DecisionModel, type FormModel, type Key, type ProcessModel } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

/** A deployed file, read and compiled once per node: compiling costs as much as whole database steps (performance.md). */
export interface CompiledResource {
  readonly content: string;
  readonly processes: ReadonlyMap<string, ProcessModel>;
  readonly decisions: ReadonlyMap<string, DecisionModel>;
  readonly form: { readonly definition: unknown; readonly model: FormModel } | null;
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
    const resource = await compileContent(row.kind, row.content);
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

async function compileContent(kind: string, content: string): Promise<CompiledResource> {
  const empty = {
    content,
    processes: new Map<string, ProcessModel>(),
    decisions: new Map<string, DecisionModel>(),
    form: null,
  };
  switch (kind) {
    case 'bpmn': {
      const { processes } = await readBpmn(content);
      return { ...empty, processes: new Map(processes.map((process) => [process.processId, process])) };
    }
    case 'dmn': {
      const { decisions } = await readDmn(content);
      return { ...empty, decisions: new Map(decisions.map((decision) => [decision.decisionId, decision])) };
    }
    case 'form': {
      const definition: unknown = JSON.parse(content);
      return { ...empty, form: { definition, model: readForm(definition) } };
    }
    default:
      return empty;
  }
}

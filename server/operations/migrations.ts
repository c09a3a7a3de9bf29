import {
  advance,
  mappingById,
  type EngineCommand,
  type InstructionProblem,
  type Key,
  type MappingInstruction,
} from '#engine';
import type { Definitions } from '../runtime/definitions.ts';
import { executionFor } from '../runtime/execution-for.ts';
import type { CommandSite, RepeatableCommand, Runner } from '../runtime/runner.ts';
import { CommandRejected, UnknownDefinition } from '../runtime/runtime-errors.ts';

export interface MigrationRequest {
  readonly processInstanceKey: Key;
  readonly targetProcessDefinitionKey: Key;
  readonly mapping: readonly MappingInstruction[];
  /** What the mapping does not name goes to the element of the same id. */
  readonly byId: boolean;
  /** Mapped timers are counted anew; else they keep their due date. */
  readonly recomputeTimers: boolean;
  readonly by: string;
  readonly repeatable?: RepeatableCommand;
  /** Of and to which processes; what is of another is unknown. All when absent. */
  readonly within?: (processId: string) => boolean;
  /** Looked at before the plan; throws to refuse. */
  readonly check?: (site: CommandSite) => void;
}

/** What to migrate, without who asks and how. */
export type MigrationOrder = Pick<
  MigrationRequest,
  'targetProcessDefinitionKey' | 'mapping' | 'byId' | 'recomputeTimers' | 'within'
>;

/** Running instances taken over to another version. */
export interface Migrations {
  /** @throws CommandRejected with every problem of the plan, UnknownInstance, UnknownDefinition */
  migrate(request: MigrationRequest): Promise<void>;
  /** What is wrong with the plan for this instance as it stands; nothing is changed. @throws UnknownInstance, UnknownDefinition */
  dryRun(request: MigrationRequest): Promise<readonly InstructionProblem[]>;
  /** The command for an instance as it stands. @throws UnknownDefinition */
  commandOf(site: CommandSite, order: MigrationOrder): Promise<EngineCommand>;
}

export function createMigrations(deps: { readonly runner: Runner; readonly definitions: Definitions }): Migrations {
  const { runner, definitions } = deps;

  const commandOf: Migrations['commandOf'] = async ({ instance, execution }, order) => {
    const { targetProcessDefinitionKey: key, mapping, byId, recomputeTimers, within } = order;
    const { model } = await definitions.execution(key);
    const definition = definitions.catalog.byKey(key);
    if (definition === undefined || within?.(definition.id) === false) throw new UnknownDefinition('process', key);
    return {
      kind: 'migrateInstance',
      processDefinitionKey: key,
      deploymentKey: definition.deploymentKey,
      definitionVersion: definition.version,
      mapping: byId ? [...mapping, ...mappingById(instance, { from: execution.model, to: model }, mapping)] : mapping,
      recomputeTimers,
    };
  };

  return {
    commandOf,
    async migrate(request) {
      const { processInstanceKey, by, repeatable, within, check } = request;
      await runner.run({
        processInstanceKey,
        by,
        ...(repeatable === undefined ? {} : { repeatable }),
        ...(within === undefined ? {} : { within }),
        build: (site) => {
          check?.(site);
          return commandOf(site, request);
        },
      });
    },

    async dryRun(request) {
      const { processInstanceKey, by, within } = request;
      let problems: readonly InstructionProblem[] = [];
      await runner.run({
        processInstanceKey,
        by,
        ...(within === undefined ? {} : { within }),
        build: async (site) => {
          const command = await commandOf(site, request);
          const execution = await executionFor(command, site.execution, definitions);
          const outcome = advance(execution, site.instance, { ...command, now: site.now, by, firstKey: 1 });
          problems = outcome.accepted ? [] : (outcome.rejection.problems ?? []);
          // Wrong as a whole, such as an instance that has ended.
          if (!outcome.accepted && problems.length === 0) throw new CommandRejected(outcome.rejection);
          return null;
        },
      });
      return problems;
    },
  };
}

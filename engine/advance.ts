import type { Run } from './behaviors/run.ts';
import { Refusal } from './behaviors/refusal.ts';
import { Flights } from './behaviors/flight.ts';
import { runSteps } from './behaviors/run-steps.ts';
import type { Command } from './command.ts';
import { execute } from './commands/execute.ts';
import { newInstance } from './commands/start-instance.ts';
import { refusedWhileSuspended } from './commands/while-suspended.ts';
import { behaviorOf } from './elements/index.ts';
import type { Instance } from './instance.ts';
import { InstanceDraft } from './instance-draft.ts';
import type { VariableMap } from './json.ts';
import type { Library } from './model/library.ts';
import type { ProcessModel } from './model/process-model.ts';
import { hasRuleJoins } from './model/reach.ts';
import type { Outcome, RejectionCode } from './outcome.ts';

/** What a command runs against: the compiled process and what it refers to. Both are immutable. */
export interface Execution {
  readonly model: ProcessModel;
  readonly library: Library;
  /** For `migrateInstance`: the model by which the instance ran until now; `model` is that of its target. */
  readonly migratesFrom?: ProcessModel;
}

/**
 * The interpreter. A pure function: the same execution, instance and command always give the same outcome, and
 * nothing passed in is changed. `before` is null for `startInstance` only.
 */
export function advance(execution: Execution, before: Instance | null, command: Command): Outcome {
  const refused = refuse(before, command);
  if (refused !== null) return refused;
  const draft = new InstanceDraft(startingPoint(execution.model, before, command), command.firstKey);
  const run: Run = {
    model: execution.model,
    library: execution.library,
    ...(execution.migratesFrom === undefined ? {} : { migratesFrom: execution.migratesFrom }),
    command,
    now: command.now,
    draft,
    history: [],
    effects: [],
    behaviorOf,
    pending: [],
    pendingFlights: [],
    flights: new Flights(),
    changed: { names: new Map(), subscriptions: new Set() },
    hasRuleJoins: hasRuleJoins(execution.model),
    moved: new Set(),
    nextKey: command.firstKey,
  };
  try {
    execute(run, command);
    runSteps(run);
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    const { code, message, problems } = reason;
    return { accepted: false, rejection: { code, message, ...(problems.length === 0 ? {} : { problems }) } };
  }
  return {
    accepted: true,
    instance: draft.finish(),
    changes: draft.changes(),
    history: run.history,
    effects: run.effects,
    nextKey: run.nextKey,
  };
}

function startingPoint(model: ProcessModel, before: Instance | null, command: Command): Instance {
  if (command.kind === 'startInstance') return newInstance(model, command);
  if (before === null) throw new Error(`Expected an instance for command ${command.kind}`);
  return before;
}

function refuse(before: Instance | null, command: Command): Outcome | null {
  if (before !== null && command.kind === 'startInstance') {
    return rejected('INVALID_STATE', `Expected a new key, but process instance ${command.processInstanceKey} exists`);
  }
  if (before !== null && before.header.state !== 'active' && !reachesCompleted(command)) {
    const { processInstanceKey, state } = before.header;
    return rejected(
      'INVALID_STATE',
      `Expected process instance ${processInstanceKey} to be active, but it is ${state}`,
    );
  }
  if (before !== null && before.header.suspendedAt !== null && refusedWhileSuspended(command)) {
    return rejected(
      'INVALID_STATE',
      `Expected process instance ${before.header.processInstanceKey} to go on, but it is suspended; resume it first`,
    );
  }
  const badName = variablesIn(command)
    .map(badVariableName)
    .find((name) => name !== null);
  if (badName === undefined) return null;
  return rejected(
    'INVALID_ARGUMENT',
    `Expected a variable name of 1 to 200 characters, but got "${badName.slice(0, 40)}"`,
  );
}

function variablesIn(command: Command): readonly VariableMap[] {
  if (command.kind === 'activateAdHocElements') return command.elements.map(({ variables }) => variables);
  if (command.kind === 'modifyInstance') {
    return command.activate.flatMap(({ variables }) => variables.map((one) => one.variables));
  }
  return 'variables' in command ? [command.variables] : [];
}

/** What a caller asks of a child that has completed; the command itself refuses any other state. */
function reachesCompleted({ kind }: Command): boolean {
  return kind === 'compensateInstance' || kind === 'dropCompensations';
}

/** `__proto__` as a name would reach the prototype of every object made from it. */
function badVariableName(variables: VariableMap): string | null {
  return Object.keys(variables).find((name) => name === '' || name === '__proto__' || name.length > 200) ?? null;
}

function rejected(code: RejectionCode, message: string): Outcome {
  return { accepted: false, rejection: { code, message } };
}

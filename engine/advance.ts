import type { Run } from './behaviors/run.ts';
import { badNameIn, whyBadName } from './bad-name-in.ts';
import { Refusal } from './behaviors/refusal.ts';
import { Flights } from './behaviors/flight.ts';
import { EventLog } from './event-log.ts';
import { planOf } from './behaviors/process-plan.ts';
import { runSteps } from './behaviors/run-steps.ts';
import { StepQueue } from './behaviors/step-queue.ts';
import { changesBetween } from './changes-between.ts';
import type { Command } from './command.ts';
import type { Effect } from './effect.ts';
import { execute } from './commands/execute.ts';
import { newInstance } from './commands/start-instance.ts';
import { refusedWhileSuspended, whySuspended } from './commands/while-suspended.ts';
import { behaviorOf } from './elements/index.ts';
import type { Instance } from './instance.ts';
import { InstanceDraft } from './instance-draft.ts';
import type { VariableMap } from './json.ts';
import type { Library } from './model/library.ts';
import type { ProcessModel } from './model/process-model.ts';
import type { Accepted, Changes, Outcome, RejectionCode } from './outcome.ts';
import type { HistoryEvent, HistoryRecord } from './history-event.ts';
import type { Key } from './key.ts';

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
  const start = startingPoint(execution.model, before, command);
  const draft = new InstanceDraft(start, command.firstKey);
  const run: Run = {
    model: execution.model,
    library: execution.library,
    migratesFrom: execution.migratesFrom,
    command,
    now: command.now,
    draft,
    events: new EventLog(command.now),
    effects: [],
    behaviorOf,
    pending: new StepQueue(),
    flights: new Flights(),
    changed: { names: null, subscriptions: null },
    plan: planOf(execution.model, behaviorOf),
    moved: null,
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
  return new Taken(start, draft.finish(), run);
}

/** What is told of the command in other words, changes and numbered records, is made when somebody asks. */
class Taken implements Accepted {
  readonly accepted = true;
  readonly instance: Instance;
  readonly effects: readonly Effect[];
  readonly nextKey: Key;
  readonly #before: Instance;
  readonly #command: Command;
  readonly #log: EventLog;
  #events: readonly HistoryEvent[] | null = null;
  #history: readonly HistoryRecord[] | null = null;
  #changes: Changes | null = null;

  constructor(before: Instance, instance: Instance, { command, events, effects, nextKey }: Run) {
    this.#before = before;
    this.#command = command;
    this.instance = instance;
    this.#log = events;
    this.effects = effects;
    this.nextKey = nextKey;
  }

  get events(): readonly HistoryEvent[] {
    return (this.#events ??= this.#log.all());
  }

  get history(): readonly HistoryRecord[] {
    return (this.#history ??= numbered(this.events, this.#before.header.historyLength, this.#command));
  }

  get changes(): Changes {
    return (this.#changes ??= changesBetween(this.#before, this.instance));
  }
}

function numbered(events: readonly HistoryEvent[], before: number, { now, by }: Command): readonly HistoryRecord[] {
  return events.map((event, index) => ({ sequence: before + index + 1, at: now, by, event }));
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
    return rejected('INVALID_STATE', whySuspended(before.header));
  }
  const badName = badVariableName(command);
  return badName === null ? null : rejected('INVALID_ARGUMENT', whyBadName(badName));
}

function badVariableName(command: Command): string | null {
  if ('variables' in command) return badNameIn(command.variables);
  for (const variables of variablesIn(command)) {
    const name = badNameIn(variables);
    if (name !== null) return name;
  }
  return null;
}

/** Of a command that brings variables to several places. */
function variablesIn(command: Command): readonly VariableMap[] {
  if (command.kind === 'activateAdHocElements') return command.elements.map(({ variables }) => variables);
  if (command.kind !== 'modifyInstance') return [];
  return command.activate.flatMap(({ variables }) => variables.map((one) => one.variables));
}

/** What a caller asks of a child that has completed; the command itself refuses any other state. */
function reachesCompleted({ kind }: Command): boolean {
  return kind === 'compensateInstance' || kind === 'dropCompensations';
}

function rejected(code: RejectionCode, message: string): Outcome {
  return { accepted: false, rejection: { code, message } };
}

import { evaluate, type ConditionalEventDefinition, type JsonValue, type Key, type VariableMap } from '#engine';
import { hashRequest } from '../database/command-log.ts';
import { readerOf, type Database } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { RepeatableCommand, Runner } from '../runtime/runner.ts';
import { findConditionalStarts, type ConditionalStart } from './conditional-start-store.ts';

export interface Conditionals {
  /**
   * Starts every process (latest version) that has a conditional start event which holds for these variables, each in a
   * transaction of its own. A repeat starts nothing twice. @throws IdempotencyConflict
   */
  evaluate(request: {
    readonly variables: VariableMap;
    /** Only this process; every one when absent. */
    readonly processDefinitionKey?: Key;
    readonly by: string | null;
    readonly repeatable?: RepeatableCommand;
  }): Promise<ConditionalEvaluation>;
}

export interface ConditionalEvaluation {
  readonly conditionalEvaluationKey: Key;
  readonly started: readonly { readonly processDefinitionKey: Key; readonly processInstanceKey: Key }[];
  /** Conditions that gave no value, and why. */
  readonly failures: readonly {
    readonly processDefinitionKey: Key;
    readonly elementId: string;
    readonly message: string;
  }[];
}

export function createConditionals(deps: {
  readonly database: Database;
  readonly keys: KeySource;
  readonly definitions: Definitions;
  readonly runner: Runner;
  readonly clock: Clock;
}): Conditionals {
  const { database, keys, definitions, runner, clock } = deps;
  const reader = readerOf(database);

  const conditionOf = async ({ processDefinitionKey, elementId, definitionIndex }: ConditionalStart) => {
    const { model } = await definitions.execution(processDefinitionKey);
    const starts = model.scopes.get(model.processId)?.eventStarts ?? [];
    const start = starts.find((one) => one.elementId === elementId && one.definitionIndex === definitionIndex);
    if (start?.event.kind !== 'conditional') throw new Error(`Expected ${elementId} to start by a condition`);
    return start.event;
  };

  const look = (event: ConditionalEventDefinition, variables: VariableMap) => {
    const given = new Map<string, JsonValue>(Object.entries(variables));
    return evaluate(event.condition, {
      variables: { get: (name) => given.get(name), toContext: () => variables },
      now: clock.now(),
      zone: definitions.zone,
      calendars: definitions.calendars,
    });
  };

  return {
    async evaluate({ variables, processDefinitionKey, by, repeatable }) {
      const conditionalEvaluationKey = await keys.next(keys.pickBucket());
      const started: ConditionalEvaluation['started'][number][] = [];
      const failures: ConditionalEvaluation['failures'][number][] = [];
      for (const start of await findConditionalStarts(reader, processDefinitionKey)) {
        const event = await conditionOf(start);
        if (!concerns(event, variables)) continue;
        const outcome = look(event, variables);
        const { elementId } = start;
        const definition = { processDefinitionKey: start.processDefinitionKey };
        if (!outcome.ok) failures.push({ ...definition, elementId, message: outcome.failure.message });
        if (!outcome.ok || outcome.value !== true) continue;
        const { processInstanceKey } = await runner.start({
          ...definition,
          variables,
          startElementId: elementId,
          startDefinitionIndex: start.definitionIndex,
          by,
          repeatable: onceEach(repeatable, conditionalEvaluationKey, start.subscriptionKey),
        });
        started.push({ ...definition, processInstanceKey });
      }
      return { conditionalEvaluationKey, started, failures };
    },
  };
}

/** `zeebe:conditionalFilter`: to a process that does not run yet, every variable offered is a new one. */
function concerns({ variableNames, variableEvents }: ConditionalEventDefinition, variables: VariableMap): boolean {
  if (variableEvents?.includes('create') === false) return false;
  return variableNames?.some((name) => Object.hasOwn(variables, name)) ?? true;
}

/** One request, several starts: each is known by the request and the start it took. */
function onceEach(request: RepeatableCommand | undefined, evaluationKey: Key, subscriptionKey: Key): RepeatableCommand {
  const commandId = `${request?.commandId ?? `conditional:${evaluationKey}`}:${subscriptionKey}`;
  return { commandId, requestHash: request?.requestHash ?? hashRequest(commandId) };
}

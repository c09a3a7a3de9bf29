import { evaluate, type ConditionalEventDefinition, type JsonValue, type Key, type VariableMap } from '#engine';
import { hashRequest } from '../database/command-log.ts';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { RepeatableCommand, Runner } from '../runtime/runner.ts';

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

  const conditionOf = async ({ process_definition_key, element_id, definition_index }: StartRow) => {
    const { model } = await definitions.execution(process_definition_key);
    const starts = model.scopes.get(model.processId)?.eventStarts ?? [];
    const start = starts.find((one) => one.elementId === element_id && one.definitionIndex === definition_index);
    if (start?.event.kind !== 'conditional') throw new Error(`Expected ${element_id} to start by a condition`);
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
      const rows = await queryRows<StartRow>(
        reader,
        `SELECT subscription_key, process_definition_key, element_id, definition_index FROM start_subscription
         WHERE kind = 'conditional' ORDER BY subscription_key`,
      );
      const conditionalEvaluationKey = await keys.next(keys.pickBucket());
      const started: ConditionalEvaluation['started'][number][] = [];
      const failures: ConditionalEvaluation['failures'][number][] = [];
      for (const row of rows) {
        if (processDefinitionKey !== undefined && row.process_definition_key !== processDefinitionKey) continue;
        const event = await conditionOf(row);
        if (!concerns(event, variables)) continue;
        const outcome = look(event, variables);
        const named = { processDefinitionKey: row.process_definition_key, elementId: row.element_id };
        if (!outcome.ok) failures.push({ ...named, message: outcome.failure.message });
        if (!outcome.ok || outcome.value !== true) continue;
        const { processInstanceKey } = await runner.start({
          processDefinitionKey: row.process_definition_key,
          variables,
          startElementId: row.element_id,
          startDefinitionIndex: row.definition_index,
          by,
          repeatable: onceEach(repeatable, conditionalEvaluationKey, row.subscription_key),
        });
        started.push({ processDefinitionKey: row.process_definition_key, processInstanceKey });
      }
      return { conditionalEvaluationKey, started, failures };
    },
  };
}

interface StartRow {
  readonly subscription_key: Key;
  readonly process_definition_key: Key;
  readonly element_id: string;
  readonly definition_index: number;
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

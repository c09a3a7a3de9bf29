import type { ElementInstance, Instance, LiveElement, Variable } from './instance.ts';
import type { Key } from './key.ts';
import type { Changes, RowChanges } from './outcome.ts';

/**
 * The rows in which an instance differs from an earlier version of itself. Read off the tables, which share what is the
 * same, when somebody stores them: noted at every write, it was an eighth of what a command costs, and rows that one
 * command both begins and ends were named for nothing.
 */
export function changesBetween(before: Instance, after: Instance): Changes {
  const live = after.live.changesSince(before.live);
  return {
    elements: changedElements(before, live),
    variables: changedVariables(before, live),
    tokens: after.tokens.changesSince(before.tokens),
    loopItems: after.loopItems.changesSince(before.loopItems),
    loopResults: after.loopResults.changesSince(before.loopResults),
    compensations: after.compensations.changesSince(before.compensations),
    userTasks: after.userTasks.changesSince(before.userTasks),
    jobs: after.jobs.changesSince(before.jobs),
    timers: after.timers.changesSince(before.timers),
    subscriptions: after.subscriptions.changesSince(before.subscriptions),
    incidents: after.incidents.changesSince(before.incidents),
  };
}

type LiveChanges = RowChanges<LiveElement>;

/** Something that hangs on an element changes more often than the element itself. */
function changedElements(before: Instance, live: LiveChanges): RowChanges<ElementInstance> {
  const changes = new Map<Key, ElementInstance | null>();
  for (const [key, one] of live) if (one?.row !== before.live.get(key)?.row) changes.set(key, one?.row ?? null);
  return changes;
}

/** Variables are never taken out of a scope that lives; with a scope go all of them. */
function changedVariables(before: Instance, live: LiveChanges): RowChanges<Variable> {
  const changes = new Map<Key, Variable | null>();
  for (const [key, one] of live) {
    const old = before.live.get(key)?.variables ?? null;
    const now = one?.variables ?? null;
    if (old === now) continue;
    for (const variable of now?.values() ?? []) {
      if (old?.get(variable.name) !== variable) changes.set(variable.variableKey, variable);
    }
    if (one === null) for (const { variableKey } of old?.values() ?? []) changes.set(variableKey, null);
  }
  return changes;
}

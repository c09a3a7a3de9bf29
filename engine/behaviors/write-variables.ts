import type { JsonValue, VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import { emit } from './emit.ts';
import { scopeChain } from './read-variables.ts';
import { takeKey, type Run } from './run.ts';

/** Writes variables into exactly this scope. */
export function setLocalVariables(run: Run, scopeKey: Key, variables: VariableMap): void {
  for (const [name, value] of Object.entries(variables)) setVariable(run, scopeKey, name, value);
}

/** Creates the variables that a scope begins with, null unless a value was given. */
export function declareVariables(run: Run, scopeKey: Key, names: readonly string[]): void {
  for (const name of names) {
    if (run.draft.variables.get(scopeKey)?.has(name) !== true) setVariable(run, scopeKey, name, null);
  }
}

/** Writes each variable into the nearest scope that has it, else into the root (Camunda 8 variable propagation). */
export function propagateVariables(run: Run, scopeKey: Key, variables: VariableMap): void {
  for (const [name, value] of Object.entries(variables)) {
    let target = scopeKey;
    for (const key of scopeChain(run, scopeKey)) {
      target = key;
      if (run.draft.variables.get(key)?.has(name) === true) break;
    }
    setVariable(run, target, name, value);
  }
}

function setVariable(run: Run, scopeKey: Key, name: string, value: JsonValue): void {
  const before = run.draft.variables.get(scopeKey)?.get(name);
  if (before === undefined) {
    emit(run, { kind: 'variableCreated', variable: { variableKey: takeKey(run), scopeKey, name, value } });
    run.changed.names.set(name, 'create');
  } else if (!sameJson(before.value, value)) {
    emit(run, { kind: 'variableUpdated', variable: { ...before, value } });
    run.changed.names.set(name, 'update');
  }
}

function sameJson(a: JsonValue, b: JsonValue): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

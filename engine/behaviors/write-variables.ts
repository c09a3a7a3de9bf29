import type { JsonValue, VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import { emit } from './emit.ts';
import { takeKey, type Run } from './run.ts';

/** Writes variables into exactly this scope. */
export function setLocalVariables(run: Run, scopeKey: Key, variables: VariableMap): void {
  for (const name of Object.keys(variables)) setVariable(run, scopeKey, name, variables[name] as JsonValue);
}

/** Creates the variables that a scope begins with, null unless a value was given. */
export function declareVariables(run: Run, scopeKey: Key, names: readonly string[]): void {
  for (const name of names) {
    if (run.draft.variables.get(scopeKey)?.has(name) !== true) setVariable(run, scopeKey, name, null);
  }
}

/** Writes each variable into the nearest scope that has it, else into the root (Camunda 8 variable propagation). */
export function propagateVariables(run: Run, scopeKey: Key, variables: VariableMap): void {
  for (const name of Object.keys(variables)) {
    setVariable(run, scopeOf(run, scopeKey, name), name, variables[name] as JsonValue);
  }
}

function scopeOf(run: Run, scopeKey: Key, name: string): Key {
  let target = scopeKey;
  for (;;) {
    if (run.draft.variables.get(target)?.has(name) === true) return target;
    const outer = run.draft.elements.get(target)?.scopeKey ?? null;
    if (outer === null) return target;
    target = outer;
  }
}

function setVariable(run: Run, scopeKey: Key, name: string, value: JsonValue): void {
  const before = run.draft.variables.get(scopeKey)?.get(name);
  if (before === undefined) {
    emit(run, { kind: 'variableCreated', variable: { variableKey: takeKey(run), scopeKey, name, value } });
    (run.changed.names ??= new Map()).set(name, 'create');
  } else if (!sameJson(before.value, value)) {
    emit(run, { kind: 'variableUpdated', variable: { ...before, value } });
    (run.changed.names ??= new Map()).set(name, 'update');
  }
}

function sameJson(a: JsonValue, b: JsonValue): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

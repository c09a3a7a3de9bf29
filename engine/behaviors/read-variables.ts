import type { EvaluationScope, VariableReader } from '../expressions/expression.ts';
import type { JsonValue } from '../json.ts';
import type { Key } from '../key.ts';
import type { Run } from './run.ts';

/** Variables as seen from a scope: its own hide those of the scopes around it. */
export function readVariables(run: Run, scopeKey: Key): VariableReader {
  return {
    get(name) {
      let key: Key | null = scopeKey;
      while (key !== null) {
        const variable = run.draft.variables.get(key)?.get(name);
        if (variable !== undefined) return variable.value;
        key = run.draft.elements.get(key)?.scopeKey ?? null;
      }
      return undefined;
    },
    toContext() {
      const context: Record<string, JsonValue> = {};
      for (const key of [...scopeChain(run, scopeKey)].reverse()) {
        for (const variable of run.draft.variables.get(key)?.values() ?? []) context[variable.name] = variable.value;
      }
      return context;
    },
  };
}

export function evaluationScope(run: Run, scopeKey: Key, extra?: Readonly<Record<string, JsonValue>>): EvaluationScope {
  const own = readVariables(run, scopeKey);
  const variables: VariableReader =
    extra === undefined
      ? own
      : {
          get: (name) => (Object.hasOwn(extra, name) ? extra[name] : own.get(name)),
          toContext: () => ({ ...own.toContext(), ...extra }),
        };
  return { variables, now: run.now, zone: run.library.zone, calendars: run.library.calendars };
}

/** The scope itself and the scopes around it, inside out. */
export function* scopeChain(run: Run, scopeKey: Key): Generator<Key> {
  let key: Key | null = scopeKey;
  while (key !== null) {
    yield key;
    key = run.draft.elements.get(key)?.scopeKey ?? null;
  }
}

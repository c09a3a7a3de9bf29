import type { VariableMap } from '../json.ts';

/**
 * The inputs and outputs of a call activity are those of what it calls (BPMN 2.0.2 §10.3.6, §10.4.1), and no element says
 * which is which: those of one name are the same, the others those at the same place.
 */
export function pairedNames(from: readonly string[], to: readonly string[]): Readonly<Record<string, string>> {
  if (from.length !== to.length) return {};
  const pairs = from.flatMap((name, place) => (to.includes(name) ? [] : [[name, to[place]!] as const]));
  return Object.fromEntries(pairs.filter(([, name]) => !from.includes(name)));
}

export function renamed(variables: VariableMap, names: Readonly<Record<string, string>>): VariableMap {
  if (Object.keys(names).length === 0) return variables;
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [names[name] ?? name, value]));
}

import type { VariableMap } from './json.ts';

/** The first name that no variable may have, or null; `__proto__` would reach the prototype of every object made from it. */
export function badNameIn(variables: VariableMap): string | null {
  for (const name of Object.keys(variables)) if (name === '' || name === '__proto__' || name.length > 200) return name;
  return null;
}

export function whyBadName(name: string): string {
  return `Expected a variable name of 1 to 200 characters, but got "${name.slice(0, 40)}"`;
}

import type { VariableReader } from '../expression.ts';

/** Separates the names of a path inside the second argument of `is defined`; cannot occur in a FEEL name. */
export const PATH_SEPARATOR = '\u0001';

/** Whether every name of the path exists, by own properties only. */
export function definedPath(path: string, variables: VariableReader): boolean {
  const [first, ...rest] = path.split(PATH_SEPARATOR);
  let value: unknown = variables.get(first!);
  for (const name of rest) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
    value = (value as Record<string, unknown>)[name];
  }
  return value !== undefined;
}

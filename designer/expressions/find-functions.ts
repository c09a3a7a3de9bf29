import type { FeelFunctionDescription, FeelFunctionGroup } from '#engine';

/** Ours first: that is what brings an analyst here. */
export const FUNCTION_GROUPS = [
  'working time',
  'money',
  'requisites',
  'temporal',
  'number',
  'text',
  'list',
  'logic',
  'context',
  'range',
] as const satisfies readonly FeelFunctionGroup[];

/** Functions of a section in whose name or description, in either language, every word of the search stands. */
export function findFunctions(
  functions: readonly FeelFunctionDescription[],
  search: string,
  group: FeelFunctionGroup | null,
): readonly FeelFunctionDescription[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return functions.filter((fn) => {
    const text = `${fn.name} ${fn.description.ru} ${fn.description.en}`.toLowerCase();
    return (group === null || fn.group === group) && words.every((word) => text.includes(word));
  });
}

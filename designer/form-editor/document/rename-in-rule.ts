import { compileFeel, ExpressionSyntaxError, variablesOf } from '#engine';
import { isJsonObject, type JsonObject } from './form-document.ts';
import type { JsonValue } from '#engine';

export type NameMap = ReadonlyMap<string, string>;

/** Strings and comments stand as they are; a word behind a dot is a member, not a field. */
const TOKENS = /"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<!\.\s*)[A-Za-z_А-Яа-яЁё][\wА-Яа-яЁё]*/g;
const RULES = ['x-visible', 'x-required', 'x-readonly', 'x-value', 'x-options'];

/**
 * A FEEL rule with fields renamed. The result is held against what the rule read before; where that does not fit (a name inside a
 * function name, a shadowed variable) the rule stays as it was, and lint names the field it misses.
 */
export function renameInRule(rule: string, names: NameMap): string {
  const read = variablesIn(rule);
  if (!read || !read.some((name) => names.has(name))) return rule;
  const renamed = rule.replace(TOKENS, (token) => names.get(token) ?? token);
  const expected = new Set(read.map((name) => names.get(name) ?? name));
  const now = new Set(variablesIn(renamed));
  return now.size === expected.size && [...now].every((name) => expected.has(name)) ? renamed : rule;
}

/** The schema of a field (or of the form) with its rules renamed; the same object when nothing in it changes. */
export function renameInSchema(schema: JsonObject, names: NameMap): JsonObject {
  let changed = false;
  const entries = Object.entries(schema).map(([keyword, value]): [string, JsonValue] => {
    const next = renamedValue(keyword, value, names);
    changed ||= JSON.stringify(next) !== JSON.stringify(value);
    return [keyword, next];
  });
  return changed ? Object.fromEntries(entries) : schema;
}

function renamedValue(keyword: string, value: JsonValue, names: NameMap): JsonValue {
  if (typeof value === 'string' && RULES.includes(keyword)) return renameInRule(value, names);
  if (keyword === 'x-assert' && Array.isArray(value))
    return (value as readonly JsonValue[]).map((entry) => (isJsonObject(entry) ? renamedAssert(entry, names) : entry));
  if (keyword === 'x-source' && isJsonObject(value) && typeof value['filter'] === 'string')
    return { ...value, filter: renameInRule(value['filter'], names) };
  return value;
}

function renamedAssert(entry: JsonObject, names: NameMap): JsonObject {
  const { test, at } = entry;
  const target = typeof at === 'string' ? names.get(at.slice(1)) : undefined;
  return {
    ...entry,
    ...(typeof test === 'string' && { test: renameInRule(test, names) }),
    ...(target !== undefined && { at: `/${target}` }),
  };
}

function variablesIn(rule: string): readonly string[] | undefined {
  try {
    return variablesOf(compileFeel(rule));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}

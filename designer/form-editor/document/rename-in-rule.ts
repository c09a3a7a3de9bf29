import { compileFeel, ExpressionSyntaxError, variablesOf, type JsonValue } from '#engine';
import { isJsonObject, type JsonObject } from './form-document.ts';

/** Old name → new one: of fields, and with a dot of columns (`works.qty`). */
export type NameMap = ReadonlyMap<string, string>;

/** The row that a rule stands in: the table by its old name and the old keys of its columns. */
export interface RowNames {
  readonly table: string;
  readonly keys: ReadonlySet<string>;
}

/** Strings and comments stand as they are; of a path the whole is taken, so that a word behind a dot is a member, not a field. */
const TOKENS =
  /"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<!\.\s*)[A-Za-z_А-Яа-яЁё][\wА-Яа-яЁё]*(?:\.[A-Za-z_А-Яа-яЁё][\wА-Яа-яЁё]*)*/g;
const RULES = ['x-visible', 'x-required', 'x-readonly', 'x-value', 'x-options'];

/**
 * A FEEL rule with fields renamed. The result is held against what the rule read before; where that does not fit (a name inside a
 * function name, a shadowed variable) the rule stays as it was, and lint names the field it misses.
 */
export function renameInRule(rule: string, names: NameMap, row?: RowNames): string {
  const read = variablesIn(rule);
  if (!read) return rule;
  const renamePath = (path: string): string => {
    const renamed = renamedPath(path, names, row);
    return read.includes(rootOf(path)) ? renamed : path;
  };
  const renamed = rule.replace(TOKENS, (token) => (/^["/]/.test(token) ? token : renamePath(token)));
  if (renamed === rule) return rule;
  const expected = new Set(read.map((name) => rootOf(renamedPath(name, names, row))));
  const now = new Set(variablesIn(renamed));
  return now.size === expected.size && [...now].every((name) => expected.has(name)) ? renamed : rule;
}

/** The schema of the field `name` (or of the form: '') with its rules renamed; the same object when nothing in it changes. */
export function renameInSchema(schema: JsonObject, names: NameMap, name = '', row?: RowNames): JsonObject {
  let changed = false;
  const entries = Object.entries(schema).map(([keyword, value]): [string, JsonValue] => {
    const next = keyword === 'items' ? renamedItems(value, names, name) : renamedValue(keyword, value, names, row);
    changed ||= JSON.stringify(next) !== JSON.stringify(value);
    return [keyword, next];
  });
  return changed ? Object.fromEntries(entries) : schema;
}

/** What the columns and the checks of a row say. */
function renamedItems(items: JsonValue, names: NameMap, table: string): JsonValue {
  if (!isJsonObject(items) || !isJsonObject(items['properties'])) return items;
  const row = { table, keys: new Set(Object.keys(items['properties'])) };
  const properties = Object.entries(items['properties']).map(([key, column]): [string, JsonValue] => [
    key,
    isJsonObject(column) ? renameInSchema(column, names, `${table}.${key}`, row) : column!,
  ]);
  return { ...renameInSchema(items, names, '', row), properties: Object.fromEntries(properties) };
}

function renamedValue(keyword: string, value: JsonValue, names: NameMap, row: RowNames | undefined): JsonValue {
  if (typeof value === 'string' && RULES.includes(keyword)) return renameInRule(value, names, row);
  if (keyword === 'x-bik' && typeof value === 'string') return renamedPath(value, names, row);
  if (keyword === 'x-assert' && Array.isArray(value))
    return (value as readonly JsonValue[]).map((entry) =>
      isJsonObject(entry) ? renamedAssert(entry, names, row) : entry,
    );
  return keyword === 'x-source' && isJsonObject(value) ? renamedSource(value, names, row) : value;
}

function renamedAssert(entry: JsonObject, names: NameMap, row: RowNames | undefined): JsonObject {
  const { test, at } = entry;
  return {
    ...entry,
    ...(typeof test === 'string' && { test: renameInRule(test, names, row) }),
    ...(typeof at === 'string' && { at: `/${renamedPath(at.slice(1), names, row)}` }),
  };
}

/** In a filter a bare name is a field of the register; `form.x`, and in a row `parent.x` and `row.x`, are ours. */
function renamedSource(source: JsonObject, names: NameMap, row: RowNames | undefined): JsonObject {
  const { filter, fill } = source;
  const ours = (token: string): string => {
    const [scope = '', ...rest] = token.split('.');
    if (!['form', 'parent', 'row'].includes(scope) || rest.length === 0) return token;
    const path = renamedPath(rest.join('.'), names, scope === 'parent' ? undefined : row);
    return `${scope}.${path.replace(/^parent\./, '')}`;
  };
  return {
    ...source,
    ...(typeof filter === 'string' && {
      filter: filter.replace(TOKENS, (token) => (/^["/]/.test(token) ? token : ours(token))),
    }),
    ...(isJsonObject(fill) && {
      fill: Object.fromEntries(Object.entries(fill).map(([name, from]) => [renamedPath(name, names, row), from!])),
    }),
  };
}

/** As the engine reads names: first the row, then the form; `row.x` and `parent.x` say which. */
function renamedPath(path: string, names: NameMap, row: RowNames | undefined): string {
  const [root = '', ...rest] = path.split('.');
  if (row !== undefined) {
    if (root === 'parent' && rest.length > 0) return `parent.${renamedPath(rest.join('.'), names, undefined)}`;
    const [key = '', ...members] = root === 'row' ? rest : [root, ...rest];
    if (row.keys.has(key)) {
      const renamed = names.get(`${row.table}.${key}`)?.split('.').at(-1) ?? key;
      return [...(root === 'row' ? ['row'] : []), renamed, ...members].join('.');
    }
    if (root === 'row') return path;
    const outer = renamedPath(path, names, undefined);
    // A column stands before a field of the form called alike.
    return outer !== path && row.keys.has(rootOf(outer)) ? `parent.${outer}` : outer;
  }
  const [first = ''] = rest;
  const column = names.get(`${root}.${first}`);
  if (rest.length > 0 && column !== undefined) return [column, ...rest.slice(1)].join('.');
  return [names.get(root) ?? root, ...rest].join('.');
}

function rootOf(path: string): string {
  return path.split('.')[0]!;
}

function variablesIn(rule: string): readonly string[] | undefined {
  try {
    return variablesOf(compileFeel(rule));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}

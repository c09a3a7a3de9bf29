import { ROW_ID } from './align-rows.ts';
import { compileField } from './compile-field.ts';
import type { FormField, TableOptions, TableShape } from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';
import { isRecord } from './json-checks.ts';
import { nameProblem } from './field-name.ts';
import { readAsserts } from './read-rules.ts';
import type { RuleNames } from './rule-names.ts';

/** In a column's rule these two mean the row and the form around it. */
export const ROW_WORDS: readonly string[] = ['row', 'parent'];

const ITEMS = ['type', 'properties', 'required', 'additionalProperties', 'x-assert'];
const MAX_COLUMNS = 40;

interface TableReading {
  readonly table: FormField;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly names: RuleNames;
  readonly options: TableOptions | undefined;
  readonly problems: ProblemList;
}

/** The keys of each table's columns, read before any rule is: a rule may name a column of a table that stands below it. */
export function columnKeys(properties: Readonly<Record<string, unknown>>): RuleNames['tables'] {
  return new Map(
    Object.entries(properties).flatMap(([name, schema]): readonly (readonly [string, readonly string[]])[] => {
      const items = isRecord(schema) && schema['type'] === 'array' ? schema['items'] : undefined;
      const columns = isRecord(items) && items['type'] === 'object' ? items['properties'] : undefined;
      return isRecord(columns) ? [[name, Object.keys(columns)]] : [];
    }),
  );
}

/** Reads `items` of a table: its columns, in the order of the layout, and the assertions of a row. */
export function readTable({ table, schema, path, names, options, problems }: TableReading): TableShape {
  const items = schema['items'] as Readonly<Record<string, unknown>>;
  const at = `${path}/items`;
  for (const keyword of ['x-value', 'default'] as const) {
    if (keyword in schema)
      problems.add(`${path}/${keyword}`, `A table takes no ${keyword}`, `Write ${keyword} on its columns.`);
  }
  for (const key of Object.keys(items)) {
    if (!ITEMS.includes(key))
      problems.add(`${at}/${key}`, `Keyword "${key}" is not supported in items`, `Use ${ITEMS.join(', ')}.`);
  }
  if ('additionalProperties' in items && items['additionalProperties'] !== false)
    problems.add(`${at}/additionalProperties`, 'additionalProperties may only be false', 'Remove it.');
  const properties = isRecord(items['properties']) ? items['properties'] : {};
  const keys = Object.keys(properties);
  if (keys.length === 0 || keys.length > MAX_COLUMNS)
    problems.add(`${at}/properties`, `A table has 1 to ${MAX_COLUMNS} columns, found ${keys.length}`, 'Describe them.');
  const required = items['required'] ?? [];
  if (!Array.isArray(required) || !required.every((key) => keys.includes(key as string)))
    problems.add(`${at}/required`, 'required must list columns of the table', `Columns are ${keys.join(', ')}.`);
  const rowNames = { ...names, row: table.name };
  const columns = inOrder(keys, options).flatMap((key): readonly FormField[] => {
    const place = `${at}/properties/${key}`;
    const problem =
      key === ROW_ID || ROW_WORDS.includes(key) ? `"${key}" has a meaning of its own in a table` : nameProblem(key);
    if (problem !== undefined)
      problems.add(place, problem, 'Use letters, digits and _, starting with a letter, and no word of FEEL.');
    const column = isRecord(properties[key])
      ? compileField({
          name: `${table.name}.${key}`,
          schema: properties[key],
          path: place,
          valuePath: `${table.path}/-/${key}`,
          widget: undefined,
          mustBeFilled: Array.isArray(required) && required.includes(key),
          names: rowNames,
          problems,
        })
      : undefined;
    if (column === undefined) {
      if (!isRecord(properties[key])) problems.add(place, 'A column is an object', 'Write {"type": "string"}.');
      return [];
    }
    if (column.kind === 'table')
      problems.add(place, 'A table within a table is not supported', 'Make it a table of its own.');
    return [{ ...column, column: { table: table.name, key } }];
  });
  const asserts = readAsserts(
    { schema: items, path: at, valuePath: '', names: rowNames, problems },
    keys.map((key) => `/${key}`),
  );
  return { columns, asserts };
}

function inOrder(keys: readonly string[], options: TableOptions | undefined): readonly string[] {
  const first = (options?.columns ?? []).map(({ key }) => key).filter((key) => keys.includes(key));
  return [...new Set([...first, ...keys])];
}

import { compileFeel, ExpressionSyntaxError, resolveNames, type JsonValue, type RuleNames } from '#engine';
import {
  dataShell,
  isJsonObject,
  type FieldEntry,
  type FormDocument,
  type JsonObject,
} from '../document/form-document.ts';
import { columnKey, columnsOf, itemsOf } from '../document/table-columns.ts';

export type RuleName = 'visible' | 'required' | 'readonly' | 'value' | 'options' | 'assert';

/** One condition of the form and the names it reads. */
export interface RuleEntry {
  /** A field, a column, or of a check of its rows the table; null: the form as a whole. */
  readonly field: FieldEntry | null;
  /** The table in whose rows it stands. */
  readonly table?: FieldEntry;
  readonly rule: RuleName;
  readonly text: string;
  readonly reads: readonly string[];
}

const RULES = ['visible', 'required', 'readonly', 'value', 'options'] as const;

/** Every condition, in the order of the fields, those of columns behind their table. A text that is no FEEL reads nothing. */
export function rulesOf(document: FormDocument): readonly RuleEntry[] {
  const names = namesOf(document);
  const own = document.fieldOrder.flatMap((id) => {
    const field = document.fields[id]!;
    const inRow = { ...names, row: field.name };
    const rows = assertsOf(itemsOf(field.schema)).map((test) => entry(field, 'assert', test, inRow));
    const columns = columnsOf(field).flatMap((column) => ofField(column, inRow));
    return [...ofField(field, names), ...[...columns, ...rows].map((one) => ({ ...one, table: field }))];
  });
  return [...own, ...assertsOf(dataShell(document)).map((test) => entry(null, 'assert', test, names))];
}

/** Fields and columns whose conditions read this one, the field itself and its columns left out. */
export function readersOf(document: FormDocument, name: string): readonly FieldEntry[] {
  const readers = rulesOf(document).flatMap(({ field, reads }) => {
    const own = field === null || field.name === name || field.name.startsWith(`${name}.`);
    return !own && reads.some((read) => read === name || read.startsWith(`${name}.`)) ? [field] : [];
  });
  return [...new Map(readers.map((reader) => [reader.id, reader])).values()];
}

function ofField(field: FieldEntry, names: RuleNames): readonly RuleEntry[] {
  const texts = RULES.flatMap((rule) => {
    const text = field.schema[`x-${rule}`];
    return typeof text === 'string' ? [entry(field, rule, text, names)] : [];
  });
  return [...texts, ...assertsOf(field.schema).map((test) => entry(field, 'assert', test, names))];
}

function entry(field: FieldEntry | null, rule: RuleName, text: string, names: RuleNames): RuleEntry {
  return { field, rule, text, reads: namesIn(text, names) };
}

function assertsOf(schema: JsonObject): readonly string[] {
  const asserts = schema['x-assert'];
  if (!Array.isArray(asserts)) return [];
  return (asserts as readonly JsonValue[]).flatMap((one) =>
    isJsonObject(one) && typeof one['test'] === 'string' ? [one['test']] : [],
  );
}

function namesOf({ fields }: FormDocument): RuleNames {
  const all = Object.values(fields);
  const tables = all.filter((field) => columnsOf(field).length > 0);
  return {
    fields: new Set(all.map(({ name }) => name)),
    tables: new Map(tables.map((table) => [table.name, columnsOf(table).map(columnKey)])),
  };
}

/** A field by its name, a column as `works.qty`, whatever of the process is read by its own. */
function namesIn(text: string, names: RuleNames): readonly string[] {
  try {
    const read = resolveNames(compileFeel(text), names).inputs.flatMap(({ source }): readonly string[] => {
      switch (source.kind) {
        case 'field':
        case 'context':
          return [source.name];
        case 'column':
          return [`${source.table}.${source.key}`];
        case 'cell':
          return [`${names.row}.${source.key}`];
        case 'row':
          return [names.row!];
        case 'parent':
          return [];
      }
    });
    return [...new Set(read)];
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return [];
    throw error;
  }
}

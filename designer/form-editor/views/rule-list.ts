import { compileFeel, ExpressionSyntaxError, variablesOf } from '#engine';
import type { JsonValue } from '#engine';
import {
  dataShell,
  isJsonObject,
  type FieldEntry,
  type FormDocument,
  type JsonObject,
} from '../document/form-document.ts';

export type RuleName = 'visible' | 'required' | 'readonly' | 'value' | 'options' | 'assert';

/** One condition of the form and the names it reads. */
export interface RuleEntry {
  /** Null: of the form as a whole. */
  readonly field: FieldEntry | null;
  readonly rule: RuleName;
  readonly text: string;
  readonly reads: readonly string[];
}

const RULES = ['visible', 'required', 'readonly', 'value', 'options'] as const;

/** Every condition, in the order of the fields. A text that is no FEEL reads nothing. */
export function rulesOf(document: FormDocument): readonly RuleEntry[] {
  const own = document.fieldOrder.flatMap((id) => {
    const field = document.fields[id]!;
    const texts = RULES.flatMap((rule) => {
      const text = field.schema[`x-${rule}`];
      return typeof text === 'string' ? [entry(field, rule, text)] : [];
    });
    return [...texts, ...assertsOf(field.schema).map((test) => entry(field, 'assert', test))];
  });
  return [...own, ...assertsOf(dataShell(document)).map((test) => entry(null, 'assert', test))];
}

/** Fields whose conditions read this one, the field itself left out. */
export function readersOf(document: FormDocument, name: string): readonly FieldEntry[] {
  const readers = rulesOf(document).flatMap(({ field, reads }) =>
    field && field.name !== name && reads.includes(name) ? [field] : [],
  );
  return [...new Set(readers)];
}

function entry(field: FieldEntry | null, rule: RuleName, text: string): RuleEntry {
  return { field, rule, text, reads: namesIn(text) };
}

function assertsOf(schema: JsonObject): readonly string[] {
  const asserts = schema['x-assert'];
  if (!Array.isArray(asserts)) return [];
  return (asserts as readonly JsonValue[]).flatMap((one) =>
    isJsonObject(one) && typeof one['test'] === 'string' ? [one['test']] : [],
  );
}

function namesIn(text: string): readonly string[] {
  try {
    return [...new Set(variablesOf(compileFeel(text)))];
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return [];
    throw error;
  }
}

import { defaultProblem } from './default-value.ts';
import type { FormField, FormRule, Widget } from './form-definition.ts';
import { readField } from './read-field.ts';
import { readAsserts, readRules, type RuleReading } from './read-rules.ts';

interface FieldCompilation extends Omit<RuleReading, 'valuePath'> {
  readonly name: string;
  readonly widget: Widget | undefined;
  readonly mustBeFilled: boolean;
  /** Where the value stands; `/name` when absent. */
  readonly valuePath?: string;
  readonly within?: readonly FormRule[];
}

/** One property of `data` or of a table's `items` with its rules; undefined, with problems added, when its kind cannot be told. */
export function compileField(compilation: FieldCompilation): FormField | undefined {
  const { name, schema, path, widget, mustBeFilled, names, problems, within = [] } = compilation;
  const shape = readField({ name, schema, path, widget, mustBeFilled, problems });
  if (shape === undefined) return undefined;
  const valuePath = compilation.valuePath ?? shape.path;
  const reading: RuleReading = { schema, path, valuePath, names, problems };
  const field: FormField = {
    ...shape,
    path: valuePath,
    required: mustBeFilled,
    ...(within.length > 0 && { within }),
    rules: readRules(reading),
    asserts: readAsserts(reading),
  };
  if (field.kind === 'table') return field;
  const problem = defaultProblem(field);
  if (problem !== undefined)
    problems.add(`${path}/default`, problem, 'Give a value the field itself would accept, or remove the default.');
  return field;
}

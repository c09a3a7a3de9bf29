import { ExpressionSyntaxError } from '../expressions/expression-syntax-error.ts';
import { compileFeel } from '../expressions/expression.ts';
import type { FormAssert, FormField, FormRule, RuleKeyword } from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';
import { isRecord } from './json-checks.ts';
import { resolveNames, type RuleNames } from './rule-names.ts';

export interface RuleReading {
  readonly schema: Readonly<Record<string, unknown>>;
  /** Where the schema stands in the definition. */
  readonly path: string;
  /** Where its value stands in the form data; '' is the form itself. */
  readonly valuePath: string;
  readonly names: RuleNames;
  readonly problems: ProblemList;
}

/** Compiles the rules of one field. */
export function readRules(reading: RuleReading): FormField['rules'] {
  const rule = (keyword: RuleKeyword): FormRule | undefined => {
    const text = reading.schema[keyword];
    return text === undefined ? undefined : readRule(reading, { keyword, text, at: `${reading.path}/${keyword}` });
  };
  const visible = rule('x-visible');
  const required = rule('x-required');
  const readonly = rule('x-readonly');
  const value = rule('x-value');
  const options = rule('x-options');
  return {
    ...(visible && { visible }),
    ...(required && { required }),
    ...(readonly && { readonly }),
    ...(value && { value }),
    ...(options && { options }),
  };
}

/** Compiles `x-assert`: `[{ test, message }]` on a field; `at` on the form and on a row, where it names one of `places`. */
export function readAsserts(reading: RuleReading, places: readonly string[] = []): readonly FormAssert[] {
  const { schema, path, valuePath, problems } = reading;
  const listed = schema['x-assert'];
  if (listed === undefined) return [];
  if (!Array.isArray(listed)) {
    problems.add(`${path}/x-assert`, 'x-assert must be a list', 'Write [{"test": "…", "message": "assert.key"}].');
    return [];
  }
  return listed.flatMap((entry: unknown, index): readonly FormAssert[] => {
    const place = `${path}/x-assert/${index}`;
    const allowed = places.length > 0 ? ['test', 'message', 'at'] : ['test', 'message'];
    if (
      !isRecord(entry) ||
      Object.keys(entry).some((key) => !allowed.includes(key)) ||
      typeof entry['message'] !== 'string'
    ) {
      problems.add(place, `An assertion takes ${allowed.join(', ')}`, 'Write {"test": "…", "message": "assert.key"}.');
      return [];
    }
    const at = entry['at'] ?? valuePath;
    if (typeof at !== 'string' || ('at' in entry && !places.includes(at))) {
      problems.add(`${place}/at`, `"at" points to no field: ${JSON.stringify(at)}`, 'Write "/fieldName".');
      return [];
    }
    const rule = readRule(reading, { keyword: 'x-assert', text: entry['test'], at: `${place}/test` });
    return rule ? [{ rule, at, message: entry['message'] }] : [];
  });
}

interface RuleText {
  readonly keyword: RuleKeyword;
  readonly text: unknown;
  readonly at: string;
}

/** Compiles one rule; undefined, with a problem added, when it cannot be used. */
export function readRule(
  { valuePath, names, problems }: RuleReading,
  { keyword, text, at }: RuleText,
): FormRule | undefined {
  if (typeof text !== 'string' || text.trim() === '') {
    problems.add(at, `${keyword} must be a FEEL expression in quotes`, 'For "always" write "true".');
    return undefined;
  }
  if (text.trimStart().startsWith('=')) {
    problems.add(at, 'The expression starts with "="', 'Rules of a form are always FEEL; remove the "=".');
    return undefined;
  }
  try {
    const expression = compileFeel(text);
    return { id: at, keyword, path: valuePath, expression, ...resolveNames(expression, names) };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    problems.add(at, `${error.expected} at line ${error.line}, column ${error.column} of <${text}>`, error.remedy);
    return undefined;
  }
}

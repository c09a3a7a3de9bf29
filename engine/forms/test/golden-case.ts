import { evaluateForm, type FormEvaluation } from '../evaluate-form.ts';
import type { FieldState } from '../decided-field.ts';
import type { FormLanguage, FormModel } from '../form-definition.ts';
import type { FormError } from '../form-error.ts';
import type { RuleSurroundings } from '../form-rule-run.ts';
import type { SchemaValidator } from '../schema-validator.ts';
import type { TaskBinding } from '../task-binding.ts';
import type { JsonValue } from '../../json.ts';

/** A file of `golden/`: one form and what must come out of it, wherever it runs. */
export interface GoldenFile {
  readonly form: string;
  readonly now: string;
  readonly zone: string;
  readonly cases: readonly GoldenCase[];
}

export interface GoldenCase {
  readonly title: string;
  readonly mode: 'draft' | 'submit';
  readonly language?: FormLanguage;
  readonly binding?: TaskBinding;
  readonly stored?: Readonly<Record<string, JsonValue>>;
  readonly context?: Readonly<Record<string, JsonValue>>;
  readonly input: JsonValue;
  readonly expected: GoldenOutcome;
}

export interface GoldenOutcome {
  readonly data: FormEvaluation['data'];
  readonly variables: FormEvaluation['variables'];
  readonly errors: readonly FormError[];
  readonly ignored: FormEvaluation['ignored'];
  readonly hidden: readonly string[];
  readonly required: readonly string[];
}

interface GoldenRun {
  readonly form: FormModel;
  readonly validate: SchemaValidator;
  readonly now: number;
  readonly zone: string;
  readonly calendars: RuleSurroundings['calendars'];
}

/** Runs one case; Node and Chromium call this same function with their own validator. */
export function runGoldenCase(golden: GoldenCase, { form, validate, now, zone, calendars }: GoldenRun): GoldenOutcome {
  const { mode, language, binding = {}, stored = {}, context = {}, input } = golden;
  const outcome = evaluateForm({
    form,
    mode,
    binding,
    stored,
    context,
    input,
    validate,
    now,
    zone,
    calendars,
    ...(language && { language }),
  });
  const states = [...outcome.fields].flatMap(([path, state]) => [[path, state] as const, ...cellsOf(path, state)]);
  return {
    data: outcome.data,
    variables: outcome.variables,
    errors: outcome.errors,
    ignored: outcome.ignored,
    hidden: states.flatMap(([path, { visible }]) => (visible ? [] : [path])),
    required: states.flatMap(([path, { required }]) => (required ? [path] : [])),
  };
}

function cellsOf(path: string, { rowStates = [] }: FieldState): readonly (readonly [string, FieldState])[] {
  return rowStates.flatMap(({ cells }, index) =>
    Object.entries(cells).map(([key, cell]) => [`${path}/${index}/${key}`, cell] as const),
  );
}

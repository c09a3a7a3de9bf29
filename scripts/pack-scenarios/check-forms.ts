import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '#engine';
import { compileValidator, evaluateForm, parseInstant, readForm, type CalendarSet, type FormEvaluation } from '#engine';
import type { PackProblem } from './pack-problem.ts';
import type { Pack } from './read-pack.ts';

type Values = Readonly<Record<string, JsonValue>>;

/** A change to the sample's submission, in other circumstances if `stored` says so. */
interface Variation {
  readonly why: string;
  readonly change: Values;
  readonly stored?: Values;
}

/** `<form>.sample.json`: a submission that must pass, changes to it that must pass too, and changes that must not. */
export interface FormSample {
  /** Clock of `today()`; ISO 8601. */
  readonly now: string;
  /** IANA. */
  readonly zone: string;
  readonly stored?: Values;
  /** Process variables that rules read and the form does not have. */
  readonly context?: Values;
  readonly input: Values;
  readonly accepted?: readonly Variation[];
  /** `errors` are the paths that must be named, and no others. */
  readonly refused?: readonly (Variation & { readonly errors: readonly string[] })[];
}

/** Runs every form's sample through the pipeline the server runs; a warning (a missing English text, say) is a problem. */
export function checkForms(root: string, pack: Pack, calendars: CalendarSet): readonly PackProblem[] {
  return pack.files
    .filter(({ name }) => name.endsWith('.form.json'))
    .flatMap(({ path, content }) => {
      const sample = path.replace(/\.form\.json$/, '.sample.json');
      if (!existsSync(join(root, sample))) return [{ file: sample, message: 'Expected a sample of the form.' }];
      return checkForm(content, JSON.parse(readFileSync(join(root, sample), 'utf8')) as FormSample, calendars).map(
        (message) => ({ file: path, message }),
      );
    });
}

function checkForm(content: string, sample: FormSample, calendars: CalendarSet): readonly string[] {
  const form = readForm(JSON.parse(content));
  const { now, zone, stored = {}, context = {}, input, accepted = [], refused = [] } = sample;
  const submit = (change: Values = {}, otherwise: Values = {}): FormEvaluation =>
    evaluateForm({
      form,
      validate: compileValidator(form),
      binding: {},
      mode: 'submit',
      stored: { ...stored, ...otherwise },
      context: { ...context, ...otherwise },
      input: { ...input, ...change },
      now: parseInstant(now, zone),
      zone,
      calendars,
    });
  const passed = submit();
  return [
    ...form.warnings.map(({ message }) => message),
    ...passed.warnings.map((warning) => `a rule warns about the sample: ${JSON.stringify(warning)}`),
    ...passed.ignored.map(({ path, reason }) => `the sample writes ${path}, which is ${reason}`),
    ...passed.errors.map(({ path, message }) => `the sample must pass, but ${path}: ${message}`),
    ...accepted.flatMap((one) =>
      submit(one.change, one.stored).errors.map(
        ({ path, message }) => `«${one.why}» must pass, but ${path}: ${message}`,
      ),
    ),
    ...refused.flatMap(({ why, change, stored: otherwise, errors }) => {
      const found = submit(change, otherwise).errors.map(({ path }) => path);
      const expected = [...errors].sort().join(', ');
      const actual = [...new Set(found)].sort().join(', ');
      return actual === expected ? [] : [`«${why}» must fail at ${expected}, but failed at ${actual || 'nothing'}`];
    }),
  ];
}

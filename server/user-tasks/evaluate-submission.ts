import { compileValidator, evaluateForm, type FormModel, type JsonValue, type TaskBinding } from '#engine';
import type { Language } from '#contract';
import type { Definitions } from '../runtime/definitions.ts';

export interface Submission {
  readonly form: FormModel;
  readonly binding: TaskBinding;
  /** What the form's fields and rules read; nothing at the start of a process. */
  readonly stored: Readonly<Record<string, JsonValue>>;
  /** As sent, untrusted. */
  readonly data: unknown;
  readonly mode: 'draft' | 'submit';
  readonly language: Language;
  readonly at: number;
}

/**
 * Replays the rules of a form over what was sent: whoever sends a form, for a task or to start a process, writes what comes out
 * of here and nothing else. Hidden, read-only and unknown values are gone; the errors are in the sender's words.
 */
export function evaluateSubmission(definitions: Pick<Definitions, 'zone' | 'calendars'>, submission: Submission) {
  const { form, binding, stored, data, mode, language, at } = submission;
  const { zone, calendars } = definitions;
  const evaluation = evaluateForm({
    form,
    binding,
    stored,
    context: stored,
    input: data,
    mode,
    validate: compileValidator(form),
    language,
    now: at,
    zone,
    calendars,
  });
  const { variables, errors, fields } = evaluation;
  // What was cleared is null in the variables and in no other place.
  const values = { ...stored, ...variables, ...evaluation.data };
  return { form, variables, values, errors, fields };
}

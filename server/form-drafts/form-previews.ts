import { createHash } from 'node:crypto';
import { compileValidator, evaluateForm, readForm, standaloneValidator, type VariableMap } from '#engine';
import type { EvaluateForm, FormEvaluated, FormPreview, Language } from '#contract';
import type { Definitions } from '../runtime/definitions.ts';
import { notFound } from '../http/refused.ts';

/** Drafts as people will see them, without deploying anything. */
export interface FormPreviews {
  /** Compiles the validator for the browser. @throws InvalidForm */
  prepare(definition: unknown): FormPreview;
  /** Text of a module prepared on this node. @throws Refused `not-found` */
  module(hash: string): string;
  /** What the server would say to this input. @throws InvalidForm */
  evaluate(request: EvaluateForm, language: Language): FormEvaluated;
}

/** A person who draws looks at a handful; the oldest are dropped. */
const MOST_MODULES = 100;

export function createFormPreviews({
  definitions,
  now,
}: {
  readonly definitions: Definitions;
  readonly now: () => number;
}): FormPreviews {
  const modules = new Map<string, string>();
  return {
    prepare(definition) {
      const text = standaloneValidator(readForm(definition));
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
      modules.delete(hash);
      modules.set(hash, text);
      const [oldest] = modules.keys();
      if (modules.size > MOST_MODULES && oldest !== undefined) modules.delete(oldest);
      const validatorUrl = `/api/form-previews/${hash}.mjs`;
      return { validatorUrl, now: new Date(now()).toISOString(), zone: definitions.zone };
    },
    module(hash) {
      const text = modules.get(hash);
      if (text === undefined) throw notFound({ ru: 'Проверка формы', en: 'Form validator' });
      return text;
    },
    evaluate({ definition, input, stored = {}, binding = {} }, language) {
      const form = readForm(definition);
      const { errors, variables, ignored } = evaluateForm({
        form,
        binding,
        stored: stored as VariableMap,
        context: stored as VariableMap,
        input,
        mode: 'submit',
        validate: compileValidator(form),
        language,
        now: now(),
        zone: definitions.zone,
        calendars: definitions.calendars,
      });
      return {
        errors: errors.map((error) => ({ ...error, params: { ...error.params } })),
        variables: { ...variables },
        ignored: ignored.map((one) => ({ ...one })),
      };
    },
  };
}

import { buildCalendarSet } from '../../time/build-calendar-set.ts';
import type { FormEvaluation, FormEvaluationRequest } from '../evaluate-form.ts';
import { compileValidator } from '../compile-validator.ts';
import { evaluateForm } from '../evaluate-form.ts';
import { InvalidForm, type FormProblem } from '../invalid-form.ts';
import { readForm } from '../read-form.ts';

/** No rule of these tests counts working time. */
export const NO_CALENDARS = buildCalendarSet([]);

type Json = Readonly<Record<string, unknown>>;

/** A form of the given fields whose Russian texts are filled in, so that a test shows only what it is about. */
export function formOf(
  properties: Json,
  more: { required?: readonly string[]; asserts?: unknown; layout?: unknown; ru?: Json } = {},
): Json {
  const ru: Record<string, unknown> = { ...more.ru };
  for (const [name, field] of Object.entries(withColumns(properties))) {
    ru[`${name}.label`] ??= name;
    const { enum: listed, items } = (field ?? {}) as { enum?: readonly string[]; items?: { enum?: readonly string[] } };
    for (const value of listed ?? items?.enum ?? []) ru[`${name}.options.${value}`] ??= value;
  }
  return {
    $schema: 'form/1',
    key: 'test-form',
    title: { ru: 'Проба', en: 'Test' },
    data: {
      type: 'object',
      properties,
      ...(more.required && { required: more.required }),
      ...(more.asserts !== undefined && { 'x-assert': more.asserts }),
    },
    ...(more.layout !== undefined && { layout: more.layout }),
    i18n: { ru, en: {} },
  };
}

/** Fields, and the columns of tables by the names that texts have for them. */
function withColumns(properties: Json): Json {
  const columns = Object.entries(properties).flatMap(([name, field]) => {
    const { items } = (field ?? {}) as { items?: { properties?: Json } };
    return Object.entries(items?.properties ?? {}).map(([key, column]) => [`${name}.${key}`, column] as const);
  });
  return { ...properties, ...Object.fromEntries(columns) };
}

/** The problems of a definition that must not compile. */
export function problemsOf(json: unknown): readonly FormProblem[] {
  try {
    readForm(json);
  } catch (error) {
    if (error instanceof InvalidForm) return error.problems;
    throw error;
  }
  throw new Error('Expected InvalidForm, but the form compiled');
}

/** Evaluates in Node, at noon of 2026-11-21 in Moscow. */
export function evaluateInput(json: Json, input: unknown, more: Partial<FormEvaluationRequest> = {}): FormEvaluation {
  const form = readForm(json);
  const base = {
    form,
    validate: compileValidator(form),
    binding: {},
    stored: {},
    context: {},
    mode: 'submit' as const,
  };
  return evaluateForm({
    ...base,
    input,
    now: Date.UTC(2026, 10, 21, 9),
    zone: 'Europe/Moscow',
    calendars: NO_CALENDARS,
    ...more,
  });
}

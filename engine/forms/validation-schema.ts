import { FORM_FILE_SCHEMA } from './file-reference.ts';
import { MAX_TEXT } from './read-field.ts';
import type { FormField, FormModel } from './form-definition.ts';

/**
 * The JSON Schema 2020-12 that ajv gets, built from the compiled model and not taken from the definition: what the author wrote was
 * read field by field, so no keyword, `$ref` or `$data` reaches ajv that is not spelled out here.
 *
 * `required` is not in it: whether a field must be filled depends on rules and on the task, and is checked by the pipeline.
 * Every string and list has an upper bound, and only lists of strings are compared for uniqueness, so validation is linear.
 */
export function validationSchema(form: FormModel): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(form.fields.map((field) => [field.name, fieldSchema(field)])),
  };
}

function fieldSchema({ kind, limits, choices }: FormField): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'integer':
    case 'money':
      return { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, ...limits };
    case 'decimal':
      return { type: 'number', ...limits };
    case 'boolean':
      return { type: 'boolean' };
    case 'choices':
      return { type: 'array', uniqueItems: true, ...limits, items: oneOf(choices) };
    case 'files':
      return { type: 'array', ...limits, items: FORM_FILE_SCHEMA };
    case 'choice':
      return oneOf(choices);
    case 'text':
      return { type: 'string', ...limits };
    default:
      return { type: 'string', maxLength: MAX_TEXT };
  }
}

function oneOf(choices: readonly string[] | undefined): Readonly<Record<string, unknown>> {
  return choices ? { type: 'string', enum: choices } : { type: 'string', maxLength: MAX_TEXT };
}

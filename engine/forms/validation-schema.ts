import type { FormField, FormModel } from './form-definition.ts';
import { kindOf } from './kinds/field-kinds.ts';

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
    properties: Object.fromEntries(form.fields.map((field) => [field.name, schemaOf(field)])),
  };
}

function schemaOf(field: FormField): Readonly<Record<string, unknown>> {
  return kindOf(field).schema(field, schemaOf);
}

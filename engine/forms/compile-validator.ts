import { Ajv2020 } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import type { FormModel } from './form-definition.ts';
import { InvalidForm } from './invalid-form.ts';
import type { SchemaValidator } from './schema-validator.ts';
import { validationSchema } from './validation-schema.ts';

const validators = new WeakMap<FormModel, SchemaValidator>();

/**
 * Compiles the form's validator for Node. ajv generates code (`new Function`), which our CSP forbids in the browser: there the text
 * of `standaloneValidator` is served instead. Call it at deployment too: it is where RE2 has the last word on every `pattern`.
 * Throws InvalidForm.
 */
export function compileValidator(form: FormModel): SchemaValidator {
  const known = validators.get(form);
  if (known) return known;
  refusePatterns(form);
  // allErrors is safe here because the schema is bounded (see validation-schema.ts) and the pipeline cuts over-long input first.
  const ajv = new Ajv2020({ ...AJV_OPTIONS, code: { regExp: linearRegExp } });
  const validate = ajv.compile(validationSchema(form)) as unknown as SchemaValidator;
  validators.set(form, validate);
  return validate;
}

/**
 * `multipleOfPrecision: 6` because without it 1,363 of 10,000 kopeck amounts fail `multipleOf: 0.01` (forms-ux.md §0.9).
 * `strict` makes an unknown keyword or a type mistake of ours an exception instead of a check that silently never runs.
 */
export const AJV_OPTIONS = {
  strict: true,
  allErrors: true,
  multipleOfPrecision: 6,
  validateSchema: true,
  $data: false,
} as const;

/**
 * RE2 instead of the built-in engine, whose backtracking took 18.8 s on 27 characters (reliability.md §3.2).
 *
 * `toString` is not decoration: ajv keeps compiled patterns in a table keyed by it. Without it every pattern of the schema would be
 * `[object Object]` and all fields would be checked with the first one.
 */
function linearRegExp(pattern: string, flags: string): { test(text: string): boolean; toString(): string } {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  return { test: (text) => compiled.matcher(text).find(), toString: () => `/${pattern}/${flags}` };
}
linearRegExp.code = 'linearRegExp';

function refusePatterns(form: FormModel): void {
  const fields = form.fields.flatMap((field) => [field, ...(field.table?.columns ?? [])]);
  const problems = fields.flatMap(({ name, limits: { pattern } }) => {
    if (pattern === undefined) return [];
    try {
      linearRegExp(pattern, 'u');
      return [];
    } catch (error) {
      const message = `RE2 refuses the pattern: ${error instanceof Error ? error.message : String(error)}`;
      return [
        {
          path: `/data/properties/${name.replace('.', '/items/properties/')}/pattern`,
          message,
          remedy: 'Rewrite it in RE2 syntax; a repetition may be at most 1,000.',
        },
      ];
    }
  });
  if (problems.length > 0) throw new InvalidForm(problems);
}

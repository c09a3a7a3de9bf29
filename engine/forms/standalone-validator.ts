import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { AJV_OPTIONS } from './compile-validator.ts';
import type { FormModel } from './form-definition.ts';
import { validationSchema } from './validation-schema.ts';

/**
 * The only run-time helper our schemas make ajv `require`: length in code points. It is written into the module instead of bundled,
 * so the server needs no bundler to serve a form. The test compiles every keyword we emit and fails on any other helper.
 */
const INLINE: Readonly<Record<string, string>> = {
  'ajv/dist/runtime/ucs2length': '(text) => { let length = 0; for (const _ of text) length += 1; return length; }',
};

type Emit = (ajv: Ajv2020, validate: ReturnType<Ajv2020['compile']>) => string;
/** A CommonJS module: Node's resolution types its export as `.default`, a bundler's as the function itself. */
const emitText = (standalone as unknown as { readonly default?: Emit }).default ?? (standalone as unknown as Emit);

const REQUIRE = /^const (\w+) = require\("([^"]+)"\)(?:\.default)?;$/gm;

/**
 * The form's validator as the text of a self-contained ES module: `export const validate`, the shape of `SchemaValidator`. Needs
 * neither `eval` nor imports, so it runs under `script-src 'self'`. Patterns use the built-in RegExp there: `portablePattern` made
 * both engines agree, and only the person's own tab could be slowed down.
 * Throws when ajv emits a helper that is not inlined: our bug.
 */
export function standaloneValidator(form: FormModel): string {
  const ajv = new Ajv2020({ ...AJV_OPTIONS, code: { source: true, esm: true, lines: true } });
  const text = emitText(ajv, ajv.compile(validationSchema(form)));
  return text.replace(REQUIRE, (line: string, name: string, module: string) => {
    const helper = INLINE[module];
    if (helper === undefined)
      throw new Error(`Expected no run-time helper but ucs2length in the validator of <${form.key}>, found: ${line}`);
    return `const ${name} = ${helper};`;
  });
}

import assert from 'node:assert/strict';
import { cpuUsage } from 'node:process';
import fc from 'fast-check';
import { compileValidator } from './compile-validator.ts';
import { InvalidForm } from './invalid-form.ts';
import { portablePattern } from './portable-pattern.ts';
import { readForm } from './read-form.ts';
import type { SchemaValidator } from './schema-validator.ts';
import { standaloneValidator } from './standalone-validator.ts';
import { formOf } from './test/form-fixture.ts';

const pattern = (text: string) => ({ type: 'string', pattern: text });

async function importStandalone(definition: unknown): Promise<SchemaValidator> {
  const text = standaloneValidator(readForm(definition));
  return ((await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { validate: SchemaValidator }).validate;
}

describe('compileValidator', () => {
  it('checks each field with its own pattern (ajv keys patterns by toString)', () => {
    const validate = compileValidator(readForm(formOf({ letters: pattern('^[a-z]+$'), digits: pattern('^[0-9]+$') })));
    assert.equal(validate({ letters: 'abc', digits: '123' }), true);
    assert.equal(validate({ letters: 'abc', digits: 'abc' }), false);
    assert.equal(validate.errors?.[0]?.instancePath, '/digits');
  });

  it('runs a pattern that backtracks for 18 s in other engines at once', () => {
    const validate = compileValidator(readForm(formOf({ a: { ...pattern('^(a+)+$'), maxLength: 20_000 } })));
    // Time of the processor: a busy machine gives it later, but no more of it is needed.
    const started = cpuUsage();
    assert.equal(validate({ a: `${'a'.repeat(10_000)}!` }), false);
    assert.ok(cpuUsage(started).user < 1_000_000);
  });

  it('accepts every kopeck amount under multipleOf 0.01', () => {
    const validate = compileValidator(readForm(formOf({ a: { type: 'number', multipleOf: 0.01 } })));
    const refused = Array.from({ length: 10_000 }, (_, kopecks) => kopecks / 100).filter((a) => !validate({ a }));
    assert.deepEqual(refused, []);
    assert.equal(validate({ a: 0.005 }), false);
  });

  it('refuses what only JavaScript can run', () => {
    assert.throws(() => compileValidator(readForm(formOf({ a: pattern('a{2000}') }))), InvalidForm);
  });
});

describe('standaloneValidator', () => {
  const everything = formOf({
    text: { type: 'string', minLength: 2, maxLength: 5, pattern: '^\\S.*\\s?\\p{L}$' },
    integer: { type: 'integer', minimum: 1, exclusiveMaximum: 9 },
    decimal: { type: 'number', exclusiveMinimum: 0, maximum: 1, multipleOf: 0.01 },
    money: { type: 'integer', format: 'money' },
    date: { type: 'string', format: 'date' },
    boolean: { type: 'boolean' },
    choice: { type: 'string', enum: ['a', 'const x = require("fs").default;'] },
    choices: { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true, minItems: 1, maxItems: 2 },
    ruled: { type: 'array', 'x-options': '["a"]', uniqueItems: true },
    files: { type: 'array', 'x-files': { kind: 'photo' }, minItems: 1 },
  });

  it('needs no import, require, eval or Function', () => {
    const code = standaloneValidator(readForm(everything)).replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
    assert.doesNotMatch(code, /\brequire\s*\(|\bimport\b|\beval\b|\bFunction\b/);
    assert.match(code, /export const validate/);
  });

  it('finds exactly what ajv with RE2 finds, whatever the value', async () => {
    const standalone = await importStandalone(everything);
    const compiled = compileValidator(readForm(everything));
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('я\u00a0б', 'ab', '👍👍👍👍👍', '👍👍👍👍👍👍', 'x\u2028y', 'x\ny', 'a', 'b'),
      fc.integer({ min: -2, max: 12 }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.constantFrom('a', 'b', 1, null, {}), { maxLength: 4 }),
      fc.array(
        fc.record({
          fileKey: fc.constant('k'),
          name: fc.string(),
          mimeType: fc.string(),
          size: fc.integer(),
          sha256: fc.constant('0'.repeat(64)),
        }),
        { maxLength: 2 },
      ),
    );
    const names = Object.keys((everything['data'] as { properties: object }).properties);
    const submission = fc.dictionary(fc.constantFrom(...names, 'extra'), anything);
    const findings = (validate: SchemaValidator, value: unknown) => (
      validate(value),
      (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)
    );
    fc.assert(
      fc.property(submission, (value) => assert.deepEqual(findings(standalone, value), findings(compiled, value))),
      { numRuns: 2_000 },
    );
  });
});

describe('portablePattern', () => {
  for (const [written, portable] of [
    ['^\\s*$', '^[\\t\\n\\f\\r ]*$'],
    ['[\\s-]', '[\\t\\n\\f\\r -]'],
    ['\\S+', '[^\\t\\n\\f\\r ]+'],
    ['a.b', 'a[^\\n]b'],
    ['a\\.b[.]', 'a\\.b[.]'],
    ['(?:a|b)', '(?:a|b)'],
  ] as const) {
    it(`${written} → ${portable}`, () => assert.deepEqual(portablePattern(written), { ok: true, pattern: portable }));
  }
  for (const refused of [
    '(?i)a',
    '(?P<n>a)',
    '(?<n>a)',
    '(?<!a)b',
    '\\k<n>',
    '[[:alpha:]]',
    '[]a]',
    '[^]a]',
    '[a\\S]',
    '(',
    'a**',
    '\\Q',
  ]) {
    it(`refuses ${refused}`, () => assert.equal(portablePattern(refused).ok, false));
  }
});

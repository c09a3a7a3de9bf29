import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readForm } from './read-form.ts';
import { formOf, problemsOf } from './test/form-fixture.ts';

const text = { type: 'string' };

/** Every refusal names what it refuses: [what, definition, path, words the message must contain]. */
const REFUSED: readonly (readonly [string, unknown, string, RegExp])[] = [
  ['something that is no object', [], '', /JSON object/],
  ['an unknown top-level key', { ...formOf({ a: text }), uiSchema: {} }, '/uiSchema', /"uiSchema"/],
  ['another schema version', { ...formOf({ a: text }), $schema: 'form/2' }, '/$schema', /form\/2/],
  [
    'an unknown keyword',
    formOf({ a: { ...text, contentEncoding: 'base64' } }),
    '/data/properties/a/contentEncoding',
    /"contentEncoding"/,
  ],
  ['$ref', formOf({ a: { $ref: '#/$defs/x' } }), '/data/properties/a/type', /undefined/],
  [
    '$data',
    formOf({ a: { type: 'integer', minimum: { $data: '1/b' } } }),
    '/data/properties/a/minimum',
    /Expected a number/,
  ],
  ['an unknown format', formOf({ a: { ...text, format: 'snils' } }), '/data/properties/a/format', /"snils"/],
  [
    'an account whose bank is no BIK field',
    formOf({ a: { ...text, format: 'account', 'x-bik': 'b' }, b: text }),
    '/data/properties/a/x-bik',
    /no BIK field "b"/,
  ],
  ['HTML that could be typed', formOf({ a: { ...text, format: 'html' } }), '/data/properties/a/readOnly', /only shown/],
  [
    'resizing of what is no photo',
    formOf({ a: { type: 'array', 'x-files': { kind: 'file', maxSide: 1000 } } }),
    '/data/properties/a/x-files/maxSide',
    /"maxSide"/,
  ],
  [
    'a format of another type',
    formOf({ a: { type: 'number', format: 'money' } }),
    '/data/properties/a/format',
    /needs type "integer"/,
  ],
  ['a list of nothing known', formOf({ a: { type: 'array', items: {} } }), '/data/properties/a', /items/],
  ['a nested object', formOf({ a: { type: 'object', properties: {} } }), '/data/properties/a/type', /nested object/],
  [
    'a catalog that cannot be a register',
    formOf({ a: { ...text, 'x-source': { catalog: 'Запчасти' } } }),
    '/data/properties/a/x-source',
    /"Запчасти"/,
  ],
  [
    'a filter of a look-up that does not parse',
    formOf({ a: { ...text, 'x-source': { catalog: 'parts', filter: 'model = ' } } }),
    '/data/properties/a/x-source/filter',
    /line 1/,
  ],
  [
    'a look-up that fills a field nobody has',
    formOf({ a: { ...text, 'x-source': { catalog: 'parts', fill: { b: 'price' } } } }),
    '/data/properties/a/x-source/fill/b',
    /"b"/,
  ],
  [
    'a look-up that filters by a field nobody has',
    formOf({ a: { ...text, 'x-source': { catalog: 'parts', filter: 'model = form.model' } } }),
    '/data/properties/a/x-source/filter',
    /"model"/,
  ],
  [
    'a file of a kind nobody knows',
    formOf({ a: { type: 'array', 'x-files': { kind: 'hologram' } } }),
    '/data/properties/a/x-files',
    /"hologram"/,
  ],
  [
    'a choice without uniqueItems',
    formOf({ a: { type: 'array', items: { enum: ['x'] } } }),
    '/data/properties/a/uniqueItems',
    /uniqueItems/,
  ],
  [
    'a list without a bound it can keep',
    formOf({ a: { type: 'array', items: { enum: ['x'] }, uniqueItems: true, maxItems: 6000 } }),
    '/data/properties/a/maxItems',
    /200/,
  ],
  [
    'FEEL that does not parse, with its place',
    formOf({ a: text, b: { ...text, 'x-visible': 'a = = 1' } }),
    '/data/properties/b/x-visible',
    /line 1, column \d+/,
  ],
  [
    'FEEL with the = of Camunda',
    formOf({ a: text, b: { ...text, 'x-visible': '=a = 1' } }),
    '/data/properties/b/x-visible',
    /starts with "="/,
  ],
  [
    'a circle of computed fields',
    formOf({
      a: { type: 'integer', 'x-value': 'c + 1' },
      b: { type: 'integer', 'x-value': 'a + 1' },
      c: { type: 'integer', 'x-visible': 'b > 1' },
    }),
    '/data/properties/a',
    /a → c → b → a/,
  ],
  ['a field that shows itself', formOf({ a: { ...text, 'x-visible': 'a != null' } }), '/data/properties/a', /a → a/],
  ['look-around', formOf({ a: { ...text, pattern: '(?=x)x' } }), '/data/properties/a/pattern', /look-around/],
  ['a back-reference', formOf({ a: { ...text, pattern: '(a)\\1' } }), '/data/properties/a/pattern', /back-reference/],
  [
    'a name that every object has',
    formOf({ valueOf: { type: 'string' } }, { ru: { 'valueOf.label': 'Значение' } }),
    '/data/properties/valueOf',
    /cannot be the name of a field/,
  ],
  [
    'a name that reaches the prototype',
    formOf(JSON.parse('{"__proto__":{"type":"string"}}')),
    '/data/properties/__proto__',
    /__proto__/,
  ],
  ['a name FEEL has taken', formOf({ if: text }), '/data/properties/if', /"if"/],
  [
    'a default the field itself refuses',
    formOf({ a: { ...text, enum: ['x'], default: 'y' } }),
    '/data/properties/a/default',
    /not in enum/,
  ],
  ['required that names no field', formOf({ a: text }, { required: ['b'] }), '/data/required', /names of fields/],
  [
    'an assertion about no field',
    formOf({ a: text }, { asserts: [{ test: 'true', at: '/b', message: 'm' }], ru: { m: 'м' } }),
    '/data/x-assert/0/at',
    /"\/b"/,
  ],
  [
    'a scope that does not resolve',
    formOf({ a: text }, { layout: { type: 'Control', scope: '#/properties/b' } }),
    '/layout/scope',
    /#\/properties\/b/,
  ],
  [
    'a layout element nobody knows',
    formOf({ a: text }, { layout: { type: 'ListWithDetail', elements: [] } }),
    '/layout',
    /"ListWithDetail"/,
  ],
  [
    'a rule in the layout',
    formOf({ a: text }, { layout: { type: 'Control', scope: '#/properties/a', rule: {} } }),
    '/layout/rule',
    /"rule"/,
  ],
  [
    'a widget that cannot show the field',
    formOf({ a: text }, { layout: { type: 'Control', scope: '#/properties/a', options: { widget: 'radio' } } }),
    '/data/properties/a',
    /"radio"/,
  ],
  [
    'the same field twice',
    formOf(
      { a: text },
      {
        layout: {
          type: 'VerticalLayout',
          elements: [
            { type: 'Control', scope: '#/properties/a' },
            { type: 'Control', scope: '#/properties/a' },
          ],
        },
      },
    ),
    '/layout/elements/1/scope',
    /twice/,
  ],
  [
    'a missing Russian label',
    { ...formOf({ a: text }), i18n: { ru: {}, en: { 'a.label': 'A' } } },
    '/i18n/ru/a.label',
    /Russian/,
  ],
];

describe('readForm', () => {
  for (const [what, definition, path, words] of REFUSED) {
    it(`refuses ${what}`, () => {
      const found = problemsOf(definition).find((problem) => problem.path === path);
      assert.ok(found, `no problem at ${path}: ${JSON.stringify(problemsOf(definition))}`);
      assert.match(found.message, words);
      assert.notEqual(found.remedy, '');
    });
  }

  it('reports all problems at once', () => {
    assert.equal(problemsOf(formOf({ a: { type: 'null' }, b: { ...text, format: 'x' } })).length, 2);
  });

  it('refuses a definition nested without end instead of overflowing the stack', () => {
    let layout: unknown = { type: 'Control', scope: '#/properties/a' };
    for (let depth = 0; depth < 20_000; depth += 1) layout = { type: 'VerticalLayout', elements: [layout] };
    assert.match(problemsOf(formOf({ a: text }, { layout }))[0]!.message, /deeper than 32/);
  });

  it('warns about a missing English text and an unplaced field, and compiles', () => {
    const form = readForm(formOf({ a: text, b: text }, { layout: { type: 'Control', scope: '#/properties/a' } }));
    assert.deepEqual(
      form.warnings.map(({ path }) => path),
      ['/i18n/en/a.label', '/i18n/en/b.label', '/data/properties/b'],
    );
  });

  it('gives one frozen model per definition', () => {
    const definition = formOf({ a: { ...text, 'x-required': 'true' } });
    const form = readForm(definition);
    assert.equal(readForm(definition), form);
    assert.ok(Object.isFrozen(form) && Object.isFrozen(form.fields[0]) && Object.isFrozen(form.fields[0]!.limits));
  });

  it('compiles the example of the README', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
    const form = readForm(JSON.parse(/## Example\n\n```json\n([\s\S]*?)```/.exec(readme)![1]!));
    assert.equal(form.fieldsByName.get('missing')?.widget, 'checklist');
    assert.equal(form.fieldsByName.get('complete')?.widget, 'yes-no', 'a required boolean needs an explicit no');
  });
});

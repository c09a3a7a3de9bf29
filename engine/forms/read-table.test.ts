import assert from 'node:assert/strict';
import type { FormModel } from './form-definition.ts';
import { readForm } from './read-form.ts';
import { formOf, problemsOf } from './test/form-fixture.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const table = (properties: object, more: object = {}, items: object = {}) => ({
  type: 'array',
  items: { type: 'object', properties, ...items },
  ...more,
});
const labels = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [`${name}.label`, name]));

/** `[what, definition, path of the problem, its words]` */
const REFUSED: readonly (readonly [string, unknown, string, RegExp])[] = [
  [
    'a circle between a column and the form, by name',
    formOf({
      works: table({ sum: { ...integer, 'x-value': 'row.qty * parent.factor' }, qty: integer }),
      total: { ...integer, 'x-value': 'sum(works.sum)' },
      factor: { ...integer, 'x-value': 'total + 1' },
    }),
    '/data/properties/works/items/properties/sum',
    /works\.sum → factor → total → works\.sum/,
  ],
  [
    'a column that reads itself',
    formOf({ works: table({ a: { ...integer, 'x-value': 'row.a + 1' } }) }),
    '/data/properties/works/items/properties/a',
    /works\.a → works\.a/,
  ],
  [
    'a column that reads its whole row',
    formOf({ works: table({ a: { ...integer, 'x-value': 'count(row)' } }) }),
    '/data/properties/works/items/properties/a',
    /works\.a → works\.a/,
  ],
  [
    'a table that a rule on its own column hides',
    formOf({ works: table({ a: integer }, { 'x-visible': 'count(works.a) > 0' }) }),
    '/data/properties/works',
    /works → works/,
  ],
  ['no columns', formOf({ works: table({}) }), '/data/properties/works/items/properties', /found 0/],
  [
    'a table within a table',
    formOf({ works: table({ parts: table({ a: text }) }) }),
    '/data/properties/works/items/properties/parts',
    /within a table/,
  ],
  [
    'an object in a column',
    formOf({ works: table({ a: { type: 'object', properties: {} } }) }),
    '/data/properties/works/items/properties/a/type',
    /nested object/,
  ],
  [
    'the name of the row’s identity',
    formOf({ works: table({ rowId: text }) }),
    '/data/properties/works/items/properties/rowId',
    /meaning of its own/,
  ],
  [
    'a field that hides the word for the form',
    formOf({ parent: text, works: table({ a: text }) }),
    '/data/properties/parent',
    /meaning of its own/,
  ],
  [
    'a computed table',
    formOf({ works: table({ a: text }, { 'x-value': '[]' }) }),
    '/data/properties/works/x-value',
    /x-value/,
  ],
  [
    'more rows than a table may have',
    formOf({ works: table({ a: text }, { maxItems: 2001 }) }),
    '/data/properties/works/maxItems',
    /2000/,
  ],
  [
    'required that names no column',
    formOf({ works: table({ a: text }, {}, { required: ['b'] }) }),
    '/data/properties/works/items/required',
    /columns/,
  ],
  [
    'a keyword of items that does nothing',
    formOf({ works: table({ a: text }, {}, { minProperties: 1 }) }),
    '/data/properties/works/items/minProperties',
    /minProperties/,
  ],
  [
    'a column of the layout that is none',
    formOf(
      { works: table({ a: text }) },
      { layout: { type: 'Control', scope: '#/properties/works', options: { columns: ['b'] } } },
    ),
    '/layout/options/columns/0',
    /"b"/,
  ],
  [
    'options of a table on another field',
    formOf({ a: text }, { layout: { type: 'Control', scope: '#/properties/a', options: { totals: [] } } }),
    '/layout/options/totals',
    /totals/,
  ],
  [
    'a column without a Russian label',
    { ...formOf({ works: table({ a: text }) }), i18n: { ru: { 'works.label': 'Работы' } } },
    '/i18n/ru/works.a.label',
    /works\.a\.label/,
  ],
  [
    'a stepper inside something else',
    formOf(
      { a: text },
      {
        layout: {
          type: 'VerticalLayout',
          elements: [{ type: 'Categorization', options: { variant: 'stepper' }, elements: [] }],
        },
      },
    ),
    '/layout/elements/0',
    /whole layout/,
  ],
  [
    'a category outside of a categorization',
    formOf({ a: text }, { layout: { type: 'Category', i18n: 'step', elements: [] } }),
    '/layout',
    /cannot stand here/,
  ],
];

describe('readForm with tables and steps', () => {
  for (const [what, definition, path, words] of REFUSED) {
    it(`refuses ${what}`, () => {
      const found = problemsOf(definition).find((problem) => problem.path === path);
      assert.ok(found, `no problem at ${path}: ${JSON.stringify(problemsOf(definition))}`);
      assert.match(found.message, words);
      assert.notEqual(found.remedy, '');
    });
  }

  it('takes columns in the order of the layout, the others after them', () => {
    const form = readForm(
      formOf(
        { works: table({ a: text, b: text, c: text }) },
        {
          layout: { type: 'Control', scope: '#/properties/works', options: { columns: [{ column: 'c', width: 90 }] } },
          ru: labels('works.a', 'works.b', 'works.c'),
        },
      ),
    );
    assert.deepEqual(
      form.fieldsByName.get('works')!.table!.columns.map(({ name }) => name),
      ['works.c', 'works.a', 'works.b'],
    );
  });

  it('goes through a table once where the rules allow it, and again for a share of its total', () => {
    const steps = ({ evaluationOrder }: FormModel): readonly string[] =>
      evaluationOrder.map((step) =>
        step.kind === 'field'
          ? step.field.name
          : `${step.table.name}[${step.columns.map(({ column }) => column!.key).join(' ')}]`,
      );
    const columns = { sum: { ...integer, 'x-value': 'row.qty * parent.price' }, qty: integer };
    const ru = labels('works.sum', 'works.qty', 'works.share');
    const total = { ...integer, 'x-value': 'sum(works.sum)' };
    assert.deepEqual(steps(readForm(formOf({ total, works: table(columns), price: integer }, { ru }))), [
      'works',
      'price',
      'works[qty sum]',
      'total',
    ]);
    const share = { ...integer, 'x-value': 'row.sum / parent.total' };
    assert.deepEqual(steps(readForm(formOf({ total, works: table({ ...columns, share }), price: integer }, { ru }))), [
      'works',
      'price',
      'works[qty sum]',
      'total',
      'works[share]',
    ]);
  });

  it('says what each name of a column’s rule stands for', () => {
    const rule =
      'qty + row.price + parent.rate + rate + sum(parent.lines.a) + (for row in [1] return row.price)[1] + vat';
    const form = readForm(
      formOf(
        {
          rate: integer,
          lines: table({ a: integer }),
          works: table({ qty: integer, price: integer, sum: { ...integer, 'x-value': rule } }),
        },
        { ru: labels('lines.a', 'works.qty', 'works.price', 'works.sum') },
      ),
    );
    const sum = form.fieldsByName.get('works')!.table!.columns.find(({ column }) => column!.key === 'sum')!;
    assert.deepEqual(
      sum.rules.value!.inputs.map(({ source }) => Object.values(source).join(' ')),
      ['cell qty', 'cell price', 'field rate', 'field rate', 'column lines a', 'context vat'],
    );
    assert.deepEqual(sum.rules.value!.reads, ['works.qty', 'works.price', 'rate', 'lines', 'lines.a']);
  });
});

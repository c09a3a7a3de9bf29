import assert from 'node:assert/strict';
import type { JsonValue } from '../json.ts';
import { MAX_ROWS } from './kinds/limits.ts';
import { readForm } from './read-form.ts';
import type { RuleMemory } from './form-rule-run.ts';
import { checkBinding, initialValues, newRow, projectStored } from './task-binding.ts';
import { evaluateInput, formOf } from './test/form-fixture.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const table = (properties: object, more: object = {}) => ({
  type: 'array',
  items: { type: 'object', properties },
  ...more,
});
const labels = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [`${name}.label`, name]));

const ESTIMATE = formOf(
  {
    rate: integer,
    note: text,
    works: table({
      part: text,
      qty: integer,
      price: integer,
      sum: { ...integer, 'x-value': 'row.qty * row.price * parent.rate' },
      remark: { ...text, 'x-required': 'qty > 10' },
    }),
    total: { ...integer, 'x-value': 'sum(works.sum)' },
    parts: { ...integer, 'x-value': 'count(works.part)' },
  },
  { ru: labels('works.part', 'works.qty', 'works.price', 'works.sum', 'works.remark') },
);

interface Row {
  readonly [key: string]: JsonValue;
}

describe('evaluateForm with a table', () => {
  it('a key stroke runs the rules of its row and those that read its column, and gives other rows back as they were', () => {
    const memory: RuleMemory = new Map();
    const run = (input: unknown) => {
      const ran: string[] = [];
      const options = { memory, onRuleEvaluated: (id: string) => ran.push(id.split('/').slice(3).join('/')) };
      const { fields } = evaluateInput(ESTIMATE, input, options);
      assert.deepEqual([...fields], [...evaluateInput(ESTIMATE, input).fields], 'memory must not change the outcome');
      return { ran: ran.sort(), rows: fields.get('/works')!.rowStates! };
    };
    const rows: readonly Row[] = Array.from({ length: 50 }, (_, at) => ({ rowId: `r${at}`, qty: at, price: 10 }));
    const change = (at: number, values: Row): readonly Row[] =>
      rows.map((row, index) => (index === at ? { ...row, ...values } : row));
    const first = run({ rate: 1, works: rows });
    assert.equal(first.ran.length, 102);
    assert.deepEqual(run({ rate: 1, works: rows }).ran, []);
    const typed = run({ rate: 1, works: change(7, { qty: 8 }) });
    assert.deepEqual(typed.ran, [
      'total/x-value',
      'works/items/properties/remark/x-required',
      'works/items/properties/sum/x-value',
    ]);
    assert.deepEqual(
      typed.rows.flatMap((row, index) => (row === first.rows[index] ? [] : [index])),
      [7],
    );
    assert.deepEqual(run({ rate: 1, works: change(7, { qty: 8, remark: 'р' }) }).ran, []);
    assert.deepEqual(run({ rate: 1, works: change(7, { qty: 8, part: 'п' }) }).ran, ['parts/x-value']);
    assert.deepEqual(run({ rate: 1, note: 'x', works: change(7, { qty: 8, part: 'п' }) }).ran, []);
    assert.equal(run({ rate: 2, works: rows }).ran.filter((id) => id.includes('sum')).length, 50);
  });

  it('a row deleted moves the others up: their errors follow them', () => {
    const memory: RuleMemory = new Map();
    const rows = [
      { rowId: 'a', qty: 1 },
      { rowId: 'b', qty: 11 },
    ];
    const paths = (works: unknown) => evaluateInput(ESTIMATE, { works }, { memory }).errors.map(({ path }) => path);
    assert.deepEqual(paths(rows), ['/works/1/remark']);
    assert.deepEqual(paths(rows.slice(1)), ['/works/0/remark']);
    assert.deepEqual(paths(rows), ['/works/1/remark']);
  });

  it('gives the same with and without memory whatever is done to the rows', () => {
    const memory: RuleMemory = new Map();
    let works: readonly Row[] = [{ rowId: 'a', qty: 1, price: 2 }];
    let rate = 1;
    const steps: readonly (() => void)[] = [
      () => (works = [...works, { rowId: 'b', qty: 20, price: 5 }]),
      () => (works = [...works].reverse()),
      () => (rate = 3),
      () => (works = works.map((row) => (row['rowId'] === 'b' ? { ...row, qty: 'x' } : row))),
      () => (works = works.filter((row) => row['rowId'] !== 'a')),
      () => (works = [{ rowId: 'a', qty: 7, price: 2 }, ...works]),
      () => (works = []),
    ];
    for (const step of steps) {
      step();
      for (const mode of ['submit', 'draft'] as const) {
        const input = { rate, works };
        const { fields, warnings: _, ...outcome } = evaluateInput(ESTIMATE, input, { memory, mode });
        const { fields: freshFields, warnings: __, ...fresh } = evaluateInput(ESTIMATE, input, { mode });
        assert.deepEqual(outcome, fresh);
        assert.deepEqual([...fields], [...freshFields]);
      }
    }
  });

  it('does not look at a million rows, and looks at two thousand', () => {
    const long = formOf({ works: table({ a: text }, { maxItems: MAX_ROWS }) }, { ru: labels('works.a') });
    const rows = (count: number) => Array.from({ length: count }, (_, at) => ({ a: `строка ${at}` }));
    const { errors, fields } = evaluateInput(long, { works: rows(1_000_000) });
    assert.deepEqual(
      errors.map(({ path, keyword }) => [path, keyword]),
      [['/works', 'maxItems']],
    );
    assert.deepEqual(fields.get('/works')!.rowStates, []);
    assert.equal((evaluateInput(long, { works: rows(MAX_ROWS) }).variables['works'] as Row[]).length, MAX_ROWS);
  });

  it('survives cells nested 20,000 deep and rows made to reach the prototype', () => {
    let deep: unknown = [];
    for (let depth = 0; depth < 20_000; depth += 1) deep = [deep];
    const hostile: unknown = JSON.parse(
      '[{"__proto__":{"admin":true},"constructor":1,"rowId":"__proto__","part":"x"}]',
    );
    const { errors, variables } = evaluateInput(ESTIMATE, { works: [{ part: deep }] });
    assert.deepEqual(
      errors.map(({ path, keyword }) => [path, keyword]),
      [['/works/0/part', 'tooDeep']],
    );
    assert.equal((variables['works'] as Row[]).length, 1);
    const outcome = evaluateInput(ESTIMATE, { works: hostile });
    assert.deepEqual(Object.keys((outcome.variables['works'] as Row[])[0]!).sort(), ['part', 'rowId']);
    assert.equal(({} as { admin?: boolean }).admin, undefined);
  });

  it('the form’s rules see all rows, and an empty table as an empty list', () => {
    const form = formOf(
      {
        works: table({ qty: integer }),
        many: { ...text, 'x-visible': 'count(works[qty > 1]) > 1' },
        none: { ...text, 'x-visible': 'count(works) = 0' },
      },
      { ru: labels('works.qty') },
    );
    const visible = (works: unknown): readonly string[] =>
      [...evaluateInput(form, { works }).fields].flatMap(([path, state]) => (state.visible ? [path] : []));
    assert.deepEqual(visible([{ qty: 2 }, { qty: 1 }, { qty: 3 }]), ['/works', '/many']);
    assert.deepEqual(visible([]), ['/works', '/none']);
  });
});

describe('TaskBinding of a table', () => {
  const form = readForm(ESTIMATE);
  const stored = { works: [{ part: 'a', qty: 1, price: 5, sku: 'x' }] };

  it('the table’s name means all of its columns, with columns beside it only those', () => {
    const seen = (readable: readonly string[]) => projectStored(form, { readable }, stored);
    assert.deepEqual(seen(['works']), { works: [{ rowId: 's1', part: 'a', qty: 1, price: 5 }] });
    assert.deepEqual(seen(['works', 'works.part']), { works: [{ rowId: 's1', part: 'a' }] });
    assert.deepEqual(seen(['works.qty']), { works: [{ rowId: 's1', qty: 1 }] });
    assert.deepEqual(seen(['note']), {});
  });

  it('the form starts with the stored rows, and what is no table is left out', () => {
    assert.deepEqual(initialValues(form, {}, stored), { works: [{ rowId: 's1', part: 'a', qty: 1, price: 5 }] });
    assert.deepEqual(initialValues(form, {}, { works: 'из старой формы' }), { works: null });
  });

  it('a column may be required here, and a wrong or computed one is named', () => {
    const binding = { writable: ['works', 'works.sum'], requiredHere: ['works.price', 'works.none'] };
    assert.deepEqual(
      checkBinding(form, binding).map(({ path, message }) => `${path} ${message}`),
      [
        '/writable/1 "works.sum" is computed and cannot be written',
        '/requiredHere/0 "works.price" is required here but not writable here',
        '/requiredHere/1 The form "test-form" has no field "works.none"',
      ],
    );
    const { errors } = evaluateInput(ESTIMATE, { works: [{ qty: 1 }] }, { binding: { requiredHere: ['works.price'] } });
    assert.deepEqual(
      errors.map(({ path, keyword }) => [path, keyword]),
      [['/works/0/price', 'required']],
    );
  });

  it('a new row starts with the defaults of the columns that may be written', () => {
    const withDefaults = readForm(
      formOf(
        { works: table({ unit: { ...text, default: 'шт' }, kind: { ...text, default: 'x' } }) },
        { ru: labels('works.unit', 'works.kind') },
      ),
    );
    const shape = withDefaults.fieldsByName.get('works')!.table!;
    assert.deepEqual(newRow(shape, { writable: ['works', 'works.unit'] }, 'r1'), { rowId: 'r1', unit: 'шт' });
  });
});

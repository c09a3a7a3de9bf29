import assert from 'node:assert/strict';
import type { RuleMemory } from './form-rule-run.ts';
import { evaluateInput, formOf } from './test/form-fixture.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };

describe('evaluateForm against tampering', () => {
  const form = formOf({
    note: text,
    total: { ...integer, 'x-value': 'price * 2' },
    price: { ...integer, readOnly: true },
  });

  it('recomputes totals and restores what is read-only', () => {
    const { data, variables, ignored } = evaluateInput(
      form,
      { note: 'x', total: 1, price: 1 },
      { stored: { price: 500 } },
    );
    assert.deepEqual(data, { note: 'x', total: 1000, price: 500 });
    assert.deepEqual(variables, { note: 'x', total: 1000 });
    assert.deepEqual(ignored, [
      { path: '/total', reason: 'computed' },
      { path: '/price', reason: 'notWritable' },
    ]);
  });

  it('drops __proto__, constructor and keys with slashes without touching any prototype', () => {
    const input: unknown = JSON.parse(
      '{"note":"x","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"a/b":1}',
    );
    const { data, variables, ignored } = evaluateInput(form, input);
    assert.deepEqual(Object.keys(data), ['note']);
    assert.deepEqual(Object.keys(variables), ['note']);
    assert.deepEqual(
      ignored.map(({ path }) => path),
      ['/__proto__', '/constructor', '/a~1b'],
    );
    assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined);
    assert.equal((data as { isAdmin?: boolean }).isAdmin, undefined);
  });

  it('does not take inherited properties of input or stored for values', () => {
    const { data } = evaluateInput(formOf({ note: text }), Object.create({ note: 'inherited' }) as object);
    assert.deepEqual(data, {});
  });

  it('a rule that locks a field keeps the stored value', () => {
    const locked = formOf({
      sum: { ...integer, 'x-readonly': 'approved = true' },
      approved: { type: 'boolean', readOnly: true },
    });
    const { variables, ignored } = evaluateInput(
      locked,
      { sum: 1, approved: false },
      { stored: { sum: 100, approved: true } },
    );
    assert.deepEqual(variables, {});
    assert.deepEqual(
      ignored.find(({ path }) => path === '/sum'),
      { path: '/sum', reason: 'locked' },
    );
  });

  it('survives data nested 20,000 deep and lists of a million', () => {
    let deep: unknown = [];
    for (let depth = 0; depth < 20_000; depth += 1) deep = [deep];
    const lists = formOf({
      a: { type: 'array', 'x-files': { kind: 'file' } },
      b: { type: 'array', items: { enum: ['x'] }, uniqueItems: true },
    });
    const { errors } = evaluateInput(lists, { a: deep, b: new Array(1_000_000).fill('x') });
    assert.deepEqual(
      errors.map(({ path, keyword }) => [path, keyword]),
      [
        ['/a', 'tooDeep'],
        ['/b', 'maxItems'],
      ],
    );
  });
});

describe('evaluateForm rules', () => {
  it('a hidden value is null to other rules, kept in a draft, dropped on submit', () => {
    const form = formOf({
      kind: text,
      part: { ...integer, 'x-visible': 'kind = "repair"' },
      sum: { ...integer, 'x-value': 'if part = null then 0 else part * 10' },
    });
    const input = { kind: 'other', part: 7 };
    assert.deepEqual(evaluateInput(form, input).variables, { kind: 'other', sum: 0 });
    assert.deepEqual(evaluateInput(form, input, { mode: 'draft' }).variables, { kind: 'other', part: 7 });
    assert.deepEqual(evaluateInput(form, { kind: 'repair', part: 7 }).variables, { kind: 'repair', part: 7, sum: 70 });
  });

  it('null and failure count as false for visible and required, as nothing for computed, with a warning', () => {
    const form = formOf({
      a: { ...text, 'x-visible': 'nowhere > 1' },
      b: { ...text, 'x-required': 'duration("x") > 1' },
      c: { ...integer, 'x-value': '1 + "a"' },
    });
    const { fields, data, errors, warnings } = evaluateInput(form, {});
    assert.equal(fields.get('/a')?.visible, false);
    assert.equal(fields.get('/b')?.required, false);
    assert.deepEqual([data, errors], [{}, []]);
    assert.ok(warnings.length > 0);
  });

  it('a field wins over a context variable of the same name, even when it is empty', () => {
    const form = formOf({ city: text, note: { ...text, 'x-required': 'city = "Омск" and region = "55"' } });
    const context = { city: 'Омск', region: '55' };
    assert.equal(evaluateInput(form, {}, { context }).errors.length, 0);
    assert.equal(evaluateInput(form, { city: 'Омск' }, { context }).errors.length, 1);
  });

  it('options come from a rule and the value is checked against them', () => {
    const form = formOf({
      kind: text,
      part: { ...text, 'x-options': 'if kind = "a" then [{value: "p1", label: "Первая"}, "p2"] else []' },
    });
    const good = evaluateInput(form, { kind: 'a', part: 'p1' });
    assert.deepEqual(good.fields.get('/part')?.options, [
      { value: 'p1', label: 'Первая' },
      { value: 'p2', label: 'p2' },
    ]);
    assert.deepEqual(good.errors, []);
    assert.equal(evaluateInput(form, { kind: 'b', part: 'p1' }).errors[0]?.keyword, 'options');
  });

  it('does not block the task on a stored value that cannot be corrected here', () => {
    const form = formOf({ old: { ...text, enum: ['x'], readOnly: true }, note: text }, { required: ['old', 'note'] });
    assert.deepEqual(evaluateInput(form, { note: 'да' }, { stored: { old: 'legacy' } }).errors, []);
  });

  it('evaluates again only the rules whose inputs changed', () => {
    const form = formOf({
      a: text,
      b: text,
      onA: { ...text, 'x-visible': 'a = "1"' },
      onB: { ...text, 'x-visible': 'b = "1"' },
      onBoth: { ...text, 'x-required': 'a = b' },
    });
    const memory: RuleMemory = new Map();
    const run = (input: unknown): readonly string[] => {
      const ran: string[] = [];
      const { fields } = evaluateInput(form, input, {
        memory,
        onRuleEvaluated: (ruleId) => ran.push(ruleId.split('/')[3]!),
      });
      assert.deepEqual([...fields], [...evaluateInput(form, input).fields], 'memory must not change the outcome');
      return ran.sort();
    };
    assert.deepEqual(run({}), ['onA', 'onB', 'onBoth']);
    assert.deepEqual(run({ a: '1' }), ['onA', 'onBoth']);
    assert.deepEqual(run({ a: '1', onA: 'typing' }), []);
    assert.deepEqual(run({ a: '1', b: '1' }), ['onB', 'onBoth']);
  });
});

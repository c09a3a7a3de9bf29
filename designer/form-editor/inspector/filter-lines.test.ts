import assert from 'node:assert/strict';
import { feelValue, readFilterLines, typedValue, withRegister, writeFilterLines } from './filter-lines.ts';

describe('the filter of a look-up as lines', () => {
  for (const [filter, lines] of [
    ['', []],
    ['model = form.model', [{ register: 'model', ours: 'form.model' }]],
    ['form.model = model', [{ register: 'model', ours: 'form.model' }]],
    [
      'group = row.kind and active = true and unit = "шт \\"м\\"" and price = 12.5',
      [
        { register: 'group', ours: 'row.kind' },
        { register: 'active', value: 'true' },
        { register: 'unit', value: '"шт \\"м\\""' },
        { register: 'price', value: '12.5' },
      ],
    ],
  ] as const) {
    it(`reads and writes <${filter}>`, () => {
      const read = readFilterLines(filter);
      assert.deepEqual(read, lines);
      assert.deepEqual(readFilterLines(writeFilterLines(read)), lines);
    });
  }

  for (const filter of [
    'price > 1',
    'a = form.b or c = form.d',
    'contains(name, form.x)',
    'a = b',
    'a =',
    'a = other.b',
  ])
    it(`leaves <${filter}> to FEEL`, () => assert.equal(readFilterLines(filter), null));

  it('a line that is not whole says nothing yet', () => {
    assert.equal(
      writeFilterLines([{ register: 'a' }, { register: '', ours: 'form.b' }, { register: 'c', value: '' }]),
      '',
    );
  });

  it('takes what a person types for what the field of the register holds', () => {
    const typed = ['007', '12,5', 'true', 'шт', ' '];
    assert.deepEqual(
      typed.map((text) => feelValue(text, 'string')),
      ['"007"', '"12,5"', '"true"', '"шт"', ''],
    );
    assert.deepEqual(
      typed.map((text) => feelValue(text, 'number')),
      ['007', '12.5', '"true"', '"шт"', ''],
    );
    assert.deepEqual(
      typed.map((text) => feelValue(text, 'boolean')),
      ['"007"', '"12,5"', 'true', '"шт"', ''],
    );
    assert.deepEqual(
      ['12', '"007"'].map((value) => typedValue(value, 'string', 'ru')),
      ['12', '007'],
    );
  });

  it('takes money in roubles, as everywhere, and keeps kopecks', () => {
    const typed = ['1500', '1\u00a0500,5', '0,07', '-3', 'много', ' '];
    assert.deepEqual(
      typed.map((text) => feelValue(text, 'money')),
      ['150000', '150050', '7', '-300', '"много"', ''],
    );
    assert.equal(typedValue('150050', 'money', 'ru'), '1\u00a0500,50');
    assert.equal(typedValue('150050', 'money', 'en'), '1,500.50');
    assert.equal(typedValue('"много"', 'money', 'ru'), 'много');
  });

  it('of a field it does not know, takes a number, a yes or a no for what it looks like', () => {
    assert.deepEqual(
      ['12', '12,5', 'true', 'шт'].map((text) => feelValue(text, undefined)),
      ['12', '"12,5"', 'true', '"шт"'],
    );
  });

  it('a value that is typed already goes along to another field of the register', () => {
    const toCode = { register: 'code', type: 'string', before: 'number', language: 'ru' } as const;
    assert.deepEqual(withRegister({ register: 'count', value: '7' }, toCode), { register: 'code', value: '"7"' });
    assert.deepEqual(withRegister({ register: 'count', ours: 'form.x' }, toCode), { register: 'code', ours: 'form.x' });
    const toPrice = { register: 'price', type: 'money', before: 'string', language: 'ru' } as const;
    const price = withRegister({ register: 'code', value: '"1 500,5"' }, toPrice);
    assert.deepEqual(price, { register: 'price', value: '150050' });
    const toCount = { register: 'count', type: 'number', before: 'money', language: 'ru' } as const;
    assert.deepEqual(withRegister(price, toCount), { register: 'count', value: '1500.50' });
  });
});

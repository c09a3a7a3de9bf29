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
    assert.deepEqual(['12', '"007"'].map(typedValue), ['12', '007']);
  });

  it('of a field it does not know, takes a number, a yes or a no for what it looks like', () => {
    assert.deepEqual(
      ['12', '12,5', 'true', 'шт'].map((text) => feelValue(text, undefined)),
      ['12', '"12,5"', 'true', '"шт"'],
    );
  });

  it('a value that is typed already goes along to another field of the register', () => {
    assert.deepEqual(withRegister({ register: 'price', value: '7' }, 'code', 'string'), {
      register: 'code',
      value: '"7"',
    });
    assert.deepEqual(withRegister({ register: 'price', ours: 'form.x' }, 'code', 'string'), {
      register: 'code',
      ours: 'form.x',
    });
  });
});

import assert from 'node:assert/strict';
import { feelValue, readFilterLines, typedValue, writeFilterLines } from './filter-lines.ts';

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

  it('takes what a person types for a text, unless it is a number or a yes or no', () => {
    assert.deepEqual(['12', 'true', 'шт', ' '].map(feelValue), ['12', 'true', '"шт"', '']);
    assert.deepEqual(['12', '"шт"'].map(typedValue), ['12', 'шт']);
  });
});

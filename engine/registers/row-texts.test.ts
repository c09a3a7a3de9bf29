import assert from 'node:assert/strict';
import { holdsOn, overlaps } from './holds-on.ts';
import { readRegister } from './read-register.ts';
import { rowTexts } from './row-texts.ts';
import { sortText } from './sort-text.ts';
import { partsRegister } from './test/parts-register.ts';

describe('what the database sorts by', () => {
  it('orders numbers as numbers, empty first', () => {
    const numbers = [undefined, -1e9, -2.5, -1, 0, 0.5, 1, 9, 10, 2 ** 53];
    const texts = numbers.map(sortText);
    assert.deepEqual([...texts].sort(), texts);
    assert.equal(sortText(-0), sortText(0));
  });

  it('takes large and small letters, е and ё, for one', () => {
    assert.equal(sortText('Ёлка'), sortText('ЕЛКА'));
    assert.ok(sortText('абв') < sortText('ЯБЛОКО'));
    assert.equal([...sortText('x'.repeat(500))].length, 120);
  });

  it('names a row by its label, else by its key', () => {
    const register = readRegister(partsRegister());
    const texts = rowTexts(register, { article: 'A-1', name: 'Фильтр Ёж', price: 100 });
    assert.deepEqual([texts.rowKey, texts.label, texts.search], ['A-1', 'Фильтр Ёж', 'a-1\nфильтр еж']);
    assert.deepEqual(Object.keys(texts.sortValues), ['article', 'name', 'model', 'price']);
    assert.equal(rowTexts(register, { article: 'A-1' }).label, 'A-1');
  });
});

describe('effective dates', () => {
  const register = { effective: { from: 'from', to: 'to', within: ['work'] } };
  const row = (work: string, from: string | null, to: string | null) => ({ work, from, to });

  it('hold on both days and, without an end, for ever', () => {
    const days = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'];
    const year = row('W', '2026-01-01', '2026-12-31');
    assert.deepEqual(
      days.map((day) => holdsOn(register, year, day)),
      [false, true, true, false],
    );
    assert.deepEqual(
      days.map((day) => holdsOn(register, row('W', '2026-12-31', null), day)),
      [false, false, true, true],
    );
    assert.ok(holdsOn({}, {}, '2026-01-01'));
  });

  it('overlap only for the same thing', () => {
    const year = row('W', '2026-01-01', '2026-12-31');
    assert.ok(overlaps(register, year, row('W', '2026-12-31', null)));
    assert.ok(!overlaps(register, year, row('W', '2027-01-01', null)));
    assert.ok(!overlaps(register, year, row('V', '2026-02-01', null)));
  });
});

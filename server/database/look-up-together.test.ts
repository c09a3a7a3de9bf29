import assert from 'node:assert/strict';
import { lookUpTogether } from './look-up-together.ts';

describe('look-ups by key', () => {
  it('share a statement when they come at once, and find each their own', async () => {
    const asked: (readonly number[])[] = [];
    const lookUp = lookUpTogether((keys: readonly number[]) => {
      asked.push(keys);
      return Promise.resolve(new Map(keys.filter((key) => key !== 3).map((key) => [key, key * 10])));
    });
    assert.deepEqual(await Promise.all([lookUp(1), lookUp(2), lookUp(1), lookUp(3)]), [10, 20, 10, undefined]);
    assert.deepEqual(await Promise.all([lookUp(4), lookUp(5)]), [40, 50]);
    assert.deepEqual(asked, [
      [1, 2, 3],
      [4, 5],
    ]);
  });
});

import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { shareNext } from './share-next.ts';

describe('a shared read', () => {
  it('answers everybody with a read that began after they asked', async () => {
    const ends: ((value: number) => void)[] = [];
    const read = shareNext(() => new Promise<number>((resolve) => ends.push(resolve)));
    const first = [read(), read()];
    await turn();
    assert.equal(ends.length, 1, 'who comes together shares');
    const later = [read(), read()];
    await turn();
    assert.equal(ends.length, 1, 'who comes while it is under way waits');
    ends[0]!(1);
    assert.deepEqual(await Promise.all(first), [1, 1]);
    await turn();
    ends[1]!(2);
    assert.deepEqual(await Promise.all(later), [2, 2]);
    assert.equal(ends.length, 2);
  });

  it('fails those who shared it, and nobody after them', async () => {
    let fails = true;
    const read = shareNext(() => (fails ? Promise.reject(new Error('away')) : Promise.resolve('back')));
    await assert.rejects(read(), /away/);
    fails = false;
    assert.equal(await read(), 'back');
  });
});

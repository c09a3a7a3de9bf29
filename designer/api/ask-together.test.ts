import assert from 'node:assert/strict';
import { createAskTogether } from './ask-together.ts';

describe('asking together', () => {
  const asked: (readonly [string, readonly string[]])[] = [];
  const names = createAskTogether((topic, values) => {
    asked.push([topic, values]);
    if (topic === 'broken') return Promise.reject(new Error('no net'));
    return Promise.resolve(values.filter((value) => value !== 'gone').map((value) => ({ value, label: `№ ${value}` })));
  });
  beforeEach(() => void asked.splice(0));

  it('makes one request of what is asked for in one go, each value once, and answers each', async () => {
    const answers = await Promise.all([names('parts', ['a']), names('parts', ['b', 'a']), names('parts', ['gone'])]);
    assert.deepEqual(asked, [['parts', ['a', 'b', 'gone']]]);
    assert.deepEqual(
      answers.map((found) => found.map(({ label }) => label)),
      [['№ a'], ['№ a', '№ b'], []],
    );
  });

  it('asks apart for apart things, later again, and never for more than fifty at once', async () => {
    await Promise.all([names('parts', ['a']), names('products', ['a'])]);
    await names('parts', ['a']);
    await names(
      'parts',
      Array.from({ length: 120 }, (_, at) => String(at)),
    );
    assert.deepEqual(
      asked.map(([topic, values]) => [topic, values.length]),
      [
        ['parts', 1],
        ['products', 1],
        ['parts', 1],
        ['parts', 50],
        ['parts', 50],
        ['parts', 20],
      ],
    );
  });

  it('tells everybody that it failed', async () => {
    const [one, two] = await Promise.allSettled([names('broken', ['a']), names('broken', ['b'])]);
    assert.deepEqual([one.status, two.status, asked.length], ['rejected', 'rejected', 1]);
  });
});

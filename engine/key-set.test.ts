import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Key } from './key.ts';
import { KeySet } from './key-set.ts';
import { propertyOptions } from './test/property-options.ts';

/** Few and many, and across the place where a list becomes a table. */
const rounds = fc.array(
  fc.record({
    added: fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 40 }),
    gone: fc.array(fc.nat(), { maxLength: 40 }),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('KeySet against a Set', () => {
  it('holds the same keys in rising order, and every older set stays what it was', () => {
    fc.assert(
      fc.property(rounds, (steps) => {
        const oracle = new Set<Key>();
        const kept: { readonly set: KeySet; readonly keys: readonly Key[] }[] = [];
        let set = KeySet.empty;
        for (const { added, gone } of steps) {
          kept.push({ set, keys: [...set.keys()] });
          const fresh = added.filter((key) => !oracle.has(key));
          for (const key of fresh) oracle.add(key);
          const there = [...oracle];
          const leaving = [...new Set(gone.map((pick) => there[pick % Math.max(1, there.length)]))].filter(
            (key) => key !== undefined,
          );
          for (const key of leaving) oracle.delete(key);
          set = set.changed(fresh, leaving);
          assert.deepEqual(
            [...set.keys()],
            [...oracle].sort((a, b) => a - b),
          );
          assert.equal(set.size, oracle.size);
          assert.deepEqual([...KeySet.of([...oracle]).keys()], [...set.keys()]);
        }
        for (const { set: old, keys } of kept) assert.deepEqual([...old.keys()], keys);
      }),
      propertyOptions(1_000),
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Key } from './key.ts';
import { Table, TableDraft } from './table.ts';
import { propertyOptions } from './test/property-options.ts';

type Step =
  { readonly kind: 'set'; readonly key: Key; readonly row: number } | { readonly kind: 'delete'; readonly key: Key };

/** Neighbours within a page, several pages, and keys of a high bucket. */
const keys = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 2 ** 52, max: 2 ** 52 + 130 }));
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('set' as const), key: keys, row: fc.nat() }),
    fc.record({ kind: fc.constant('delete' as const), key: keys }),
  ),
  { maxLength: 60 },
);

describe('Table against a Map', () => {
  it('a draft reads, changes and finishes as a Map would, and every older table stays what it was', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 6 }), (rounds) => {
        const kept: { readonly table: Table<number>; readonly content: string }[] = [];
        const oracle = new Map<Key, number>();
        let table: Table<number> = Table.empty;
        for (const round of rounds) {
          kept.push({ table, content: contentOf(table) });
          table = run(table, oracle, round);
          same(table, oracle);
        }
        for (const { table: old, content } of kept) assert.equal(contentOf(old), content);
        assert.equal(contentOf(Table.of(oracle)), contentOf(table));
      }),
      propertyOptions(1_000),
    );
  });
});

function run(before: Table<number>, oracle: Map<Key, number>, round: readonly Step[]): Table<number> {
  const draft = new TableDraft(before);
  const earlier = new Map(oracle);
  for (const step of round) {
    if (step.kind === 'set') {
      draft.set(step.key, step.row);
      oracle.set(step.key, step.row);
    } else {
      draft.delete(step.key);
      oracle.delete(step.key);
    }
    assert.equal(draft.get(step.key), oracle.get(step.key));
    assert.equal(draft.size, oracle.size);
  }
  assert.deepEqual([...draft.keys()], sortedKeys(oracle));
  const after = draft.finish();
  const changed = [...new Set([...earlier.keys(), ...oracle.keys()])].filter(
    (key) => earlier.get(key) !== oracle.get(key),
  );
  assert.deepEqual(
    new Map(after.changesSince(before)),
    new Map(changed.map((key) => [key, oracle.get(key) ?? null] as const)),
  );
  return after;
}

function same(table: Table<number>, oracle: ReadonlyMap<Key, number>): void {
  const sorted = sortedKeys(oracle);
  assert.equal(table.size, oracle.size);
  assert.deepEqual([...table.keys()], sorted);
  assert.deepEqual(
    [...table.values()],
    sorted.map((key) => oracle.get(key)),
  );
  for (const key of sorted) assert.ok(table.has(key) && table.get(key) === oracle.get(key));
  assert.equal(table.get(999_999), undefined);
  const middle = sorted[sorted.length >> 1] ?? 0;
  assert.deepEqual(
    [...table.valuesBelow(middle)],
    sorted
      .filter((key) => key < middle)
      .reverse()
      .map((key) => oracle.get(key)),
  );
}

function sortedKeys(oracle: ReadonlyMap<Key, number>): readonly Key[] {
  return [...oracle.keys()].sort((a, b) => a - b);
}

function contentOf(table: Table<number>): string {
  return JSON.stringify([table.size, [...table.entries()]]);
}

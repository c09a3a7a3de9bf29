import { inserted, removed } from './array-copies.ts';
import type { Key } from './key.ts';
import { Table, TableDraft } from './table.ts';

/** More than this, and a table is cheaper than copying the list. */
const FEW = 32;

/** A persistent set of keys in rising order: one list while they are few, which is nearly always, else a table. */
export class KeySet {
  readonly size: number;
  readonly #few: readonly Key[];
  readonly #many: Table<true> | null;

  static readonly empty = new KeySet([], null);

  private constructor(few: readonly Key[], many: Table<true> | null) {
    this.size = many?.size ?? few.length;
    this.#few = few;
    this.#many = many;
  }

  static of(keys: readonly Key[]): KeySet {
    return KeySet.empty.changed(
      [...keys].sort((a, b) => a - b),
      [],
    );
  }

  keys(): IterableIterator<Key> {
    return this.#many?.keys() ?? this.#few.values();
  }

  /** The set with some keys added, then some taken out. */
  changed(added: readonly Key[], gone: readonly Key[]): KeySet {
    if (this.size + added.length - gone.length === 0) return KeySet.empty;
    if (this.#many !== null || this.size + added.length > FEW) return new KeySet([], this.#changedTable(added, gone));
    let keys = added.length === 0 ? this.#few : withAll(this.#few, added);
    for (const key of gone) keys = removed(keys, keys.indexOf(key));
    return new KeySet(keys, null);
  }

  /** Makes no set itself: tsc then names the class by an alias that its static field finds empty. */
  #changedTable(added: readonly Key[], gone: readonly Key[]): Table<true> {
    const draft = new TableDraft<true>(this.#many ?? Table.of(this.#few.map((key) => [key, true] as const)));
    for (const key of added) draft.set(key, true);
    for (const key of gone) draft.delete(key);
    return draft.finish();
  }
}

/** New keys are the highest, but for a scope that lives again. */
function withAll(keys: readonly Key[], added: readonly Key[]): readonly Key[] {
  const [first = 0] = added;
  if (added.length === 1 && (keys[keys.length - 1] ?? 0) < first) return inserted(keys, keys.length, first);
  const all = [...keys, ...added];
  return all.every((key, at) => at === 0 || (all[at - 1] as Key) < key) ? all : all.sort((a, b) => a - b);
}

import { inserted, removed } from './array-copies.ts';
import type { Key } from './key.ts';

/** Rows per leaf. A write copies one leaf and the list of leaves; 16, 32 and 64 could not be told apart in W1–W5. */
const LEAF_SIZE = 32;

/** A run of rows in key order, never empty. */
interface Leaf<Row> {
  readonly keys: Key[];
  readonly rows: Row[];
}

/** Rows by key, in key order, as they are read. */
export interface RowView<Row> {
  readonly size: number;
  get(key: Key): Row | undefined;
  has(key: Key): boolean;
  entries(): IterableIterator<[Key, Row]>;
  values(): IterableIterator<Row>;
  keys(): IterableIterator<Key>;
}

/**
 * A persistent table of rows in key order. A write copies one leaf and the list of leaves, not the rows: a plain object
 * copied per step costs seconds for 1,000 activations (`style.md` §3). Most tables hold one row or two, so one leaf is kept
 * without a list, and leaves are dense: a page addressed by the key itself had to copy its holes.
 */
export class Table<Row> implements RowView<Row> {
  readonly size: number;
  /** The rows of a table of one leaf; none when there are leaves. */
  readonly #leaf: Leaf<Row>;
  /** Null for one leaf. */
  readonly #leaves: readonly Leaf<Row>[] | null;

  static readonly empty: Table<never> = new Table<never>({ keys: [], rows: [] }, null, 0);

  private constructor(leaf: Leaf<Row>, leaves: readonly Leaf<Row>[] | null, size: number) {
    this.size = size;
    this.#leaf = leaf;
    this.#leaves = leaves;
  }

  static of<Row>(entries: Iterable<readonly [Key, Row]>): Table<Row> {
    const draft = new TableDraft<Row>(Table.empty);
    for (const [key, row] of entries) draft.set(key, row);
    return draft.finish();
  }

  get(key: Key): Row | undefined {
    if (this.size === 0) return undefined;
    return rowIn(this.#leaves === null ? this.#leaf : (this.#leaves[leafFor(this.#leaves, key)] as Leaf<Row>), key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  /** Rows in key order. */
  *entries(): Generator<[Key, Row]> {
    for (const { keys, rows } of this.#allLeaves()) {
      for (let at = 0; at < keys.length; at += 1) yield [keys[at] as Key, rows[at] as Row];
    }
  }

  values(): IterableIterator<Row> {
    return this.#leaves === null ? this.#leaf.rows.values() : rowsOf(this.#leaves);
  }

  keys(): IterableIterator<Key> {
    return this.#leaves === null ? this.#leaf.keys.values() : keysOf(this.#leaves);
  }

  /** Rows with a key below this one, the highest first. */
  *valuesBelow(key: Key): Generator<Row> {
    const leaves = this.#allLeaves();
    for (let at = leafFor(leaves, key); at >= 0; at -= 1) {
      const { keys, rows } = leaves[at] as Leaf<Row>;
      for (let slot = slotFor(keys, key) - 1; slot >= 0; slot -= 1) yield rows[slot] as Row;
    }
  }

  /** The rows in which the table differs from an earlier version, by key; null is a deleted one. Shared leaves are passed over. */
  changesSince(before: Table<Row>): ReadonlyMap<Key, Row | null> {
    if (before === this) return NO_CHANGES;
    const shared = new Set(before.#allLeaves());
    const own = new Set(this.#allLeaves());
    const old = new Map<Key, Row>();
    for (const leaf of shared) if (!own.has(leaf)) leaf.keys.forEach((key, at) => old.set(key, leaf.rows[at] as Row));
    const changes = new Map<Key, Row | null>();
    for (const leaf of own) {
      if (shared.has(leaf)) continue;
      leaf.keys.forEach((key, at) => {
        const row = leaf.rows[at] as Row;
        if (old.get(key) !== row) changes.set(key, row);
        old.delete(key);
      });
    }
    for (const key of old.keys()) changes.set(key, null);
    return changes;
  }

  /** For `TableDraft` only. */
  static leafOf<Row>(table: Table<Row>): Leaf<Row> {
    return table.#leaf;
  }

  /** For `TableDraft` only. */
  static leavesOf<Row>(table: Table<Row>): readonly Leaf<Row>[] | null {
    return table.#leaves;
  }

  /** For `TableDraft` only. */
  static ofLeaf<Row>(leaf: Leaf<Row>): Table<Row> {
    return leaf.keys.length === 0 ? Table.empty : new Table(leaf, null, leaf.keys.length);
  }

  /** For `TableDraft` only. */
  static ofLeaves<Row>(leaves: readonly Leaf<Row>[], size: number): Table<Row> {
    const [first, second] = leaves;
    if (first === undefined) return Table.empty;
    return second === undefined ? Table.ofLeaf(first) : new Table<Row>(Table.leafOf(Table.empty), leaves, size);
  }

  #allLeaves(): readonly Leaf<Row>[] {
    return this.#leaves ?? [this.#leaf];
  }
}

const NO_CHANGES = new Map<Key, never>();

/** A table being written by one command. Reads see the writes; `finish` gives the new table, the old one is untouched. */
export class TableDraft<Row> {
  size: number;
  #table: Table<Row>;
  /** The copy that the draft writes to, while one leaf is enough; null before the first write. */
  #leaf: Leaf<Row> | null = null;
  /** Null until the first write to a table of several. */
  #leaves: Leaf<Row>[] | null = null;
  /** Leaves that the draft has made and may write to. */
  #own: Set<Leaf<Row>> | null = null;

  constructor(base: Table<Row>) {
    this.#table = base;
    this.size = base.size;
  }

  get(key: Key): Row | undefined {
    if (this.#leaf !== null) return rowIn(this.#leaf, key);
    if (this.#leaves === null) return this.#table.get(key);
    return this.size === 0 ? undefined : rowIn(this.#leaves[leafFor(this.#leaves, key)] as Leaf<Row>, key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  set(key: Key, row: Row): void {
    if (this.#leaf === null && this.#leaves === null && this.#insertFirst(key, row)) return;
    this.#open();
    const { keys, rows } = this.#leaf ?? this.#leafToWrite(key);
    const slot = slotFor(keys, key);
    if (slot < keys.length && keys[slot] === key) {
      rows[slot] = row;
      return;
    }
    insert(keys, slot, key);
    insert(rows, slot, row);
    this.size += 1;
    if (keys.length > LEAF_SIZE) this.#split(keys, rows, slot);
  }

  delete(key: Key): void {
    if (this.#leaf === null && this.#leaves === null && this.#removeFirst(key)) return;
    if (!this.has(key)) return;
    this.#open();
    const leaf = this.#leaf ?? this.#leafToWrite(key);
    const slot = slotFor(leaf.keys, key);
    remove(leaf.keys, slot);
    remove(leaf.rows, slot);
    this.size -= 1;
    if (leaf.keys.length === 0 && this.#leaves !== null) remove(this.#leaves, this.#leaves.indexOf(leaf));
  }

  /** The rows as they are now, in key order; later writes do not show. */
  values(): IterableIterator<Row> {
    return this.finish().values();
  }

  keys(): IterableIterator<Key> {
    return this.finish().keys();
  }

  valuesBelow(key: Key): IterableIterator<Row> {
    return this.finish().valuesBelow(key);
  }

  /** The table as it is now. The draft may be written on: it then copies what it gave away. */
  finish(): Table<Row> {
    // Grown one by one, an array has room for 17 more, in each table of each waiting instance.
    const isNew = this.#table.size === 0 && this.size > 1;
    if (this.#leaf !== null) this.#table = Table.ofLeaf(isNew ? copyOf(this.#leaf) : this.#leaf);
    else if (this.#leaves !== null) {
      this.#table = Table.ofLeaves(isNew ? this.#leaves.map(copyOf) : this.#leaves, this.size);
    }
    this.#leaf = null;
    this.#leaves = null;
    this.#own = null;
    return this.#table;
  }

  /** The first write of most commands, and often the only one: copied with what it brings, not copied and then made longer. */
  #insertFirst(key: Key, row: Row): boolean {
    if (Table.leavesOf(this.#table) !== null) return false;
    const { keys, rows } = Table.leafOf(this.#table);
    const slot = slotFor(keys, key);
    if (keys.length >= LEAF_SIZE || (slot < keys.length && keys[slot] === key)) return false;
    this.#leaf = { keys: inserted(keys, slot, key), rows: inserted(rows, slot, row) };
    this.size += 1;
    return true;
  }

  #removeFirst(key: Key): boolean {
    if (Table.leavesOf(this.#table) !== null) return false;
    const { keys, rows } = Table.leafOf(this.#table);
    const slot = slotFor(keys, key);
    if (slot >= keys.length || keys[slot] !== key) return true;
    // Not an empty leaf to write to: what comes next is then copied to size, as the first of a new table.
    if (keys.length === 1) {
      this.#table = Table.empty;
      this.size = 0;
      return true;
    }
    this.#leaf = { keys: removed(keys, slot), rows: removed(rows, slot) };
    this.size -= 1;
    return true;
  }

  #open(): void {
    if (this.#leaf !== null || this.#leaves !== null) return;
    const leaves = Table.leavesOf(this.#table);
    if (leaves === null) this.#leaf = copyOf(Table.leafOf(this.#table));
    else this.#leaves = leaves.slice();
  }

  /** Of several leaves, the one for this key. */
  #leafToWrite(key: Key): Leaf<Row> {
    const leaves = this.#leaves as Leaf<Row>[];
    if (leaves.length === 0) leaves.push(this.#owned({ keys: [], rows: [] }));
    const at = leafFor(leaves, key);
    const leaf = leaves[at] as Leaf<Row>;
    if (this.#own?.has(leaf) === true) return leaf;
    const own = this.#owned(copyOf(leaf));
    leaves[at] = own;
    return own;
  }

  #owned(leaf: Leaf<Row>): Leaf<Row> {
    (this.#own ??= new Set()).add(leaf);
    return leaf;
  }

  /** Rows mostly come in rising key order: behind a full leaf a new one begins, so that leaves stay full. */
  #split(keys: Key[], rows: Row[], slot: number): void {
    const left = slot === LEAF_SIZE ? LEAF_SIZE : LEAF_SIZE / 2;
    const right = this.#owned({ keys: keys.splice(left), rows: rows.splice(left) });
    if (this.#leaf !== null) {
      this.#leaves = [this.#owned(this.#leaf), right];
      this.#leaf = null;
    } else {
      const leaves = this.#leaves as Leaf<Row>[];
      insert(leaves, leafFor(leaves, keys[0] as Key) + 1, right);
    }
  }
}

function copyOf<Row>({ keys, rows }: Leaf<Row>): Leaf<Row> {
  return { keys: keys.slice(), rows: rows.slice() };
}

function rowIn<Row>({ keys, rows }: Leaf<Row>, key: Key): Row | undefined {
  const slot = slotFor(keys, key);
  // Asked first: reading an array beyond its bounds takes 34 ns, within them 4 ns (Node 20).
  return slot < keys.length && keys[slot] === key ? rows[slot] : undefined;
}

/** The leaf in which a key stands or would stand; new keys are the highest, so the end is tried first. */
function leafFor<Row>(leaves: readonly Leaf<Row>[], key: Key): number {
  let high = leaves.length - 1;
  if (high === 0 || firstKey(leaves, high) <= key) return high;
  let low = 0;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (firstKey(leaves, middle) <= key) low = middle;
    else high = middle - 1;
  }
  return low;
}

function firstKey<Row>(leaves: readonly Leaf<Row>[], at: number): Key {
  return (leaves[at] as Leaf<Row>).keys[0] as Key;
}

/** Where a key stands or would stand in a leaf. */
function slotFor(keys: readonly Key[], key: Key): number {
  let high = keys.length;
  if (high === 0 || (keys[high - 1] as Key) < key) return high;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as Key) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Not by `splice`, which makes an array of what it takes out. */
function insert<Item>(items: Item[], at: number, item: Item): void {
  items.push(item);
  for (let slot = items.length - 1; slot > at; slot -= 1) items[slot] = items[slot - 1] as Item;
  items[at] = item;
}

function remove(items: unknown[], at: number): void {
  for (let slot = at + 1; slot < items.length; slot += 1) items[slot - 1] = items[slot];
  items.pop();
}

function* rowsOf<Row>(leaves: readonly Leaf<Row>[]): Generator<Row> {
  for (const { rows } of leaves) yield* rows;
}

function* keysOf<Row>(leaves: readonly Leaf<Row>[]): Generator<Key> {
  for (const { keys } of leaves) yield* keys;
}

import type { Key } from './key.ts';

/** Rows per leaf. A write copies one leaf and the list of leaves; 16, 32 and 64 could not be told apart in W1–W5. */
const LEAF_SIZE = 32;

/** A run of rows in key order, never empty. */
interface Leaf<Row> {
  readonly keys: Key[];
  readonly rows: Row[];
}

/**
 * A persistent table of rows in key order. A write copies one leaf and the list of leaves, not the rows: a plain object
 * copied per step costs seconds for 1,000 activations (`style.md` §3). Most tables are one leaf of one or two rows,
 * so leaves are dense: a page addressed by the key itself had to copy its holes.
 */
export class Table<Row> {
  readonly size: number;
  readonly #leaves: readonly Leaf<Row>[];

  static readonly empty: Table<never> = new Table<never>([], 0);

  private constructor(leaves: readonly Leaf<Row>[], size: number) {
    this.#leaves = leaves;
    this.size = size;
  }

  static of<Row>(entries: Iterable<readonly [Key, Row]>): Table<Row> {
    const draft = new TableDraft<Row>(Table.empty);
    for (const [key, row] of entries) draft.set(key, row);
    return draft.finish();
  }

  get(key: Key): Row | undefined {
    return find(this.#leaves, key);
  }

  has(key: Key): boolean {
    return find(this.#leaves, key) !== undefined;
  }

  /** Rows in key order. */
  *entries(): Generator<[Key, Row]> {
    for (const { keys, rows } of this.#leaves) {
      for (let at = 0; at < keys.length; at += 1) yield [keys[at] as Key, rows[at] as Row];
    }
  }

  values(): IterableIterator<Row> {
    const [first, second] = this.#leaves;
    return second === undefined ? (first?.rows ?? []).values() : rowsOf(this.#leaves);
  }

  keys(): IterableIterator<Key> {
    const [first, second] = this.#leaves;
    return second === undefined ? (first?.keys ?? []).values() : keysOf(this.#leaves);
  }

  /** Rows with a key below this one, the highest first. */
  *valuesBelow(key: Key): Generator<Row> {
    for (let at = this.#leaves.length === 0 ? -1 : leafFor(this.#leaves, key); at >= 0; at -= 1) {
      const { keys, rows } = this.#leaves[at] as Leaf<Row>;
      for (let slot = slotFor(keys, key) - 1; slot >= 0; slot -= 1) yield rows[slot] as Row;
    }
  }

  /** For `TableDraft` only. */
  static leavesOf<Row>(table: Table<Row>): readonly Leaf<Row>[] {
    return table.#leaves;
  }

  /** For `TableDraft` only. */
  static from<Row>(leaves: readonly Leaf<Row>[], size: number): Table<Row> {
    return size === 0 ? Table.empty : new Table(leaves, size);
  }
}

const NO_CHANGES = new Map<Key, never>();

/** A table being written by one command. Reads see the writes; `finish` gives the new table, the old one is untouched. */
export class TableDraft<Row> {
  size: number;
  #table: Table<Row>;
  /** Null until the first write. */
  #leaves: Leaf<Row>[] | null = null;
  /** A leaf that the draft has made and may write to; most drafts make one. */
  #own: Leaf<Row> | null = null;
  #otherOwn: Set<Leaf<Row>> | null = null;
  #changes: Map<Key, Row | null> | null = null;
  readonly #recordsChanges: boolean;

  constructor(base: Table<Row>, { recordsChanges = true }: { readonly recordsChanges?: boolean } = {}) {
    this.#table = base;
    this.size = base.size;
    this.#recordsChanges = recordsChanges;
  }

  /** Rows written since the draft began; null for a deleted one. */
  get changes(): ReadonlyMap<Key, Row | null> {
    return this.#changes ?? NO_CHANGES;
  }

  get(key: Key): Row | undefined {
    return this.#leaves === null ? this.#table.get(key) : find(this.#leaves, key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  set(key: Key, row: Row): void {
    const leaves = this.#writableLeaves();
    if (leaves.length === 0) leaves.push(this.#newLeaf([], []));
    const at = leafFor(leaves, key);
    const { keys, rows } = this.#writableLeaf(leaves, at);
    const slot = slotFor(keys, key);
    if (slot < keys.length && keys[slot] === key) rows[slot] = row;
    else {
      insert(keys, slot, key);
      insert(rows, slot, row);
      this.size += 1;
      if (keys.length > LEAF_SIZE) this.#split(leaves, at, slot);
    }
    this.#record(key, row);
  }

  delete(key: Key): void {
    if (!this.has(key)) return;
    const leaves = this.#writableLeaves();
    const at = leafFor(leaves, key);
    const { keys, rows } = this.#writableLeaf(leaves, at);
    const slot = slotFor(keys, key);
    remove(keys, slot);
    remove(rows, slot);
    if (keys.length === 0) remove(leaves, at);
    this.size -= 1;
    this.#record(key, null);
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
    if (this.#leaves === null) return this.#table;
    // Grown one by one, an array has room for 17 more, in each table of each waiting instance.
    const leaves = this.#table.size === 0 ? this.#leaves.map(trimmed) : this.#leaves;
    this.#table = Table.from(leaves, this.size);
    this.#leaves = null;
    this.#own = null;
    this.#otherOwn = null;
    return this.#table;
  }

  #record(key: Key, row: Row | null): void {
    if (this.#recordsChanges) (this.#changes ??= new Map()).set(key, row);
  }

  #writableLeaves(): Leaf<Row>[] {
    if (this.#leaves !== null) return this.#leaves;
    this.#leaves = Table.leavesOf(this.#table).slice();
    return this.#leaves;
  }

  #writableLeaf(leaves: Leaf<Row>[], at: number): Leaf<Row> {
    const leaf = leaves[at] as Leaf<Row>;
    if (leaf === this.#own || this.#otherOwn?.has(leaf) === true) return leaf;
    const own = this.#newLeaf(leaf.keys.slice(), leaf.rows.slice());
    leaves[at] = own;
    return own;
  }

  #newLeaf(keys: Key[], rows: Row[]): Leaf<Row> {
    const leaf = { keys, rows };
    if (this.#own === null) this.#own = leaf;
    else (this.#otherOwn ??= new Set()).add(leaf);
    return leaf;
  }

  /** Rows mostly come in rising key order: behind a full leaf a new one begins, so that leaves stay full. */
  #split(leaves: Leaf<Row>[], at: number, slot: number): void {
    const { keys, rows } = leaves[at] as Leaf<Row>;
    const left = slot === LEAF_SIZE ? LEAF_SIZE : LEAF_SIZE / 2;
    insert(leaves, at + 1, this.#newLeaf(keys.splice(left), rows.splice(left)));
  }
}

function trimmed<Row>({ keys, rows }: Leaf<Row>): Leaf<Row> {
  return { keys: keys.slice(), rows: rows.slice() };
}

function find<Row>(leaves: readonly Leaf<Row>[], key: Key): Row | undefined {
  // Asked first: reading an array at -1 takes 34 ns, within its bounds 4 ns (Node 20), and most tables are empty.
  if (leaves.length === 0) return undefined;
  const leaf = leaves[leafFor(leaves, key)] as Leaf<Row>;
  const slot = slotFor(leaf.keys, key);
  return slot < leaf.keys.length && leaf.keys[slot] === key ? leaf.rows[slot] : undefined;
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

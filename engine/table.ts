import type { Key } from './key.ts';

/** Keys come in rising order, so neighbours share a page; a page of 64 slots is copied in about 50 ns. */
const PAGE_SIZE = 64;

/** The rows whose keys lie in one run of 64, by position; a hole is no row. */
type Page<Row> = readonly (Row | undefined)[];

interface Pages<Row> {
  /** Page numbers in rising order; `pages` stands in the same order. */
  readonly numbers: readonly number[];
  readonly pages: readonly Page<Row>[];
}

/**
 * A persistent table of rows by key. A write copies one page and the list of pages, not the rows. A plain object
 * copied per step costs seconds for 1,000 activations (`style.md` §3); a page as a Map was 3 times slower to copy.
 */
export class Table<Row> {
  readonly size: number;
  readonly #content: Pages<Row>;

  static readonly empty: Table<never> = new Table<never>({ numbers: [], pages: [] }, 0);

  private constructor(content: Pages<Row>, size: number) {
    this.#content = content;
    this.size = size;
  }

  static of<Row>(entries: Iterable<readonly [Key, Row]>): Table<Row> {
    const draft = new TableDraft<Row>(Table.empty);
    for (const [key, row] of entries) draft.set(key, row);
    return draft.finish();
  }

  get(key: Key): Row | undefined {
    return find(this.#content, key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  /** Rows in key order. */
  *entries(): Generator<[Key, Row]> {
    yield* entriesOf(this.#content);
  }

  *values(): Generator<Row> {
    for (const [, row] of entriesOf(this.#content)) yield row;
  }

  *keys(): Generator<Key> {
    for (const [key] of entriesOf(this.#content)) yield key;
  }

  /** For `TableDraft` only. */
  static contentOf<Row>(table: Table<Row>): Pages<Row> {
    return table.#content;
  }

  /** For `TableDraft` only. */
  static from<Row>(content: Pages<Row>, size: number): Table<Row> {
    return size === 0 ? Table.empty : new Table(content, size);
  }
}

const NO_CHANGES = new Map<Key, never>();

/** A table being written by one command. Reads see the writes; `finish` gives the new table, the old one is untouched. */
export class TableDraft<Row> {
  readonly #base: Table<Row>;
  #numbers: number[] | null = null;
  #pages: (Row | undefined)[][] = [];
  #owned: boolean[] = [];
  #size: number;
  #changes: Map<Key, Row | null> | null = null;

  constructor(base: Table<Row>) {
    this.#base = base;
    this.#size = base.size;
  }

  get size(): number {
    return this.#size;
  }

  /** Rows written since the draft began; null for a deleted one. */
  get changes(): ReadonlyMap<Key, Row | null> {
    return this.#changes ?? NO_CHANGES;
  }

  get(key: Key): Row | undefined {
    return find(this.#content(), key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  set(key: Key, row: Row): void {
    const number = Math.floor(key / PAGE_SIZE);
    const page = this.#writable(number);
    const slot = key - number * PAGE_SIZE;
    if (page[slot] === undefined) this.#size += 1;
    page[slot] = row;
    (this.#changes ??= new Map()).set(key, row);
  }

  delete(key: Key): void {
    if (!this.has(key)) return;
    const number = Math.floor(key / PAGE_SIZE);
    const page = this.#writable(number);
    page[key - number * PAGE_SIZE] = undefined;
    this.#size -= 1;
    (this.#changes ??= new Map()).set(key, null);
    if (page.every((row) => row === undefined)) this.#dropPage(number);
  }

  *values(): Generator<Row> {
    for (const [, row] of entriesOf(this.#content())) yield row;
  }

  *keys(): Generator<Key> {
    for (const [key] of entriesOf(this.#content())) yield key;
  }

  finish(): Table<Row> {
    if (this.#numbers === null) return this.#base;
    return Table.from({ numbers: this.#numbers, pages: this.#pages }, this.#size);
  }

  #content(): Pages<Row> {
    return this.#numbers === null ? Table.contentOf(this.#base) : { numbers: this.#numbers, pages: this.#pages };
  }

  #writable(number: number): (Row | undefined)[] {
    if (this.#numbers === null) {
      const { numbers, pages } = Table.contentOf(this.#base);
      this.#numbers = numbers.slice();
      this.#pages = pages.slice() as (Row | undefined)[][];
      this.#owned = new Array<boolean>(numbers.length).fill(false);
    }
    const at = positionOf(this.#numbers, number);
    if (this.#numbers[at] !== number) {
      const page: (Row | undefined)[] = [];
      this.#numbers.splice(at, 0, number);
      this.#pages.splice(at, 0, page);
      this.#owned.splice(at, 0, true);
      return page;
    }
    const existing = this.#pages[at] as (Row | undefined)[];
    if (this.#owned[at] === true) return existing;
    const page = existing.slice();
    this.#pages[at] = page;
    this.#owned[at] = true;
    return page;
  }

  #dropPage(number: number): void {
    if (this.#numbers === null) return;
    const at = positionOf(this.#numbers, number);
    this.#numbers.splice(at, 1);
    this.#pages.splice(at, 1);
    this.#owned.splice(at, 1);
  }
}

function find<Row>({ numbers, pages }: Pages<Row>, key: Key): Row | undefined {
  const number = Math.floor(key / PAGE_SIZE);
  const at = positionOf(numbers, number);
  return numbers[at] === number ? pages[at]?.[key - number * PAGE_SIZE] : undefined;
}

/** Where a page number stands or would stand; new keys are the highest, so the end is tried first. */
function positionOf(numbers: readonly number[], number: number): number {
  const last = numbers.length - 1;
  if (last < 0 || (numbers[last] as number) < number) return last + 1;
  if (numbers[last] === number) return last;
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* entriesOf<Row>({ numbers, pages }: Pages<Row>): Generator<[Key, Row]> {
  for (let at = 0; at < numbers.length; at += 1) {
    const page = pages[at] ?? [];
    const first = (numbers[at] as number) * PAGE_SIZE;
    for (let slot = 0; slot < page.length; slot += 1) {
      const row = page[slot];
      if (row !== undefined) yield [first + slot, row];
    }
  }
}

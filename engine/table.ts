import type { Key } from './key.ts';

/** Keys come in rising order, so neighbours share a page; 64 keeps a copied page small and the page map short. */
const PAGE_SIZE = 64;

type Page<Row> = ReadonlyMap<Key, Row>;

/**
 * A persistent table of rows by key. A write copies one page and the page map, not the rows: in a table of 10,000
 * rows that is about 64 + 160 entries. A plain object copied per step costs 10,000 (`style.md` §3 measured seconds).
 */
export class Table<Row> {
  readonly size: number;
  readonly #pages: ReadonlyMap<number, Page<Row>>;

  static readonly empty: Table<never> = new Table<never>(new Map(), 0);

  private constructor(pages: ReadonlyMap<number, Page<Row>>, size: number) {
    this.#pages = pages;
    this.size = size;
  }

  static of<Row>(entries: Iterable<readonly [Key, Row]>): Table<Row> {
    const draft = new TableDraft<Row>(Table.empty);
    for (const [key, row] of entries) draft.set(key, row);
    return draft.finish();
  }

  get(key: Key): Row | undefined {
    return this.#pages.get(Math.floor(key / PAGE_SIZE))?.get(key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): Generator<[Key, Row]> {
    for (const page of this.#pages.values()) yield* page;
  }

  *values(): Generator<Row> {
    for (const page of this.#pages.values()) yield* page.values();
  }

  *keys(): Generator<Key> {
    for (const page of this.#pages.values()) yield* page.keys();
  }

  /** For `TableDraft` only. */
  static pagesOf<Row>(table: Table<Row>): ReadonlyMap<number, Page<Row>> {
    return table.#pages;
  }

  /** For `TableDraft` only. */
  static fromPages<Row>(pages: ReadonlyMap<number, Page<Row>>, size: number): Table<Row> {
    return size === 0 ? (Table.empty as unknown as Table<Row>) : new Table(pages, size);
  }
}

/** A table being written by one command. Reads see the writes; `finish` gives the new table, the old one is untouched. */
export class TableDraft<Row> {
  #base: Table<Row>;
  #pages: Map<number, Page<Row>> | null = null;
  #owned: Set<number> | null = null;
  #size: number;
  /** Rows written since the draft began; null for a deleted one. */
  readonly changes = new Map<Key, Row | null>();

  constructor(base: Table<Row>) {
    this.#base = base;
    this.#size = base.size;
  }

  get size(): number {
    return this.#size;
  }

  get(key: Key): Row | undefined {
    return this.#view()
      .get(Math.floor(key / PAGE_SIZE))
      ?.get(key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  set(key: Key, row: Row): void {
    const page = this.#page(key);
    if (!page.has(key)) this.#size += 1;
    page.set(key, row);
    this.changes.set(key, row);
  }

  delete(key: Key): void {
    if (this.get(key) === undefined) return;
    const page = this.#page(key);
    page.delete(key);
    this.changes.set(key, null);
    this.#size -= 1;
    if (page.size === 0) {
      const number = Math.floor(key / PAGE_SIZE);
      this.#pages?.delete(number);
      this.#owned?.delete(number);
    }
  }

  *values(): Generator<Row> {
    for (const page of this.#view().values()) yield* page.values();
  }

  *keys(): Generator<Key> {
    for (const page of this.#view().values()) yield* page.keys();
  }

  finish(): Table<Row> {
    return this.#pages === null ? this.#base : Table.fromPages(this.#pages, this.#size);
  }

  #view(): ReadonlyMap<number, Page<Row>> {
    return this.#pages ?? Table.pagesOf(this.#base);
  }

  #page(key: Key): Map<Key, Row> {
    this.#pages ??= new Map(Table.pagesOf(this.#base));
    this.#owned ??= new Set();
    const number = Math.floor(key / PAGE_SIZE);
    const existing = this.#pages.get(number);
    if (existing !== undefined && this.#owned.has(number)) return existing as Map<Key, Row>;
    const page = new Map(existing);
    this.#pages.set(number, page);
    this.#owned.add(number);
    return page;
  }
}

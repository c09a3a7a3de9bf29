import type { Key } from './key.ts';
import { Table, TableDraft } from './table.ts';

/**
 * An index of the rows in each scope while one command runs. Kept beside a table and never stored, so that asking what
 * a scope holds costs the scope and not the instance.
 */
export class ScopeIndexDraft<Entry> {
  /** A scope touched by this command stands here as a draft; `finish` puts its table back. */
  readonly #scopes: TableDraft<Table<Entry> | TableDraft<Entry>>;
  readonly #touched: Key[] = [];

  constructor(before: Table<Table<Entry>>) {
    this.#scopes = new TableDraft<Table<Entry> | TableDraft<Entry>>(before);
  }

  of(scopeKey: Key): Table<Entry> | TableDraft<Entry> {
    return this.#scopes.get(scopeKey) ?? Table.empty;
  }

  add(scopeKey: Key, position: number, entry: Entry): void {
    this.#writable(scopeKey).set(position, entry);
  }

  remove(scopeKey: Key, position: number): void {
    this.#writable(scopeKey).delete(position);
  }

  /** The scope has ended. */
  drop(scopeKey: Key): void {
    this.#scopes.delete(scopeKey);
  }

  finish(): Table<Table<Entry>> {
    for (const scopeKey of this.#touched) {
      const draft = this.#scopes.get(scopeKey);
      if (!(draft instanceof TableDraft)) continue;
      if (draft.size === 0) this.#scopes.delete(scopeKey);
      else this.#scopes.set(scopeKey, draft.finish());
    }
    return this.#scopes.finish() as Table<Table<Entry>>;
  }

  #writable(scopeKey: Key): TableDraft<Entry> {
    const before = this.#scopes.get(scopeKey);
    if (before instanceof TableDraft) return before;
    const draft = new TableDraft<Entry>(before ?? Table.empty);
    this.#scopes.set(scopeKey, draft);
    this.#touched.push(scopeKey);
    return draft;
  }
}

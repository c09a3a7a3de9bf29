import type { ElementInstance, LiveElement, Variable, Wait } from './instance.ts';
import { inserted } from './array-copies.ts';
import { KeySet } from './key-set.ts';
import type { Key } from './key.ts';
import { TableDraft, type Table } from './table.ts';

const NO_WAITS: readonly Wait[] = [];

/** An element instance while one command runs, with what hangs on it. */
class Touched {
  row: ElementInstance;
  /** As it stood before the command; null for one that has begun since. */
  readonly before: LiveElement | null;
  changed: boolean;
  ended = false;
  /** Null until somebody asks. */
  children: LiveChildren | null = null;
  waits: readonly Wait[];
  variables: ReadonlyMap<string, Variable> | null;
  /** Copied when this command first writes: a copy per write would cost the square of what the command brings. */
  ownVariables: Map<string, Variable> | null = null;

  constructor(row: ElementInstance, before: LiveElement | null) {
    this.row = row;
    this.before = before;
    this.changed = before === null;
    this.waits = before?.waits ?? NO_WAITS;
    this.variables = before?.variables ?? null;
  }
}

/** The live element instances directly inside a scope. */
class LiveChildren {
  size: number;
  readonly #before: KeySet;
  #added: Key[] | null = null;
  #removed: Key[] | null = null;

  constructor(before: KeySet) {
    this.#before = before;
    this.size = before.size;
  }

  add(key: Key): void {
    if (this.#added === null) this.#added = [key];
    else this.#added.push(key);
    this.size += 1;
  }

  remove(key: Key): void {
    const added = this.#added;
    // In a sequence the last to begin is the first to end.
    if (added !== null && added[added.length - 1] === key) added.pop();
    else if (this.#removed === null) this.#removed = [key];
    else this.#removed.push(key);
    this.size -= 1;
  }

  keys(): Iterable<Key> {
    return this.finish().keys();
  }

  /** The set as it is now. */
  finish(): KeySet {
    return this.#added === null && this.#removed === null
      ? this.#before
      : this.#before.changed(this.#added ?? NO_KEYS, this.#removed ?? NO_KEYS);
  }
}

const NO_KEYS: readonly Key[] = [];
const NO_CHILDREN = new LiveChildren(KeySet.empty);

/** As many are looked through faster than a map of them is made. */
const FEW = 8;

/** How far the keys of two elements that one command begins may lie apart: other rows take keys too. */
const GAP = 64;

/**
 * The element instances that one command touches, with the indexes that hang on them. The persistent tables are read
 * once per element and written once, at the end: most of what a command begins it also ends, and never reaches them.
 * Going to a table for each read and write, W4 took 650 µs of CPU; with this 390–440 µs.
 */
export class LiveElements {
  readonly #before: Table<LiveElement>;
  readonly #firstKey: Key;
  /**
   * Elements that this command has begun, by their distance from its first key; null has ended. What has ended is let go
   * at once: the collector carries along whatever lives to the end of a long command.
   */
  readonly #fresh: (Touched | null | undefined)[] = [];
  /** The others that it has come upon. */
  readonly #others: Touched[] = [];
  /** The same by key, when they are too many to look through. */
  #othersByKey: Map<Key, Touched> | null = null;

  /** `firstKey`: the first key that the command takes; without it every element is looked for by its key. */
  constructor(before: Table<LiveElement>, firstKey: Key = Infinity) {
    this.#before = before;
    this.#firstKey = firstKey;
  }

  get(key: Key): ElementInstance | undefined {
    return this.#find(key)?.row;
  }

  has(key: Key): boolean {
    return this.#find(key) !== undefined;
  }

  childrenOf(key: Key): LiveChildren {
    const live = this.#find(key);
    return live === undefined ? NO_CHILDREN : childrenOf(live);
  }

  waitsOf(key: Key): readonly Wait[] | undefined {
    return this.#find(key)?.waits;
  }

  variablesOf(key: Key): ReadonlyMap<string, Variable> | undefined {
    return this.#find(key)?.variables ?? undefined;
  }

  add(row: ElementInstance): void {
    const live = new Touched(row, null);
    const distance = row.key - this.#firstKey;
    if (distance >= 0 && distance < this.#fresh.length + GAP) this.#fresh[distance] = live;
    else this.#keep(live);
    if (row.scopeKey === null) return;
    const scope = this.#expect(row.scopeKey);
    scope.changed = true;
    childrenOf(scope).add(row.key);
  }

  change(row: ElementInstance): void {
    const live = this.#expect(row.key);
    live.row = row;
    live.changed = true;
  }

  /** What has ended; undefined where nothing lived. */
  end(key: Key): ElementInstance | undefined {
    const live = this.#find(key);
    if (live === undefined) return undefined;
    live.ended = true;
    const distance = key - this.#firstKey;
    if (distance >= 0 && distance < this.#fresh.length && this.#fresh[distance] === live) this.#fresh[distance] = null;
    const { scopeKey } = live.row;
    const scope = scopeKey === null ? undefined : this.#find(scopeKey);
    if (scope !== undefined) {
      scope.changed = true;
      childrenOf(scope).remove(key);
    }
    return live.row;
  }

  addWait(key: Key, wait: Wait): void {
    const live = this.#expect(key);
    live.waits = inserted(live.waits, live.waits.length, wait);
    live.changed = true;
  }

  removeWait(key: Key, waitKey: Key): void {
    const live = this.#find(key);
    if (live === undefined) return;
    const { waits } = live;
    // The first to come is mostly the first to go.
    if (waits[0]?.key !== waitKey) live.waits = waits.filter((wait) => wait.key !== waitKey);
    else live.waits = waits.length === 1 ? NO_WAITS : waits.slice(1);
    live.changed = true;
  }

  setVariable(variable: Variable): void {
    const live = this.#expect(variable.scopeKey);
    live.ownVariables ??= new Map(live.variables);
    live.variables = live.ownVariables;
    live.ownVariables.set(variable.name, variable);
    live.changed = true;
  }

  finish(): Table<LiveElement> {
    const draft = new TableDraft(this.#before);
    for (const one of this.#others) write(draft, one);
    for (const one of this.#fresh) if (one !== undefined && one !== null) write(draft, one);
    return draft.finish();
  }

  #find(key: Key): Touched | undefined {
    const live = this.#lookUp(key);
    return live === undefined || live.ended ? undefined : live;
  }

  #lookUp(key: Key): Touched | undefined {
    const distance = key - this.#firstKey;
    if (distance >= 0 && distance < this.#fresh.length) {
      const fresh = this.#fresh[distance];
      if (fresh !== undefined) return fresh ?? undefined;
    }
    const other = this.#other(key);
    if (other !== undefined) return other;
    const before = this.#before.get(key);
    if (before === undefined) return undefined;
    const live = new Touched(before.row, before);
    this.#keep(live);
    return live;
  }

  #other(key: Key): Touched | undefined {
    if (this.#othersByKey !== null) return this.#othersByKey.get(key);
    for (const one of this.#others) if (one.row.key === key) return one;
    return undefined;
  }

  #keep(live: Touched): void {
    const { key } = live.row;
    // A called process that undoes itself lives again under its key.
    const place = this.#other(key) === undefined ? -1 : this.#others.findIndex((one) => one.row.key === key);
    if (place === -1) this.#others.push(live);
    else this.#others[place] = live;
    if (this.#othersByKey !== null) this.#othersByKey.set(key, live);
    else if (this.#others.length > FEW) this.#othersByKey = new Map(this.#others.map((one) => [one.row.key, one]));
  }

  #expect(key: Key): Touched {
    const live = this.#find(key);
    if (live === undefined) throw new Error(`Expected element instance ${key} to live`);
    return live;
  }
}

function childrenOf(live: Touched): LiveChildren {
  return (live.children ??= new LiveChildren(live.before?.children ?? KeySet.empty));
}

function write(draft: TableDraft<LiveElement>, touched: Touched): void {
  const { row, before } = touched;
  if (touched.ended) {
    if (before !== null) draft.delete(row.key);
    return;
  }
  if (!touched.changed) return;
  draft.set(row.key, {
    row,
    children: touched.children?.finish() ?? before?.children ?? KeySet.empty,
    waits: touched.waits,
    variables: touched.variables,
  });
}

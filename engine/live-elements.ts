import type { ElementInstance, Instance, Variable, Wait } from './instance.ts';
import type { Key } from './key.ts';
import { Table, TableDraft } from './table.ts';

/** Nobody stores it, so nobody asks what has changed in it. */
const INDEX = { recordsChanges: false };

const NO_WAITS: readonly Wait[] = [];

/** An element instance while one command runs, with what hangs on it; undefined is not read yet. */
class LiveElement {
  row: ElementInstance;
  readonly isNew: boolean;
  changed: boolean;
  ended = false;
  children: LiveChildren | undefined;
  waits: readonly Wait[] | undefined;
  waitsChanged = false;
  variables: ReadonlyMap<string, Variable> | null | undefined;
  /** Copied when this command first writes: a copy per write would cost the square of what the command brings. */
  ownVariables: Map<string, Variable> | null = null;

  constructor(row: ElementInstance, isNew: boolean) {
    this.row = row;
    this.isNew = isNew;
    this.changed = isNew;
    if (!isNew) return;
    this.waits = NO_WAITS;
    this.variables = null;
  }
}

/** The live element instances directly inside a scope. */
class LiveChildren {
  size: number;
  readonly #before: Table<true>;
  #added: Key[] | null = null;
  #removed: Key[] | null = null;

  constructor(before: Table<true>) {
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

  get changed(): boolean {
    return (this.#added !== null && this.#added.length > 0) || this.#removed !== null;
  }

  keys(): Iterable<Key> {
    return this.finish().keys();
  }

  /** The table as it is now. */
  finish(): Table<true> {
    if (this.size === 0) return Table.empty;
    const draft = new TableDraft(this.#before, INDEX);
    for (const key of this.#added ?? []) draft.set(key, true);
    for (const key of this.#removed ?? []) draft.delete(key);
    return draft.finish();
  }
}

const NO_CHILDREN = new LiveChildren(Table.empty);

/** How far the keys of two elements that one command begins may lie apart: other rows take keys too. */
const GAP = 64;

/**
 * The element instances that one command touches, with the indexes that hang on them. The persistent tables are read
 * once per element and written once, at the end: most of what a command begins it also ends, and never reaches them.
 * Going to a table for each read and write, W4 took 650 µs of CPU; with this 390–440 µs.
 */
export class LiveElements {
  readonly #before: Instance;
  readonly #firstKey: Key;
  /**
   * Elements that this command has begun, by their distance from its first key; null has ended. What has ended is let go
   * at once: the collector carries along whatever lives to the end of a long command.
   */
  readonly #fresh: (LiveElement | null | undefined)[] = [];
  readonly #others = new Map<Key, LiveElement>();

  /** `firstKey`: the first key that the command takes; without it every element is looked for by its key. */
  constructor(before: Instance, firstKey: Key = Infinity) {
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
    return live === undefined ? NO_CHILDREN : this.#childrenOf(live);
  }

  waitsOf(key: Key): readonly Wait[] | undefined {
    const live = this.#find(key);
    return live === undefined ? undefined : this.#waitsOf(live);
  }

  variablesOf(key: Key): ReadonlyMap<string, Variable> | undefined {
    const live = this.#find(key);
    return live === undefined ? undefined : (this.#variablesOf(live) ?? undefined);
  }

  add(row: ElementInstance): void {
    const live = new LiveElement(row, true);
    const distance = row.key - this.#firstKey;
    if (distance >= 0 && distance < this.#fresh.length + GAP) this.#fresh[distance] = live;
    else this.#others.set(row.key, live);
    if (row.scopeKey !== null) this.#childrenOf(this.#expect(row.scopeKey)).add(row.key);
  }

  change(row: ElementInstance): void {
    const live = this.#expect(row.key);
    live.row = row;
    live.changed = true;
  }

  end(key: Key): void {
    const live = this.#expect(key);
    live.ended = true;
    const distance = key - this.#firstKey;
    if (distance >= 0 && distance < this.#fresh.length && this.#fresh[distance] === live) this.#fresh[distance] = null;
    const { scopeKey } = live.row;
    const scope = scopeKey === null ? undefined : this.#find(scopeKey);
    if (scope !== undefined) this.#childrenOf(scope).remove(key);
  }

  addWait(key: Key, wait: Wait): void {
    const live = this.#expect(key);
    live.waits = [...this.#waitsOf(live), wait];
    live.waitsChanged = true;
  }

  removeWait(key: Key, waitKey: Key): void {
    const live = this.#find(key);
    if (live === undefined) return;
    live.waits = this.#waitsOf(live).filter((wait) => wait.key !== waitKey);
    live.waitsChanged = true;
  }

  setVariable(variable: Variable): void {
    const live = this.#expect(variable.scopeKey);
    live.ownVariables ??= new Map(this.#variablesOf(live));
    live.variables = live.ownVariables;
    live.ownVariables.set(variable.name, variable);
  }

  finish(): Pick<Instance, 'elements' | 'children' | 'waits' | 'variables'> {
    const drafts = {
      elements: new TableDraft(this.#before.elements, INDEX),
      children: new TableDraft(this.#before.children, INDEX),
      waits: new TableDraft(this.#before.waits, INDEX),
      variables: new TableDraft(this.#before.variables, INDEX),
    };
    for (const live of this.#others.values()) write(drafts, live);
    for (const live of this.#fresh) if (live !== undefined && live !== null) write(drafts, live);
    return {
      elements: drafts.elements.finish(),
      children: drafts.children.finish(),
      waits: drafts.waits.finish(),
      variables: drafts.variables.finish(),
    };
  }

  /** Rows written since the command began; null for an ended one. */
  changes(): ReadonlyMap<Key, ElementInstance | null> {
    const changes = new Map<Key, ElementInstance | null>();
    for (const { row, changed, ended } of this.#others.values()) {
      if (ended) changes.set(row.key, null);
      else if (changed) changes.set(row.key, row);
    }
    this.#fresh.forEach((live, distance) => changes.set(this.#firstKey + distance, live?.row ?? null));
    return changes;
  }

  #find(key: Key): LiveElement | undefined {
    const live = this.#lookUp(key);
    return live === undefined || live.ended ? undefined : live;
  }

  #lookUp(key: Key): LiveElement | undefined {
    const distance = key - this.#firstKey;
    if (distance >= 0 && distance < this.#fresh.length) {
      const fresh = this.#fresh[distance];
      if (fresh !== undefined) return fresh ?? undefined;
    }
    const other = this.#others.get(key);
    if (other !== undefined) return other;
    const row = this.#before.elements.get(key);
    if (row === undefined) return undefined;
    const live = new LiveElement(row, false);
    this.#others.set(key, live);
    return live;
  }

  #expect(key: Key): LiveElement {
    const live = this.#find(key);
    if (live === undefined) throw new Error(`Expected element instance ${key} to live`);
    return live;
  }

  #childrenOf(live: LiveElement): LiveChildren {
    live.children ??= new LiveChildren(
      (live.isNew ? undefined : this.#before.children.get(live.row.key)) ?? Table.empty,
    );
    return live.children;
  }

  #waitsOf(live: LiveElement): readonly Wait[] {
    live.waits ??= this.#before.waits.get(live.row.key) ?? NO_WAITS;
    return live.waits;
  }

  #variablesOf(live: LiveElement): ReadonlyMap<string, Variable> | null {
    if (live.variables === undefined) live.variables = this.#before.variables.get(live.row.key) ?? null;
    return live.variables;
  }
}

interface Drafts {
  readonly elements: TableDraft<ElementInstance>;
  readonly children: TableDraft<Table<true>>;
  readonly waits: TableDraft<readonly Wait[]>;
  readonly variables: TableDraft<ReadonlyMap<string, Variable>>;
}

function erase({ elements, children, waits, variables }: Drafts, { row, isNew }: LiveElement): void {
  if (isNew) return;
  elements.delete(row.key);
  children.delete(row.key);
  waits.delete(row.key);
  variables.delete(row.key);
}

function write(drafts: Drafts, live: LiveElement): void {
  if (live.ended) {
    erase(drafts, live);
    return;
  }
  const { elements, children, waits, variables } = drafts;
  const { key } = live.row;
  if (live.changed) elements.set(key, live.row);
  if (live.children?.changed === true) put(children, key, live.children.size === 0 ? null : live.children.finish());
  if (live.waitsChanged) put(waits, key, live.waits === undefined || live.waits.length === 0 ? null : live.waits);
  if (live.ownVariables !== null) variables.set(key, live.ownVariables);
}

function put<Row>(draft: TableDraft<Row>, key: Key, row: Row | null): void {
  if (row === null) draft.delete(key);
  else draft.set(key, row);
}

import type { ElementInstance, Instance, LiveElement, Variable, Wait } from './instance.ts';
import type { KeySet } from './key-set.ts';
import type { Key } from './key.ts';
import type { RowView, Table } from './table.ts';

/** The tables of an instance. */
type InstanceParts = Omit<Instance, 'elements' | 'children' | 'waits' | 'variables'>;

/** The one body of `Instance`: what lives is one table, seen from four sides. */
export class InstanceState implements Instance {
  readonly header: Instance['header'];
  readonly live: Instance['live'];
  readonly tokens: Instance['tokens'];
  readonly loopItems: Instance['loopItems'];
  readonly loopResults: Instance['loopResults'];
  readonly resultsOf: Instance['resultsOf'];
  readonly compensations: Instance['compensations'];
  readonly records: Instance['records'];
  readonly userTasks: Instance['userTasks'];
  readonly jobs: Instance['jobs'];
  readonly timers: Instance['timers'];
  readonly subscriptions: Instance['subscriptions'];
  readonly incidents: Instance['incidents'];

  constructor(parts: InstanceParts) {
    this.header = parts.header;
    this.live = parts.live;
    this.tokens = parts.tokens;
    this.loopItems = parts.loopItems;
    this.loopResults = parts.loopResults;
    this.resultsOf = parts.resultsOf;
    this.compensations = parts.compensations;
    this.records = parts.records;
    this.userTasks = parts.userTasks;
    this.jobs = parts.jobs;
    this.timers = parts.timers;
    this.subscriptions = parts.subscriptions;
    this.incidents = parts.incidents;
  }

  get elements(): RowView<ElementInstance> {
    return new LiveView(this.live, rowOf);
  }

  get children(): RowView<KeySet> {
    return new LiveView(this.live, childrenOf);
  }

  get waits(): RowView<readonly Wait[]> {
    return new LiveView(this.live, waitsOf);
  }

  get variables(): RowView<ReadonlyMap<string, Variable>> {
    return new LiveView(this.live, variablesOf);
  }
}

const rowOf = ({ row }: LiveElement) => row;
const childrenOf = ({ children }: LiveElement) => (children.size === 0 ? undefined : children);
const waitsOf = ({ waits }: LiveElement) => (waits.length === 0 ? undefined : waits);
const variablesOf = ({ variables }: LiveElement) => variables ?? undefined;

/** One side of what lives; an element that has nothing on it is not seen from there. */
class LiveView<Part> implements RowView<Part> {
  readonly #live: Table<LiveElement>;
  readonly #part: (live: LiveElement) => Part | undefined;

  constructor(live: Table<LiveElement>, part: (live: LiveElement) => Part | undefined) {
    this.#live = live;
    this.#part = part;
  }

  get size(): number {
    return [...this.entries()].length;
  }

  get(key: Key): Part | undefined {
    const live = this.#live.get(key);
    return live === undefined ? undefined : this.#part(live);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): Generator<[Key, Part]> {
    for (const [key, live] of this.#live.entries()) {
      const part = this.#part(live);
      if (part !== undefined) yield [key, part];
    }
  }

  *values(): Generator<Part> {
    for (const [, part] of this.entries()) yield part;
  }

  *keys(): Generator<Key> {
    for (const [key] of this.entries()) yield key;
  }
}

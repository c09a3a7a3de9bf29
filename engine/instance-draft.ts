import type {
  CompensationRecord,
  ElementInstance,
  Incident,
  Instance,
  InstanceHeader,
  Job,
  LoopItems,
  LoopResult,
  Subscription,
  Timer,
  Token,
  UserTask,
  Variable,
  Wait,
  WaitKind,
} from './instance.ts';
import type { Key } from './key.ts';
import type { Changes } from './outcome.ts';
import { Table, TableDraft } from './table.ts';

/** An instance while one command runs: private to that command, written by appliers only. */
export class InstanceDraft {
  header: InstanceHeader;
  readonly elements: TableDraft<ElementInstance>;
  readonly #children: TableDraft<Table<true>>;
  /** Children of the scopes touched by this command; put back into the index at the end. */
  readonly #openChildren = new Map<Key, TableDraft<true>>();
  /** Number of the last history event applied. */
  historyLength: number;
  readonly waits: TableDraft<readonly Wait[]>;
  readonly variables: TableDraft<ReadonlyMap<string, Variable>>;
  readonly tokens: TableDraft<Token>;
  readonly loopItems: TableDraft<LoopItems>;
  readonly loopResults: TableDraft<LoopResult>;
  readonly compensations: TableDraft<CompensationRecord>;
  readonly userTasks: TableDraft<UserTask>;
  readonly jobs: TableDraft<Job>;
  readonly timers: TableDraft<Timer>;
  readonly subscriptions: TableDraft<Subscription>;
  readonly incidents: TableDraft<Incident>;
  readonly #variableChanges = new Map<Key, Variable | null>();

  constructor(before: Instance) {
    this.header = before.header;
    this.elements = new TableDraft(before.elements);
    this.#children = new TableDraft(before.children);
    this.historyLength = before.header.historyLength;
    this.waits = new TableDraft(before.waits);
    this.variables = new TableDraft(before.variables);
    this.tokens = new TableDraft(before.tokens);
    this.loopItems = new TableDraft(before.loopItems);
    this.loopResults = new TableDraft(before.loopResults);
    this.compensations = new TableDraft(before.compensations);
    this.userTasks = new TableDraft(before.userTasks);
    this.jobs = new TableDraft(before.jobs);
    this.timers = new TableDraft(before.timers);
    this.subscriptions = new TableDraft(before.subscriptions);
    this.incidents = new TableDraft(before.incidents);
  }

  /** The live element instances directly inside a scope. */
  childrenOf(scopeKey: Key): { readonly size: number; keys(): Iterable<Key> } {
    return this.#openChildren.get(scopeKey) ?? this.#children.get(scopeKey) ?? Table.empty;
  }

  addElement(element: ElementInstance): void {
    this.elements.set(element.key, element);
    if (element.scopeKey !== null) this.#writableChildren(element.scopeKey).set(element.key, true);
  }

  /** Takes an element instance out with its local variables and loop results. */
  removeElement(key: Key): void {
    const element = this.elements.get(key);
    if (element === undefined) return;
    this.elements.delete(key);
    this.#openChildren.delete(key);
    this.#children.delete(key);
    this.#removeVariables(key);
    if (element.loop !== null) {
      this.loopItems.delete(key);
      this.#removeLoopResults(key);
    }
    if (element.scopeKey !== null) this.#writableChildren(element.scopeKey).delete(key);
  }

  updateElement(key: Key, change: Partial<ElementInstance>): void {
    const element = this.elements.get(key);
    if (element !== undefined) this.elements.set(key, { ...element, ...change });
  }

  addWait(elementInstanceKey: Key, kind: WaitKind, key: Key): void {
    this.waits.set(elementInstanceKey, [...(this.waits.get(elementInstanceKey) ?? []), { kind, key }]);
  }

  removeWait(elementInstanceKey: Key, key: Key): void {
    const left = (this.waits.get(elementInstanceKey) ?? []).filter((wait) => wait.key !== key);
    if (left.length === 0) this.waits.delete(elementInstanceKey);
    else this.waits.set(elementInstanceKey, left);
  }

  setVariable(variable: Variable): void {
    const scope = new Map(this.variables.get(variable.scopeKey));
    scope.set(variable.name, variable);
    this.variables.set(variable.scopeKey, scope);
    this.#variableChanges.set(variable.variableKey, variable);
  }

  finish(): Instance {
    for (const [scopeKey, children] of this.#openChildren) {
      if (children.size === 0) this.#children.delete(scopeKey);
      else this.#children.set(scopeKey, children.finish());
    }
    return {
      header: { ...this.header, historyLength: this.historyLength },
      elements: this.elements.finish(),
      children: this.#children.finish(),
      waits: this.waits.finish(),
      variables: this.variables.finish(),
      tokens: this.tokens.finish(),
      loopItems: this.loopItems.finish(),
      loopResults: this.loopResults.finish(),
      compensations: this.compensations.finish(),
      userTasks: this.userTasks.finish(),
      jobs: this.jobs.finish(),
      timers: this.timers.finish(),
      subscriptions: this.subscriptions.finish(),
      incidents: this.incidents.finish(),
    };
  }

  changes(): Changes {
    return {
      elements: this.elements.changes,
      variables: this.#variableChanges,
      tokens: this.tokens.changes,
      loopItems: this.loopItems.changes,
      loopResults: this.loopResults.changes,
      compensations: this.compensations.changes,
      userTasks: this.userTasks.changes,
      jobs: this.jobs.changes,
      timers: this.timers.changes,
      subscriptions: this.subscriptions.changes,
      incidents: this.incidents.changes,
    };
  }

  #writableChildren(scopeKey: Key): TableDraft<true> {
    const open = this.#openChildren.get(scopeKey);
    if (open !== undefined) return open;
    const draft = new TableDraft<true>(this.#children.get(scopeKey) ?? Table.empty);
    this.#openChildren.set(scopeKey, draft);
    return draft;
  }

  #removeVariables(scopeKey: Key): void {
    const scope = this.variables.get(scopeKey);
    if (scope === undefined) return;
    for (const variable of scope.values()) this.#variableChanges.set(variable.variableKey, null);
    this.variables.delete(scopeKey);
  }

  #removeLoopResults(bodyKey: Key): void {
    const own = [...this.loopResults.values()].filter((result) => result.bodyKey === bodyKey);
    for (const result of own) this.loopResults.delete(result.key);
  }
}

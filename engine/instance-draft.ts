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
import { ScopeIndexDraft } from './scope-index.ts';
import { TableDraft } from './table.ts';

/** Nobody stores it, so nobody asks what has changed in it. */
const INDEX = { recordsChanges: false };

/** An instance while one command runs: private to that command, written by appliers only. */
export class InstanceDraft {
  header: InstanceHeader;
  readonly elements: TableDraft<ElementInstance>;
  readonly #children: ScopeIndexDraft<true>;
  /** Number of the last history event applied. */
  historyLength: number;
  readonly waits: TableDraft<readonly Wait[]>;
  readonly variables: TableDraft<ReadonlyMap<string, Variable>>;
  readonly tokens: TableDraft<Token>;
  readonly loopItems: TableDraft<LoopItems>;
  readonly loopResults: TableDraft<LoopResult>;
  readonly #resultsOf: ScopeIndexDraft<true>;
  readonly compensations: TableDraft<CompensationRecord>;
  readonly userTasks: TableDraft<UserTask>;
  readonly jobs: TableDraft<Job>;
  readonly timers: TableDraft<Timer>;
  readonly subscriptions: TableDraft<Subscription>;
  readonly incidents: TableDraft<Incident>;
  /** The scopes whose variables this command has written. */
  readonly #ownVariables = new Map<Key, Map<string, Variable>>();
  readonly #variableChanges = new Map<Key, Variable | null>();

  constructor(before: Instance) {
    this.header = before.header;
    this.elements = new TableDraft(before.elements);
    this.#children = new ScopeIndexDraft(before.children);
    this.historyLength = before.header.historyLength;
    this.waits = new TableDraft(before.waits, INDEX);
    this.variables = new TableDraft(before.variables, INDEX);
    this.tokens = new TableDraft(before.tokens);
    this.loopItems = new TableDraft(before.loopItems);
    this.loopResults = new TableDraft(before.loopResults);
    this.#resultsOf = new ScopeIndexDraft(before.resultsOf);
    this.compensations = new TableDraft(before.compensations);
    this.userTasks = new TableDraft(before.userTasks);
    this.jobs = new TableDraft(before.jobs);
    this.timers = new TableDraft(before.timers);
    this.subscriptions = new TableDraft(before.subscriptions);
    this.incidents = new TableDraft(before.incidents);
  }

  /** The live element instances directly inside a scope. */
  childrenOf(scopeKey: Key): { readonly size: number; keys(): Iterable<Key> } {
    return this.#children.of(scopeKey);
  }

  addElement(element: ElementInstance): void {
    this.elements.set(element.key, element);
    if (element.scopeKey !== null) this.#children.add(element.scopeKey, element.key, true);
  }

  /** Takes an element instance out with its local variables and loop results. */
  removeElement(key: Key): void {
    const element = this.elements.get(key);
    if (element === undefined) return;
    this.elements.delete(key);
    this.#children.drop(key);
    this.#removeVariables(key);
    if (element.loop !== null) {
      this.loopItems.delete(key);
      this.#removeLoopResults(key);
    }
    if (element.scopeKey !== null) this.#children.remove(element.scopeKey, key);
  }

  addLoopResult(result: LoopResult): void {
    this.loopResults.set(result.key, result);
    this.#resultsOf.add(result.bodyKey, result.key, true);
  }

  /** What the finished iterations of a loop body have given. */
  *resultsOf(bodyKey: Key): Generator<LoopResult> {
    for (const key of this.#resultsOf.of(bodyKey).keys()) {
      const result = this.loopResults.get(key);
      if (result !== undefined) yield result;
    }
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
    this.#writableVariables(variable.scopeKey).set(variable.name, variable);
    this.#variableChanges.set(variable.variableKey, variable);
  }

  finish(): Instance {
    return {
      header: { ...this.header, historyLength: this.historyLength },
      elements: this.elements.finish(),
      children: this.#children.finish(),
      waits: this.waits.finish(),
      variables: this.variables.finish(),
      tokens: this.tokens.finish(),
      loopItems: this.loopItems.finish(),
      loopResults: this.loopResults.finish(),
      resultsOf: this.#resultsOf.finish(),
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

  /** Copied once per command: a copy per write would cost the square of what a command brings. */
  #writableVariables(scopeKey: Key): Map<string, Variable> {
    const own = this.#ownVariables.get(scopeKey);
    if (own !== undefined) return own;
    const copy = new Map(this.variables.get(scopeKey));
    this.#ownVariables.set(scopeKey, copy);
    this.variables.set(scopeKey, copy);
    return copy;
  }

  #removeVariables(scopeKey: Key): void {
    const scope = this.variables.get(scopeKey);
    if (scope === undefined) return;
    for (const variable of scope.values()) this.#variableChanges.set(variable.variableKey, null);
    this.variables.delete(scopeKey);
    this.#ownVariables.delete(scopeKey);
  }

  #removeLoopResults(bodyKey: Key): void {
    for (const key of this.#resultsOf.of(bodyKey).keys()) this.loopResults.delete(key);
    this.#resultsOf.drop(bodyKey);
  }
}

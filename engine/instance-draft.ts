import type {
  ElementInstance,
  Incident,
  Instance,
  InstanceHeader,
  Job,
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
  readonly children: TableDraft<Table<true>>;
  readonly waits: TableDraft<readonly Wait[]>;
  readonly variables: TableDraft<ReadonlyMap<string, Variable>>;
  readonly tokens: TableDraft<Token>;
  readonly loopResults: TableDraft<LoopResult>;
  readonly userTasks: TableDraft<UserTask>;
  readonly jobs: TableDraft<Job>;
  readonly timers: TableDraft<Timer>;
  readonly subscriptions: TableDraft<Subscription>;
  readonly incidents: TableDraft<Incident>;
  readonly #variableChanges = new Map<Key, Variable | null>();

  constructor(before: Instance) {
    this.header = before.header;
    this.elements = new TableDraft(before.elements);
    this.children = new TableDraft(before.children);
    this.waits = new TableDraft(before.waits);
    this.variables = new TableDraft(before.variables);
    this.tokens = new TableDraft(before.tokens);
    this.loopResults = new TableDraft(before.loopResults);
    this.userTasks = new TableDraft(before.userTasks);
    this.jobs = new TableDraft(before.jobs);
    this.timers = new TableDraft(before.timers);
    this.subscriptions = new TableDraft(before.subscriptions);
    this.incidents = new TableDraft(before.incidents);
  }

  addElement(element: ElementInstance): void {
    this.elements.set(element.key, element);
    if (element.scopeKey === null) return;
    const siblings = new TableDraft<true>(this.children.get(element.scopeKey) ?? Table.empty);
    siblings.set(element.key, true);
    this.children.set(element.scopeKey, siblings.finish());
    this.countLive(element.scopeKey, 1);
  }

  /** Takes an element instance out with its local variables and loop results. */
  removeElement(key: Key): void {
    const element = this.elements.get(key);
    if (element === undefined) return;
    this.elements.delete(key);
    this.children.delete(key);
    this.#removeVariables(key);
    if (element.loop !== null) this.#removeLoopResults(key);
    if (element.scopeKey === null) return;
    const siblings = new TableDraft<true>(this.children.get(element.scopeKey) ?? Table.empty);
    siblings.delete(key);
    if (siblings.size === 0) this.children.delete(element.scopeKey);
    else this.children.set(element.scopeKey, siblings.finish());
    this.countLive(element.scopeKey, -1);
  }

  updateElement(key: Key, change: Partial<ElementInstance>): void {
    const element = this.elements.get(key);
    if (element !== undefined) this.elements.set(key, { ...element, ...change });
  }

  countLive(scopeKey: Key, by: 1 | -1): void {
    const scope = this.elements.get(scopeKey);
    if (scope !== undefined) this.elements.set(scopeKey, { ...scope, liveCount: scope.liveCount + by });
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
    return {
      header: this.header,
      elements: this.elements.finish(),
      children: this.children.finish(),
      waits: this.waits.finish(),
      variables: this.variables.finish(),
      tokens: this.tokens.finish(),
      loopResults: this.loopResults.finish(),
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
      loopResults: this.loopResults.changes,
      userTasks: this.userTasks.changes,
      jobs: this.jobs.changes,
      timers: this.timers.changes,
      subscriptions: this.subscriptions.changes,
      incidents: this.incidents.changes,
    };
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

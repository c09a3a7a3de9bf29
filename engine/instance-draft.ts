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
import { InstanceState } from './instance-state.ts';
import type { Key } from './key.ts';
import { LiveElements } from './live-elements.ts';
import { ScopeIndexDraft } from './scope-index.ts';
import { Table, TableDraft } from './table.ts';

/** What can change while an element instance lives. */
type ElementChange = Partial<Pick<ElementInstance, 'elementId' | 'state' | 'loop' | 'calledInstanceKey' | 'memory'>>;

/** An instance while one command runs: private to that command, written by appliers only. */
export class InstanceDraft {
  readonly #before: Instance;
  header: InstanceHeader;
  readonly elements: LiveElements;
  /** What hangs on a live element instance; the tokens that wait in it, when it is a scope. */
  readonly waits: WaitsView;
  /** The variables of a live element instance. */
  readonly variables: VariablesView;
  /** Number of the last history event applied. */
  historyLength: number;
  #tokens: TableDraft<Token> | null = null;
  #loopItems: TableDraft<LoopItems> | null = null;
  #loopResults: TableDraft<LoopResult> | null = null;
  #resultsOf: ScopeIndexDraft<true> | null = null;
  #compensations: TableDraft<CompensationRecord> | null = null;
  #recordIndex: ScopeIndexDraft<Key> | null = null;
  #userTasks: TableDraft<UserTask> | null = null;
  #jobs: TableDraft<Job> | null = null;
  #timers: TableDraft<Timer> | null = null;
  #subscriptions: TableDraft<Subscription> | null = null;
  #incidents: TableDraft<Incident> | null = null;

  /** `firstKey`: the first key that the command takes, so that what it begins is found fast. */
  constructor(before: Instance, firstKey?: Key) {
    this.#before = before;
    this.header = before.header;
    this.elements = new LiveElements(before.live, firstKey);
    this.waits = new WaitsView(this.elements);
    this.variables = new VariablesView(this.elements);
    this.historyLength = before.header.historyLength;
  }

  // Made when asked for: a command touches two or three of them.
  get tokens(): TableDraft<Token> {
    return (this.#tokens ??= new TableDraft(this.#before.tokens));
  }

  get loopItems(): TableDraft<LoopItems> {
    return (this.#loopItems ??= new TableDraft(this.#before.loopItems));
  }

  get loopResults(): TableDraft<LoopResult> {
    return (this.#loopResults ??= new TableDraft(this.#before.loopResults));
  }

  get compensations(): TableDraft<CompensationRecord> {
    return (this.#compensations ??= new TableDraft(this.#before.compensations));
  }

  get userTasks(): TableDraft<UserTask> {
    return (this.#userTasks ??= new TableDraft(this.#before.userTasks));
  }

  get jobs(): TableDraft<Job> {
    return (this.#jobs ??= new TableDraft(this.#before.jobs));
  }

  get timers(): TableDraft<Timer> {
    return (this.#timers ??= new TableDraft(this.#before.timers));
  }

  get subscriptions(): TableDraft<Subscription> {
    return (this.#subscriptions ??= new TableDraft(this.#before.subscriptions));
  }

  get incidents(): TableDraft<Incident> {
    return (this.#incidents ??= new TableDraft(this.#before.incidents));
  }

  get #results(): ScopeIndexDraft<true> {
    return (this.#resultsOf ??= new ScopeIndexDraft(this.#before.resultsOf));
  }

  get #records(): ScopeIndexDraft<Key> {
    return (this.#recordIndex ??= new ScopeIndexDraft(this.#before.records));
  }

  /** The live element instances directly inside a scope. */
  childrenOf(scopeKey: Key): { readonly size: number; keys(): Iterable<Key> } {
    return this.elements.childrenOf(scopeKey);
  }

  addElement(element: ElementInstance): void {
    this.elements.add(element);
  }

  /** Takes an element instance out with its local variables and loop results. */
  removeElement(key: Key): void {
    const element = this.elements.end(key);
    if (element === undefined || element.loop === null) return;
    this.loopItems.delete(key);
    this.#removeLoopResults(key);
  }

  addLoopResult(result: LoopResult): void {
    this.loopResults.set(result.key, result);
    this.#results.add(result.bodyKey, result.key, true);
  }

  /** What the finished iterations of a loop body have given. */
  *resultsOf(bodyKey: Key): Generator<LoopResult> {
    for (const key of this.#results.of(bodyKey).keys()) {
      const result = this.loopResults.get(key);
      if (result !== undefined) yield result;
    }
  }

  updateElement(key: Key, change: ElementChange): void {
    const element = this.elements.get(key);
    if (element !== undefined) this.elements.change(elementWith(element, change));
  }

  addWait(elementInstanceKey: Key, kind: WaitKind, key: Key): void {
    this.elements.addWait(elementInstanceKey, { kind, key });
  }

  removeWait(elementInstanceKey: Key, key: Key): void {
    this.elements.removeWait(elementInstanceKey, key);
  }

  /** Keys of what has completed in a scope and can be undone, in the order of completion. */
  recordsIn(scopeKey: Key): { readonly size: number; valuesBelow(key: Key): Iterable<Key> } {
    return this.#recordIndex?.of(scopeKey) ?? this.#before.records.get(scopeKey) ?? Table.empty;
  }

  addRecord(record: CompensationRecord): void {
    this.compensations.set(record.key, record);
    this.#records.add(record.scopeKey, record.key, record.key);
  }

  removeRecord(key: Key): void {
    const record = this.compensations.get(key);
    if (record === undefined) return;
    this.compensations.delete(key);
    this.#records.remove(record.scopeKey, key);
  }

  setVariable(variable: Variable): void {
    this.elements.setVariable(variable);
  }

  finish(): Instance {
    const before = this.#before;
    return new InstanceState({
      header: headerAt(this.header, this.historyLength),
      live: this.elements.finish(),
      tokens: this.#tokens?.finish() ?? before.tokens,
      loopItems: this.#loopItems?.finish() ?? before.loopItems,
      loopResults: this.#loopResults?.finish() ?? before.loopResults,
      resultsOf: this.#resultsOf?.finish() ?? before.resultsOf,
      compensations: this.#compensations?.finish() ?? before.compensations,
      records: this.#recordIndex?.finish() ?? before.records,
      userTasks: this.#userTasks?.finish() ?? before.userTasks,
      jobs: this.#jobs?.finish() ?? before.jobs,
      timers: this.#timers?.finish() ?? before.timers,
      subscriptions: this.#subscriptions?.finish() ?? before.subscriptions,
      incidents: this.#incidents?.finish() ?? before.incidents,
    });
  }

  #removeLoopResults(bodyKey: Key): void {
    for (const key of this.#results.of(bodyKey).keys()) this.loopResults.delete(key);
    this.#results.drop(bodyKey);
  }
}

/** Field by field: 12 ns where a spread takes 23 ns at best, and 230 ns of a copy of a copy (Node 20). */
function headerAt(header: InstanceHeader, historyLength: number): InstanceHeader {
  return {
    processInstanceKey: header.processInstanceKey,
    processDefinitionKey: header.processDefinitionKey,
    deploymentKey: header.deploymentKey,
    processId: header.processId,
    definitionVersion: header.definitionVersion,
    versionTag: header.versionTag,
    rootProcessInstanceKey: header.rootProcessInstanceKey,
    parent: header.parent,
    conversationKey: header.conversationKey,
    businessId: header.businessId,
    tags: header.tags,
    state: header.state,
    startedAt: header.startedAt,
    endedAt: header.endedAt,
    suspendedAt: header.suspendedAt,
    historyLength,
  } satisfies { readonly [Field in keyof Required<InstanceHeader>]: unknown };
}

/** Field by field, as above. */
function elementWith(element: ElementInstance, change: ElementChange): ElementInstance {
  return {
    key: element.key,
    elementId: change.elementId ?? element.elementId,
    elementType: element.elementType,
    scopeKey: element.scopeKey,
    state: change.state ?? element.state,
    startedAt: element.startedAt,
    loop: change.loop ?? element.loop,
    loopIndex: element.loopIndex,
    calledInstanceKey: change.calledInstanceKey ?? element.calledInstanceKey,
    memory: change.memory ?? element.memory,
  } satisfies { readonly [Field in keyof Required<ElementInstance>]: unknown };
}

class WaitsView {
  readonly #live: LiveElements;

  constructor(live: LiveElements) {
    this.#live = live;
  }

  get(key: Key): readonly Wait[] | undefined {
    return this.#live.waitsOf(key);
  }
}

class VariablesView {
  readonly #live: LiveElements;

  constructor(live: LiveElements) {
    this.#live = live;
  }

  get(key: Key): ReadonlyMap<string, Variable> | undefined {
    return this.#live.variablesOf(key);
  }
}

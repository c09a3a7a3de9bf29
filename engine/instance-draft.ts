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
import { LiveElements } from './live-elements.ts';
import type { Changes } from './outcome.ts';
import { ScopeIndexDraft } from './scope-index.ts';
import { TableDraft } from './table.ts';

/** What can change while an element instance lives. */
type ElementChange = Partial<Pick<ElementInstance, 'state' | 'loop' | 'calledInstanceKey' | 'memory'>>;

/** An instance while one command runs: private to that command, written by appliers only. */
export class InstanceDraft {
  header: InstanceHeader;
  readonly elements: LiveElements;
  /** What hangs on a live element instance; the tokens that wait in it, when it is a scope. */
  readonly waits: WaitsView;
  /** The variables of a live element instance. */
  readonly variables: VariablesView;
  /** Number of the last history event applied. */
  historyLength: number;
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
  readonly #variableChanges = new Map<Key, Variable | null>();

  /** `firstKey`: the first key that the command takes, so that what it begins is found fast. */
  constructor(before: Instance, firstKey?: Key) {
    this.header = before.header;
    this.elements = new LiveElements(before, firstKey);
    this.waits = new WaitsView(this.elements);
    this.variables = new VariablesView(this.elements);
    this.historyLength = before.header.historyLength;
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
    return this.elements.childrenOf(scopeKey);
  }

  addElement(element: ElementInstance): void {
    this.elements.add(element);
  }

  /** Takes an element instance out with its local variables and loop results. */
  removeElement(key: Key): void {
    const element = this.elements.get(key);
    if (element === undefined) return;
    this.#removeVariables(key);
    if (element.loop !== null) {
      this.loopItems.delete(key);
      this.#removeLoopResults(key);
    }
    this.elements.end(key);
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

  setVariable(variable: Variable): void {
    this.elements.setVariable(variable);
    this.#variableChanges.set(variable.variableKey, variable);
  }

  finish(): Instance {
    const live = this.elements.finish();
    return {
      header: headerAt(this.header, this.historyLength),
      elements: live.elements,
      children: live.children,
      waits: live.waits,
      variables: live.variables,
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
      elements: this.elements.changes(),
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

  #removeVariables(scopeKey: Key): void {
    for (const { variableKey } of this.variables.get(scopeKey)?.values() ?? []) {
      this.#variableChanges.set(variableKey, null);
    }
  }

  #removeLoopResults(bodyKey: Key): void {
    for (const key of this.#resultsOf.of(bodyKey).keys()) this.loopResults.delete(key);
    this.#resultsOf.drop(bodyKey);
  }
}

/** Field by field: a spread of so many costs 20 times as much, a tenth of a step. */
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
    historyLength,
  } satisfies { readonly [Field in keyof Required<InstanceHeader>]: unknown };
}

/** Field by field, as above. */
function elementWith(element: ElementInstance, change: ElementChange): ElementInstance {
  return {
    key: element.key,
    elementId: element.elementId,
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

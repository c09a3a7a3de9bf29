import type {
  CompensationRecord,
  ElementInstance,
  Incident,
  Instance,
  InstanceHeader,
  Job,
  LiveElement,
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
import { KeySet } from './key-set.ts';
import type { Key } from './key.ts';
import { ScopeIndexDraft } from './scope-index.ts';
import { Table } from './table.ts';

/** The stored rows of one instance, in any order. */
export interface InstanceRows {
  readonly header: InstanceHeader;
  readonly elements: readonly ElementInstance[];
  readonly variables: readonly Variable[];
  readonly tokens: readonly Token[];
  readonly loopItems: readonly LoopItems[];
  readonly loopResults: readonly LoopResult[];
  readonly compensations: readonly CompensationRecord[];
  readonly userTasks: readonly UserTask[];
  readonly jobs: readonly Job[];
  readonly timers: readonly Timer[];
  readonly subscriptions: readonly Subscription[];
  readonly incidents: readonly Incident[];
}

/** An instance before its first event. */
export function emptyInstance(header: InstanceHeader): Instance {
  return new InstanceState({
    header,
    live: Table.empty,
    tokens: Table.empty,
    loopItems: Table.empty,
    loopResults: Table.empty,
    resultsOf: Table.empty,
    compensations: Table.empty,
    records: Table.empty,
    userTasks: Table.empty,
    jobs: Table.empty,
    timers: Table.empty,
    subscriptions: Table.empty,
    incidents: Table.empty,
  });
}

/** Builds an instance from its stored rows; the indexes are made anew. What hangs on an element that is not there is left out. */
export function createInstance(rows: InstanceRows): Instance {
  return new InstanceState({
    header: rows.header,
    live: liveOf(rows),
    tokens: tableOf(rows.tokens),
    loopItems: tableOf(rows.loopItems),
    loopResults: tableOf(rows.loopResults),
    resultsOf: indexOf(rows.loopResults.map(({ key, bodyKey }) => ({ key, owner: bodyKey }))),
    compensations: tableOf(rows.compensations),
    records: recordsOf(rows.compensations),
    userTasks: tableOf(rows.userTasks),
    jobs: tableOf(rows.jobs),
    timers: tableOf(rows.timers),
    subscriptions: tableOf(rows.subscriptions),
    incidents: tableOf(rows.incidents),
  });
}

function liveOf(rows: InstanceRows): Table<LiveElement> {
  const elements = [...rows.elements].sort((a, b) => a.key - b.key);
  const children = new Map<Key, Key[]>();
  for (const { key, scopeKey } of elements) {
    if (scopeKey === null) continue;
    const inside = children.get(scopeKey);
    if (inside === undefined) children.set(scopeKey, [key]);
    else inside.push(key);
  }
  const waits = waitsOf(rows);
  const variables = variablesByScope(rows.variables);
  return Table.of(
    elements.map((row) => [
      row.key,
      {
        row,
        children: KeySet.of(children.get(row.key) ?? []),
        waits: waits.get(row.key) ?? NO_WAITS,
        variables: variables.get(row.key) ?? null,
      },
    ]),
  );
}

const NO_WAITS: readonly Wait[] = [];

function tableOf<Row extends { readonly key: Key }>(rows: readonly Row[]): Table<Row> {
  return Table.of([...rows].sort((a, b) => a.key - b.key).map((row) => [row.key, row] as const));
}

/** Keys by owner; what has no owner is left out. */
function indexOf(rows: readonly { readonly key: Key; readonly owner: Key | null }[]): Table<Table<true>> {
  const index = new ScopeIndexDraft<true>(Table.empty);
  for (const { key, owner } of rows) if (owner !== null) index.add(owner, key, true);
  return index.finish();
}

function recordsOf(records: readonly CompensationRecord[]): Table<Table<Key>> {
  const index = new ScopeIndexDraft<Key>(Table.empty);
  for (const { scopeKey, key } of records) index.add(scopeKey, key, key);
  return index.finish();
}

function variablesByScope(variables: readonly Variable[]): ReadonlyMap<Key, ReadonlyMap<string, Variable>> {
  const scopes = new Map<Key, Map<string, Variable>>();
  for (const variable of [...variables].sort((a, b) => a.variableKey - b.variableKey)) {
    const scope = scopes.get(variable.scopeKey) ?? new Map<string, Variable>();
    scope.set(variable.name, variable);
    scopes.set(variable.scopeKey, scope);
  }
  return scopes;
}

function waitsOf(rows: InstanceRows): ReadonlyMap<Key, readonly Wait[]> {
  const byElement = new Map<Key, Wait[]>();
  const add = (kind: WaitKind, elementInstanceKey: Key, key: Key) => {
    const waits = byElement.get(elementInstanceKey) ?? [];
    waits.push({ kind, key });
    byElement.set(elementInstanceKey, waits);
  };
  for (const token of rows.tokens) add('token', token.scopeKey, token.key);
  for (const task of rows.userTasks) add('userTask', task.elementInstanceKey, task.key);
  for (const job of rows.jobs) add('job', job.elementInstanceKey, job.key);
  for (const timer of rows.timers) add('timer', timer.elementInstanceKey, timer.key);
  for (const subscription of rows.subscriptions) add('subscription', subscription.elementInstanceKey, subscription.key);
  for (const incident of rows.incidents) add('incident', incident.elementInstanceKey, incident.key);
  for (const waits of byElement.values()) waits.sort((a, b) => a.key - b.key);
  return byElement;
}

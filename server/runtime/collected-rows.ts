import type { Key } from '#engine';
import type { RowOf, TableSpec } from '../database/table-spec.ts';
import type * as tables from './instance-tables.ts';
import type * as scopes from './scope-rows.ts';
import type * as waits from './subscription-rows.ts';

type Rows<S extends TableSpec> = Map<Key, RowOf<S>>;
/** Key of a stored row that must go → the instance it belongs to. */
export type Gone = Map<Key, Key>;

/** New rows are inserted; of stored ones the columns are set anew. */
export interface Written<S extends TableSpec> {
  readonly fresh: Rows<S>;
  readonly changed: Rows<S>;
}

/** What people look back at is not deleted when it ends: a stored row then gets no more than its ending. */
interface Lasting<S extends TableSpec, Ending extends TableSpec> extends Written<S> {
  readonly ended: Rows<Ending>;
}

export interface Forgetful {
  readonly fresh: Map<Key, unknown>;
  readonly changed: Map<Key, unknown>;
  readonly gone: Gone;
}

interface Passing<S extends TableSpec> extends Written<S> {
  readonly gone: Gone;
}

/**
 * The rows that a batch of steps leaves behind, each once however often it changed, and no wider than what changed. Waits
 * that end (timers, subscriptions, tokens) and what only a live scope needs (loop items and results, compensations) are
 * deleted; elements, tasks, jobs, variables and incidents stay with the time they ended.
 */
export interface CollectedRows {
  readonly instances: Lasting<typeof tables.processInstanceTable, typeof tables.endedInstanceTable> & {
    readonly moved: Rows<typeof tables.movedInstanceTable>;
  };
  readonly elements: Lasting<typeof tables.elementTable, typeof tables.endedElementTable>;
  readonly variables: {
    readonly fresh: Rows<typeof tables.variableTable>;
    readonly changed: Rows<typeof tables.changedVariableTable>;
    readonly ended: Rows<typeof tables.endedVariableTable>;
  };
  readonly userTasks: Lasting<typeof tables.userTaskTable, typeof tables.endedUserTaskTable>;
  readonly jobs: Lasting<typeof tables.jobTable, typeof tables.endedJobTable>;
  readonly incidents: Lasting<typeof tables.incidentTable, typeof tables.endedIncidentTable>;
  readonly tokens: Passing<typeof tables.tokenTable>;
  readonly loopItems: Passing<typeof scopes.loopItemTable>;
  readonly loopResults: Passing<typeof scopes.loopResultTable>;
  readonly compensations: Passing<typeof scopes.compensationTable>;
  readonly timers: Passing<typeof tables.timerTable>;
  readonly subscriptions: {
    readonly message: Passing<typeof waits.messageSubscriptionTable>;
    readonly signal: Passing<typeof waits.signalSubscriptionTable>;
    readonly condition: Passing<typeof waits.conditionSubscriptionTable>;
  };
  readonly history: RowOf<typeof tables.historyTable>[];
  /** Candidates of the tasks touched, by task; an ended task has none. */
  readonly candidates: Map<Key, readonly RowOf<typeof tables.candidateTable>[]>;
  /** Tasks touched that were stored before, so that their old candidates must go. */
  readonly storedTasks: Set<Key>;
}

export function noRows(): CollectedRows {
  const lasting = () => ({ fresh: new Map(), changed: new Map(), ended: new Map() });
  const passing = () => ({ fresh: new Map(), changed: new Map(), gone: new Map() });
  return {
    instances: { ...lasting(), moved: new Map() },
    elements: lasting(),
    variables: lasting(),
    userTasks: lasting(),
    jobs: lasting(),
    incidents: lasting(),
    tokens: passing(),
    loopItems: passing(),
    loopResults: passing(),
    compensations: passing(),
    timers: passing(),
    subscriptions: { message: passing(), signal: passing(), condition: passing() },
    history: [],
    candidates: new Map(),
    storedTasks: new Set(),
  };
}

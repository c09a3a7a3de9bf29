import {
  assertNever,
  bucketOf,
  type HistoryRecord,
  type Instance,
  type Key,
  type RowChanges,
  type Subscription,
  type Table,
} from '#engine';
import type { RowOf, TableSpec } from '../database/table-spec.ts';
import * as rowsOf from './instance-rows.ts';
import type * as tables from './instance-tables.ts';
import * as scopes from './scope-rows.ts';
import type { Step } from './step.ts';
import * as waits from './subscription-rows.ts';

type Rows<S extends TableSpec> = Map<Key, RowOf<S>>;
/** Key of a stored row that must go → the instance it belongs to. */
type Gone = Map<Key, Key>;

/**
 * The rows that a batch of steps leaves behind, each once however often it changed. Waits that end (timers, subscriptions,
 * tokens) and what only a live scope needs (loop items and results, compensations) are deleted; what people look back at (elements, tasks, jobs, variables, incidents)
 * stays with the time it ended.
 */
export interface CollectedRows {
  readonly instances: Rows<typeof tables.processInstanceTable>;
  readonly elements: Rows<typeof tables.elementTable>;
  readonly variables: Rows<typeof tables.variableTable>;
  readonly endedVariables: Rows<typeof tables.endedVariableTable>;
  readonly tokens: Rows<typeof tables.tokenTable>;
  readonly loopItems: Rows<typeof scopes.loopItemTable>;
  readonly loopResults: Rows<typeof scopes.loopResultTable>;
  readonly compensations: Rows<typeof scopes.compensationTable>;
  readonly userTasks: Rows<typeof tables.userTaskTable>;
  readonly jobs: Rows<typeof tables.jobTable>;
  readonly timers: Rows<typeof tables.timerTable>;
  readonly subscriptions: {
    readonly message: Rows<typeof waits.messageSubscriptionTable>;
    readonly signal: Rows<typeof waits.signalSubscriptionTable>;
    readonly condition: Rows<typeof waits.conditionSubscriptionTable>;
  };
  readonly incidents: Rows<typeof tables.incidentTable>;
  readonly history: RowOf<typeof tables.historyTable>[];
  readonly gone: {
    readonly tokens: Gone;
    readonly loopItems: Gone;
    readonly loopResults: Gone;
    readonly compensations: Gone;
    readonly timers: Gone;
    readonly subscriptions: Readonly<Record<Subscription['kind'], Gone>>;
  };
  /** Candidates of the tasks touched, by task; an ended task has none. */
  readonly candidates: Map<Key, readonly RowOf<typeof tables.candidateTable>[]>;
  /** Tasks touched that were stored before, so that their old candidates must go. */
  readonly storedTasks: Set<Key>;
}

export function collectRows(steps: readonly Step[]): CollectedRows {
  const rows: CollectedRows = {
    instances: new Map(),
    elements: new Map(),
    variables: new Map(),
    endedVariables: new Map(),
    tokens: new Map(),
    loopItems: new Map(),
    loopResults: new Map(),
    compensations: new Map(),
    userTasks: new Map(),
    jobs: new Map(),
    timers: new Map(),
    subscriptions: { message: new Map(), signal: new Map(), condition: new Map() },
    incidents: new Map(),
    history: [],
    gone: {
      tokens: new Map(),
      loopItems: new Map(),
      loopResults: new Map(),
      compensations: new Map(),
      timers: new Map(),
      subscriptions: { message: new Map(), signal: new Map(), condition: new Map() },
    },
    candidates: new Map(),
    storedTasks: new Set(),
  };
  for (const step of steps) collectStep(rows, step);
  return rows;
}

function collectStep(rows: CollectedRows, step: Step): void {
  const { accepted, before } = step;
  const { changes, instance } = accepted;
  const owner: rowsOf.RowOwner = { ...step, header: instance.header };
  const instanceKey = instance.header.processInstanceKey;

  rows.instances.set(instanceKey, rowsOf.headerRow(owner));
  for (const [key, element] of live(changes.elements)) rows.elements.set(key, rowsOf.elementRow(owner, element, null));
  for (const [key, job] of live(changes.jobs)) rows.jobs.set(key, rowsOf.jobRow(owner, job, null));
  for (const [key, incident] of live(changes.incidents)) {
    rows.incidents.set(key, rowsOf.incidentRow(owner, incident, null));
  }
  for (const [key, task] of live(changes.userTasks)) {
    rows.userTasks.set(key, rowsOf.userTaskRow(owner, task, null));
    rows.candidates.set(key, rowsOf.candidateRows(task));
  }
  for (const key of changes.userTasks.keys()) if (before?.userTasks.has(key)) rows.storedTasks.add(key);

  const keepOrDelete = <Row, Stored>(
    part: RowChanges<Row>,
    to: { readonly kept: Map<Key, Stored>; readonly gone: Gone; readonly stored: Table<Row> | undefined },
    toRow: (owner: rowsOf.RowOwner, row: Row) => Stored,
  ): void => {
    for (const [key, row] of part) {
      if (row !== null) to.kept.set(key, toRow(owner, row));
      else {
        to.kept.delete(key);
        if (to.stored?.has(key)) to.gone.set(key, instanceKey);
      }
    }
  };
  const { gone } = rows;
  const target = <K extends 'tokens' | 'loopItems' | 'loopResults' | 'compensations' | 'timers'>(table: K) => ({
    kept: rows[table],
    gone: gone[table],
    stored: before?.[table],
  });
  keepOrDelete(changes.tokens, target('tokens'), rowsOf.tokenRow);
  keepOrDelete(changes.loopItems, target('loopItems'), scopes.loopItemRow);
  keepOrDelete(changes.loopResults, target('loopResults'), scopes.loopResultRow);
  keepOrDelete(changes.compensations, target('compensations'), scopes.compensationRow);
  keepOrDelete(changes.timers, target('timers'), rowsOf.timerRow);
  collectSubscriptions(rows, step, owner);
  collectVariables(rows, step, owner);
  collectEndings(rows, step, owner);
  for (const record of accepted.history) rows.history.push(historyRow(instanceKey, record));
}

function collectSubscriptions(rows: CollectedRows, { accepted, before }: Step, owner: rowsOf.RowOwner): void {
  const { message, signal, condition } = rows.subscriptions;
  for (const [key, one] of accepted.changes.subscriptions) {
    switch (one?.kind) {
      case 'message':
        message.set(key, waits.messageSubscriptionRow(owner, one));
        break;
      case 'signal':
        signal.set(key, waits.signalSubscriptionRow(owner, one));
        break;
      case 'condition':
        condition.set(key, waits.conditionSubscriptionRow(owner, one));
        break;
      case undefined: {
        for (const kept of [message, signal, condition]) kept.delete(key);
        const stored = before?.subscriptions.get(key);
        if (stored !== undefined) rows.gone.subscriptions[stored.kind].set(key, owner.header.processInstanceKey);
        break;
      }
      default:
        assertNever(one);
    }
  }
}

function* live<Row>(part: RowChanges<Row>): Generator<[Key, Row]> {
  for (const [key, row] of part) if (row !== null) yield [key, row];
}

/** A variable whose scope ended is kept as it last was. */
function collectVariables(rows: CollectedRows, { accepted, now }: Step, owner: rowsOf.RowOwner): void {
  const { changes, history } = accepted;
  for (const { event } of history) {
    if (event.kind !== 'variableCreated' && event.kind !== 'variableUpdated') continue;
    const { variable } = event;
    const endedAt = changes.variables.get(variable.variableKey) === null ? now : null;
    rows.variables.set(variable.variableKey, rowsOf.variableRow(owner, variable, { updatedAt: now, endedAt }));
  }
  for (const [key, variable] of changes.variables) {
    if (variable !== null) continue;
    const written = rows.variables.get(key);
    if (written !== undefined) written.ended_at = now;
    else rows.endedVariables.set(key, { bucket: bucketOf(key), variable_key: key, ended_at: now });
  }
}

/** How each row that left the instance ended; only the history tells. */
function collectEndings(rows: CollectedRows, { accepted, before }: Step, owner: rowsOf.RowOwner): void {
  const last = lastRows(accepted.history, before);
  for (const { event, at, by } of accepted.history) {
    switch (event.kind) {
      case 'elementCompleted':
      case 'elementTerminated': {
        const element = last.elements(event.elementInstanceKey);
        const state = event.kind === 'elementCompleted' ? 'completed' : 'terminated';
        if (element !== undefined) {
          rows.elements.set(element.key, rowsOf.elementRow(owner, element, { state, endedAt: at }));
        }
        break;
      }
      case 'userTaskCompleted':
      case 'userTaskCanceled': {
        const task = last.userTasks(event.userTaskKey);
        if (task === undefined) break;
        const ending: rowsOf.TaskEnding =
          event.kind === 'userTaskCompleted'
            ? { state: 'COMPLETED', endedAt: at, completedBy: by }
            : { state: 'CANCELED', endedAt: at, completedBy: null };
        rows.userTasks.set(task.key, rowsOf.userTaskRow(owner, task, ending));
        rows.candidates.set(task.key, []);
        break;
      }
      case 'jobCompleted':
      case 'jobCanceled':
      case 'jobErrorThrown': {
        const job = last.jobs(event.jobKey);
        const state = JOB_STATES[event.kind];
        if (job !== undefined) rows.jobs.set(job.key, rowsOf.jobRow(owner, job, { state, endedAt: at }));
        break;
      }
      case 'incidentResolved': {
        const incident = last.incidents(event.incidentKey);
        if (incident !== undefined) rows.incidents.set(incident.key, rowsOf.incidentRow(owner, incident, at));
        break;
      }
      default: // Nothing that is kept ends with any other event.
        break;
    }
  }
}

const JOB_STATES = { jobCompleted: 'COMPLETED', jobCanceled: 'CANCELED', jobErrorThrown: 'ERROR_THROWN' } as const;

/** Rows as they were when they ended: stored before, or created by this very step. */
function lastRows(history: readonly HistoryRecord[], before: Instance | null) {
  const created = new Map<Key, unknown>();
  for (const { event } of history) {
    if (event.kind === 'elementActivated') created.set(event.element.key, event.element);
    else if (event.kind === 'userTaskCreated') created.set(event.userTask.key, event.userTask);
    else if (event.kind === 'jobCreated') created.set(event.job.key, event.job);
    else if (event.kind === 'incidentRaised') created.set(event.incident.key, event.incident);
  }
  const finder =
    <T extends 'elements' | 'userTasks' | 'jobs' | 'incidents'>(table: T) =>
    (key: Key): RowIn<T> | undefined =>
      (before?.[table].get(key) ?? created.get(key)) as RowIn<T> | undefined;
  return {
    elements: finder('elements'),
    userTasks: finder('userTasks'),
    jobs: finder('jobs'),
    incidents: finder('incidents'),
  };
}

type RowIn<T extends 'elements' | 'userTasks' | 'jobs' | 'incidents'> =
  Instance[T] extends Table<infer Row> ? Row : never;

function historyRow(instanceKey: Key, { sequence, at, by, event }: HistoryRecord): RowOf<typeof tables.historyTable> {
  return {
    bucket: bucketOf(instanceKey),
    process_instance_key: instanceKey,
    sequence,
    at,
    actor: by,
    kind: event.kind,
    event,
  };
}

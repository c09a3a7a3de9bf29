import {
  assertNever,
  bucketOf,
  type HistoryRecord,
  type Instance,
  type InstanceHeader,
  type Key,
  type RowChanges,
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

/** New rows are inserted; of stored ones the columns are set anew. */
export interface Written<S extends TableSpec> {
  readonly fresh: Rows<S>;
  readonly changed: Rows<S>;
}

/** What people look back at is not deleted when it ends: a stored row then gets no more than its ending. */
interface Lasting<S extends TableSpec, Ending extends TableSpec> extends Written<S> {
  readonly ended: Rows<Ending>;
}

interface Forgetful {
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
  readonly instances: Lasting<typeof tables.processInstanceTable, typeof tables.movedInstanceTable>;
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

export function collectRows(steps: readonly Step[]): CollectedRows {
  const lasting = () => ({ fresh: new Map(), changed: new Map(), ended: new Map() });
  const passing = () => ({ fresh: new Map(), changed: new Map(), gone: new Map() });
  const rows: CollectedRows = {
    instances: lasting(),
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
  for (const step of steps) collectStep(rows, step);
  return rows;
}

function collectStep(rows: CollectedRows, step: Step): void {
  const { accepted, before } = step;
  const { changes, instance } = accepted;
  const owner: rowsOf.RowOwner = { ...step, header: instance.header };
  const instanceKey = instance.header.processInstanceKey;

  collectHeader(rows, step, owner);
  for (const [key, element] of live(changes.elements)) {
    // The process element of an ended instance lives again when it is compensated.
    rows.elements.ended.delete(key);
    write(rows.elements, key, rowsOf.elementRow(owner, element, null), before?.elements);
  }
  for (const [key, job] of live(changes.jobs)) write(rows.jobs, key, rowsOf.jobRow(owner, job, null), before?.jobs);
  for (const [key, incident] of live(changes.incidents)) {
    write(rows.incidents, key, rowsOf.incidentRow(owner, incident, null), before?.incidents);
  }
  for (const [key, task] of live(changes.userTasks)) {
    write(rows.userTasks, key, rowsOf.userTaskRow(owner, task, null), before?.userTasks);
    rows.candidates.set(key, rowsOf.candidateRows(task));
  }
  for (const key of changes.userTasks.keys()) {
    if (before?.userTasks.has(key) && !rows.userTasks.fresh.has(key)) rows.storedTasks.add(key);
  }
  keepOrDelete(rows.tokens, changes.tokens, before?.tokens, owner, rowsOf.tokenRow);
  keepOrDelete(rows.loopItems, changes.loopItems, before?.loopItems, owner, scopes.loopItemRow);
  keepOrDelete(rows.loopResults, changes.loopResults, before?.loopResults, owner, scopes.loopResultRow);
  keepOrDelete(rows.compensations, changes.compensations, before?.compensations, owner, scopes.compensationRow);
  keepOrDelete(rows.timers, changes.timers, before?.timers, owner, rowsOf.timerRow);
  collectSubscriptions(rows, step, owner);
  collectVariables(rows, step, owner);
  collectEndings(rows, step, owner);
  for (const record of accepted.history) rows.history.push(historyRow(instanceKey, record));
}

/** A step seldom changes more of the header than its state and the length of its history. */
function collectHeader({ instances }: CollectedRows, { accepted, before }: Step, owner: rowsOf.RowOwner): void {
  const { header } = accepted.instance;
  const { processInstanceKey: key, state, endedAt, historyLength } = header;
  const moved = before !== null && !instances.fresh.has(key) && !instances.changed.has(key);
  if (moved && hasOnlyMoved(before.header, header)) {
    const place = { bucket: bucketOf(key), process_instance_key: key };
    instances.ended.set(key, { ...place, state, ended_at: endedAt, history_length: historyLength });
  } else {
    instances.ended.delete(key);
    write(instances, key, rowsOf.headerRow(owner), before === null ? undefined : { has: () => true });
  }
}

function hasOnlyMoved(before: InstanceHeader, after: InstanceHeader): boolean {
  return (Object.keys(after) as (keyof InstanceHeader)[]).every(
    (name) => name === 'state' || name === 'endedAt' || name === 'historyLength' || before[name] === after[name],
  );
}

/** Something made and changed by the same batch is still new to the database. */
function write<Row>(
  { fresh, changed }: { readonly fresh: Map<Key, Row>; readonly changed: Map<Key, Row> },
  key: Key,
  row: Row,
  stored: Pick<Table<unknown>, 'has'> | undefined,
): void {
  if (stored?.has(key) && !fresh.has(key)) changed.set(key, row);
  else fresh.set(key, row);
}

function keepOrDelete<Row, Stored>(
  to: { readonly fresh: Map<Key, Stored>; readonly changed: Map<Key, Stored>; readonly gone: Gone },
  part: RowChanges<Row>,
  stored: Table<Row> | undefined,
  owner: rowsOf.RowOwner,
  toRow: (owner: rowsOf.RowOwner, row: Row) => Stored,
): void {
  for (const [key, row] of part) {
    if (row !== null) write(to, key, toRow(owner, row), stored);
    else forget(to, key, stored?.has(key) ? owner : undefined);
  }
}

function forget(to: Forgetful, key: Key, storedBy: rowsOf.RowOwner | undefined): void {
  to.changed.delete(key);
  if (!to.fresh.delete(key) && storedBy !== undefined) to.gone.set(key, storedBy.header.processInstanceKey);
}

function collectSubscriptions(rows: CollectedRows, { accepted, before }: Step, owner: rowsOf.RowOwner): void {
  const { message, signal, condition } = rows.subscriptions;
  for (const [key, one] of accepted.changes.subscriptions) {
    switch (one?.kind) {
      case 'message':
        write(message, key, waits.messageSubscriptionRow(owner, one), before?.subscriptions);
        break;
      case 'signal':
        write(signal, key, waits.signalSubscriptionRow(owner, one), before?.subscriptions);
        break;
      case 'condition':
        write(condition, key, waits.conditionSubscriptionRow(owner, one), before?.subscriptions);
        break;
      case undefined: {
        const stored = before?.subscriptions.get(key);
        if (stored !== undefined) forget(rows.subscriptions[stored.kind], key, owner);
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
function collectVariables({ variables }: CollectedRows, { accepted, now }: Step, owner: rowsOf.RowOwner): void {
  const { changes, history } = accepted;
  for (const { event } of history) {
    if (event.kind !== 'variableCreated' && event.kind !== 'variableUpdated') continue;
    const { variable } = event;
    const row = rowsOf.variableRow(owner, variable, { updatedAt: now, endedAt: null });
    const { bucket, variable_key: key, value, updated_at, ended_at } = row;
    if (event.kind === 'variableCreated' || variables.fresh.has(key)) variables.fresh.set(key, row);
    else variables.changed.set(key, { bucket, variable_key: key, value, updated_at, ended_at });
  }
  for (const [key, variable] of changes.variables) {
    if (variable !== null) continue;
    const written = variables.fresh.get(key) ?? variables.changed.get(key);
    if (written !== undefined) written.ended_at = now;
    else variables.ended.set(key, { bucket: bucketOf(key), variable_key: key, ended_at: now });
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
        if (element === undefined) break;
        const { key } = element;
        const state = event.kind === 'elementCompleted' ? 'completed' : 'terminated';
        if (isStored(rows.elements, before?.elements, key)) {
          rows.elements.ended.set(key, { bucket: bucketOf(key), element_instance_key: key, state, ended_at: at });
        } else rows.elements.fresh.set(key, rowsOf.elementRow(owner, element, { state, endedAt: at }));
        break;
      }
      case 'userTaskCompleted':
      case 'userTaskCanceled': {
        const task = last.userTasks(event.userTaskKey);
        if (task === undefined) break;
        const { key } = task;
        const ending: rowsOf.TaskEnding =
          event.kind === 'userTaskCompleted'
            ? { state: 'COMPLETED', endedAt: at, completedBy: by }
            : { state: 'CANCELED', endedAt: at, completedBy: null };
        const { state, completedBy: completed_by } = ending;
        if (isStored(rows.userTasks, before?.userTasks, key)) {
          const place = { bucket: bucketOf(key), user_task_key: key };
          rows.userTasks.ended.set(key, { ...place, state, ended_at: at, completed_by });
        } else rows.userTasks.fresh.set(key, rowsOf.userTaskRow(owner, task, ending));
        rows.candidates.set(key, []);
        break;
      }
      case 'jobCompleted':
      case 'jobCanceled':
      case 'jobErrorThrown': {
        const job = last.jobs(event.jobKey);
        if (job === undefined) break;
        const { key } = job;
        const state = JOB_STATES[event.kind];
        if (isStored(rows.jobs, before?.jobs, key)) {
          const free = { lease_owner: null, lease_until: null };
          rows.jobs.ended.set(key, { bucket: bucketOf(key), job_key: key, state, ended_at: at, ...free });
        } else rows.jobs.fresh.set(key, rowsOf.jobRow(owner, job, { state, endedAt: at }));
        break;
      }
      case 'incidentResolved': {
        const incident = last.incidents(event.incidentKey);
        if (incident === undefined) break;
        const { key } = incident;
        if (isStored(rows.incidents, before?.incidents, key)) {
          rows.incidents.ended.set(key, { bucket: bucketOf(key), incident_key: key, ended_at: at });
        } else rows.incidents.fresh.set(key, rowsOf.incidentRow(owner, incident, at));
        break;
      }
      default: // Nothing that is kept ends with any other event.
        break;
    }
  }
}

function isStored({ fresh }: Written<TableSpec>, before: Table<unknown> | undefined, key: Key): boolean {
  return before?.has(key) === true && !fresh.has(key);
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

import {
  assertNever,
  bucketOf,
  type HistoryRecord,
  type InstanceHeader,
  type Key,
  type RowChanges,
  type Table,
} from '#engine';
import type { RowOf } from '../database/table-spec.ts';
import { collectEndings } from './collect-endings.ts';
import { noRows, type CollectedRows, type Forgetful } from './collected-rows.ts';
import * as rowsOf from './instance-rows.ts';
import type * as tables from './instance-tables.ts';
import * as scopes from './scope-rows.ts';
import type { Step } from './step.ts';
import * as waits from './subscription-rows.ts';

/** What a batch of steps leaves behind in the tables. */
export function collectRows(steps: readonly Step[]): CollectedRows {
  const rows = noRows();
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
  if (!moved || !hasOnlyMoved(before.header, header)) {
    instances.ended.delete(key);
    instances.moved.delete(key);
    write(instances, key, rowsOf.headerRow(owner), before === null ? undefined : { has: () => true });
    return;
  }
  const row = { bucket: bucketOf(key), process_instance_key: key, history_length: historyLength };
  const goesOn = state === before.header.state && endedAt === before.header.endedAt && !instances.ended.has(key);
  if (goesOn) instances.moved.set(key, row);
  else {
    instances.moved.delete(key);
    instances.ended.set(key, { ...row, state, ended_at: endedAt });
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
  to: { readonly fresh: Map<Key, Stored>; readonly changed: Map<Key, Stored>; readonly gone: Map<Key, Key> },
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
  const { changes, history, instance } = accepted;
  for (const { event } of history) {
    if (event.kind !== 'variableCreated' && event.kind !== 'variableUpdated') continue;
    const { variable } = event;
    // What the same step has made and ended is not among the changes.
    const endedAt = instance.live.has(variable.scopeKey) ? null : now;
    const row = rowsOf.variableRow(owner, variable, { updatedAt: now, endedAt });
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

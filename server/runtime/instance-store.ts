import { bucketOf, type Key } from '#engine';
import type { Executor } from '../database/connect.ts';
import { inOrder } from '../database/in-order.ts';
import type { RowOf, TableSpec } from '../database/table-spec.ts';
import { deleteRows, insertRows, updateRows, upsertRows } from '../database/write-rows.ts';
import { carryDefinition } from './carry-definition.ts';
import { collectRows } from './collect-rows.ts';
import type { Written } from './collected-rows.ts';
import { holdWaits } from './hold-waits.ts';
import { decisionInstanceTable, decisionRowsOfSteps } from './decision-rows.ts';
import * as tables from './instance-tables.ts';
import { compensationTable, loopItemTable, loopResultTable } from './scope-rows.ts';
import type { Step } from './step.ts';
import { conditionSubscriptionTable, messageSubscriptionTable, signalSubscriptionTable } from './subscription-rows.ts';

export { loadInstances, type LoadedInstance } from './load-instances.ts';
export type { Step } from './step.ts';

/**
 * Stores accepted steps: what changed and no more, one statement per table and kind of write, whatever the number of
 * steps and instances. The history goes in the same transaction; its key (instance, sequence) refuses a step that was
 * made from an outdated instance.
 */
export async function writeSteps(tx: Executor, steps: readonly Step[]): Promise<void> {
  const rows = collectRows(steps);
  const { message, signal, condition } = rows.subscriptions;
  const storedTasks = [...rows.storedTasks].map((key) => ({ bucket: bucketOf(key), user_task_key: key }));
  await inOrder(tx, [
    ...writeLasting(tx, tables.processInstanceTable, rows.instances, tables.endedInstanceTable),
    () => updateRows(tx, tables.movedInstanceTable, [...rows.instances.moved.values()]),
    // Not inserted: the process element of an ended instance may live again.
    () => upsertRows(tx, tables.elementTable, [...rows.elements.fresh.values(), ...rows.elements.changed.values()]),
    () => updateRows(tx, tables.endedElementTable, [...rows.elements.ended.values()]),
    () => insertRows(tx, tables.variableTable, [...rows.variables.fresh.values()]),
    () => updateRows(tx, tables.changedVariableTable, [...rows.variables.changed.values()]),
    () => updateRows(tx, tables.endedVariableTable, [...rows.variables.ended.values()]),
    ...writeLasting(tx, tables.userTaskTable, rows.userTasks, tables.endedUserTaskTable),
    ...writeLasting(tx, tables.jobTable, rows.jobs, tables.endedJobTable),
    ...writeLasting(tx, tables.incidentTable, rows.incidents, tables.endedIncidentTable),
    ...writePassing(tx, tables.tokenTable, rows.tokens, 'token_key'),
    ...writePassing(tx, loopItemTable, rows.loopItems, 'body_key'),
    ...writePassing(tx, loopResultTable, rows.loopResults, 'loop_result_key'),
    ...writePassing(tx, compensationTable, rows.compensations, 'record_key'),
    ...writePassing(tx, tables.timerTable, rows.timers, 'timer_key'),
    ...writePassing(tx, messageSubscriptionTable, message, 'subscription_key'),
    ...writePassing(tx, signalSubscriptionTable, signal, 'subscription_key'),
    ...writePassing(tx, conditionSubscriptionTable, condition, 'subscription_key'),
    () => deleteRows(tx, tables.candidatesOfTaskTable, storedTasks),
    () => insertRows(tx, tables.candidateTable, [...rows.candidates.values()].flat()),
    () => insertRows(tx, tables.historyTable, rows.history),
    () => insertRows(tx, decisionInstanceTable, decisionRowsOfSteps(steps)),
  ]);
  // These look at rows that have just been written.
  await carryDefinition(tx, steps);
  await holdWaits(tx, steps);
}

type Statements = readonly (() => Promise<void>)[];

function writeRows<S extends TableSpec>(tx: Executor, table: S, { fresh, changed }: Written<S>): Statements {
  return [() => insertRows(tx, table, [...fresh.values()]), () => updateRows(tx, table, [...changed.values()])];
}

function writeLasting<S extends TableSpec, Ending extends TableSpec>(
  tx: Executor,
  table: S,
  rows: Written<S> & { readonly ended: ReadonlyMap<Key, RowOf<Ending>> },
  endings: Ending,
): Statements {
  return [...writeRows(tx, table, rows), () => updateRows(tx, endings, [...rows.ended.values()])];
}

function writePassing<S extends TableSpec>(
  tx: Executor,
  table: S,
  rows: Written<S> & { readonly gone: ReadonlyMap<Key, Key> },
  keyName: keyof S['columns'] & string,
): Statements {
  const gone = [...rows.gone].map(([key, owner]) => ({
    bucket: bucketOf(owner),
    process_instance_key: owner,
    [keyName]: key,
  }));
  const doomed = gone as unknown as readonly Partial<RowOf<S>>[];
  return [...writeRows(tx, table, rows), () => deleteRows(tx, table, doomed)];
}

import { bucketOf, type Key } from '#engine';
import type { Executor } from '../database/connect.ts';
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
  await writeLasting(tx, tables.processInstanceTable, rows.instances, tables.endedInstanceTable);
  await updateRows(tx, tables.movedInstanceTable, [...rows.instances.moved.values()]);
  // Not inserted: the process element of an ended instance may live again.
  await upsertRows(tx, tables.elementTable, [...rows.elements.fresh.values(), ...rows.elements.changed.values()]);
  await updateRows(tx, tables.endedElementTable, [...rows.elements.ended.values()]);
  await insertRows(tx, tables.variableTable, [...rows.variables.fresh.values()]);
  await updateRows(tx, tables.changedVariableTable, [...rows.variables.changed.values()]);
  await updateRows(tx, tables.endedVariableTable, [...rows.variables.ended.values()]);
  await writeLasting(tx, tables.userTaskTable, rows.userTasks, tables.endedUserTaskTable);
  await writeLasting(tx, tables.jobTable, rows.jobs, tables.endedJobTable);
  await writeLasting(tx, tables.incidentTable, rows.incidents, tables.endedIncidentTable);
  await writePassing(tx, tables.tokenTable, rows.tokens, 'token_key');
  await writePassing(tx, loopItemTable, rows.loopItems, 'body_key');
  await writePassing(tx, loopResultTable, rows.loopResults, 'loop_result_key');
  await writePassing(tx, compensationTable, rows.compensations, 'record_key');
  await writePassing(tx, tables.timerTable, rows.timers, 'timer_key');
  const { message, signal, condition } = rows.subscriptions;
  await writePassing(tx, messageSubscriptionTable, message, 'subscription_key');
  await writePassing(tx, signalSubscriptionTable, signal, 'subscription_key');
  await writePassing(tx, conditionSubscriptionTable, condition, 'subscription_key');
  await carryDefinition(tx, steps);
  const storedTasks = [...rows.storedTasks].map((key) => ({ bucket: bucketOf(key), user_task_key: key }));
  await deleteRows(tx, tables.candidatesOfTaskTable, storedTasks);
  await insertRows(tx, tables.candidateTable, [...rows.candidates.values()].flat());
  await insertRows(tx, tables.historyTable, rows.history);
  await holdWaits(tx, steps);
  await insertRows(tx, decisionInstanceTable, decisionRowsOfSteps(steps));
}

async function writeRows<S extends TableSpec>(tx: Executor, table: S, { fresh, changed }: Written<S>): Promise<void> {
  await insertRows(tx, table, [...fresh.values()]);
  await updateRows(tx, table, [...changed.values()]);
}

async function writeLasting<S extends TableSpec, Ending extends TableSpec>(
  tx: Executor,
  table: S,
  rows: Written<S> & { readonly ended: ReadonlyMap<Key, RowOf<Ending>> },
  endings: Ending,
): Promise<void> {
  await writeRows(tx, table, rows);
  await updateRows(tx, endings, [...rows.ended.values()]);
}

async function writePassing<S extends TableSpec>(
  tx: Executor,
  table: S,
  rows: Written<S> & { readonly gone: ReadonlyMap<Key, Key> },
  keyName: keyof S['columns'] & string,
): Promise<void> {
  await writeRows(tx, table, rows);
  const gone = [...rows.gone].map(([key, owner]) => ({
    bucket: bucketOf(owner),
    process_instance_key: owner,
    [keyName]: key,
  }));
  await deleteRows(tx, table, gone as unknown as readonly Partial<RowOf<S>>[]);
}

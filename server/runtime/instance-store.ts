import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { RowOf, TableSpec } from '../database/table-spec.ts';
import { deleteRows, insertRows, updateRows, upsertRows } from '../database/write-rows.ts';
import { collectRows } from './collect-rows.ts';
import { holdWaits } from './hold-waits.ts';
import * as tables from './instance-tables.ts';
import { compensationTable, loopItemTable, loopResultTable } from './scope-rows.ts';
import type { Step } from './step.ts';
import {
  conditionSubscriptionTable,
  messageSubscriptionTable,
  signalSubscriptionTable,
  subscriptionTables,
} from './subscription-rows.ts';

export { loadInstances, type LoadedInstance } from './load-instances.ts';
export type { Step } from './step.ts';

/**
 * Stores accepted steps: what changed and no more, one statement per table and kind of write, whatever the number of
 * steps and instances. The history goes in the same transaction; its key (instance, sequence) refuses a step that was
 * made from an outdated instance.
 */
export async function writeSteps(tx: Executor, steps: readonly Step[]): Promise<void> {
  const rows = collectRows(steps);
  await upsertRows(tx, tables.processInstanceTable, [...rows.instances.values()]);
  await upsertRows(tx, tables.elementTable, [...rows.elements.values()]);
  await upsertRows(tx, tables.variableTable, [...rows.variables.values()]);
  await updateRows(tx, tables.endedVariableTable, [...rows.endedVariables.values()]);
  await upsertRows(tx, tables.userTaskTable, [...rows.userTasks.values()]);
  await upsertRows(tx, tables.jobTable, [...rows.jobs.values()]);
  await upsertRows(tx, tables.incidentTable, [...rows.incidents.values()]);
  await upsertRows(tx, tables.tokenTable, [...rows.tokens.values()]);
  await upsertRows(tx, loopItemTable, [...rows.loopItems.values()]);
  await upsertRows(tx, loopResultTable, [...rows.loopResults.values()]);
  await upsertRows(tx, compensationTable, [...rows.compensations.values()]);
  await upsertRows(tx, tables.timerTable, [...rows.timers.values()]);
  await upsertRows(tx, messageSubscriptionTable, [...rows.subscriptions.message.values()]);
  await upsertRows(tx, signalSubscriptionTable, [...rows.subscriptions.signal.values()]);
  await upsertRows(tx, conditionSubscriptionTable, [...rows.subscriptions.condition.values()]);
  const { gone } = rows;
  await deleteRows(tx, tables.tokenTable, ownedRows(gone.tokens, 'token_key'));
  await deleteRows(tx, loopItemTable, ownedRows(gone.loopItems, 'body_key'));
  await deleteRows(tx, loopResultTable, ownedRows(gone.loopResults, 'loop_result_key'));
  await deleteRows(tx, compensationTable, ownedRows(gone.compensations, 'record_key'));
  await deleteRows(tx, tables.timerTable, ownedRows(gone.timers, 'timer_key'));
  for (const kind of ['message', 'signal', 'condition'] as const) {
    await deleteRows(
      tx,
      subscriptionTables[kind] as TableSpec,
      ownedRows(gone.subscriptions[kind], 'subscription_key'),
    );
  }
  await replaceCandidates(tx, [...rows.storedTasks], [...rows.candidates.values()].flat());
  await insertRows(tx, tables.historyTable, rows.history);
  await holdWaits(tx, steps);
}

function ownedRows<Name extends string>(gone: ReadonlyMap<Key, Key>, keyName: Name) {
  return [...gone].map(([key, owner]) => ({
    bucket: bucketOf(owner),
    process_instance_key: owner,
    [keyName]: key,
  })) as never[];
}

async function replaceCandidates(
  tx: Executor,
  stored: readonly Key[],
  candidates: readonly RowOf<typeof tables.candidateTable>[],
): Promise<void> {
  if (stored.length > 0) {
    const tasks = stored.map((key) => ({ bucket: bucketOf(key), user_task_key: key }));
    const owners = tx.dialect.rowsFromJson(
      { columns: { bucket: 'smallint', user_task_key: 'key' } },
      'r',
      stored.length,
    );
    await queryRows(
      tx,
      `DELETE FROM user_task_candidate WHERE (bucket, user_task_key) IN (SELECT r.bucket, r.user_task_key FROM ${owners})`,
      [JSON.stringify(tasks)],
    );
  }
  await insertRows(tx, tables.candidateTable, candidates);
}

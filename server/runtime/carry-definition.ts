import { bucketOf } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { Step } from './step.ts';

const DEFINITION = 'process_definition_key = ?, process_id = ?';
/** Open rows that repeat what their instance runs by; what has ended says by what it ran. */
const REPEATED = [
  {
    table: 'user_task',
    columns: `${DEFINITION}, definition_version = ?, process_name = ?`,
    live: ' AND ended_at IS NULL',
  },
  { table: 'job', columns: `${DEFINITION}, definition_version = ?`, live: ' AND ended_at IS NULL' },
  { table: 'incident', columns: DEFINITION, live: ' AND ended_at IS NULL' },
  { table: 'message_subscription', columns: DEFINITION, live: '' },
  { table: 'signal_subscription', columns: DEFINITION, live: '' },
  { table: 'condition_subscription', columns: DEFINITION, live: '' },
] as const;

/** After a migration: rows that the step itself did not change go to the target version, too. */
export async function carryDefinition(tx: Executor, steps: readonly Step[]): Promise<void> {
  for (const { before, accepted, processName } of steps) {
    const { header } = accepted.instance;
    if (before === null || before.header.processDefinitionKey === header.processDefinitionKey) continue;
    const values = [header.processDefinitionKey, header.processId, header.definitionVersion, processName];
    const owner = [bucketOf(header.processInstanceKey), header.processInstanceKey];
    for (const { table, columns, live } of REPEATED) {
      await queryRows(tx, `UPDATE ${table} SET ${columns} WHERE bucket = ? AND process_instance_key = ?${live}`, [
        ...values.slice(0, columns.split('?').length - 1),
        ...owner,
      ]);
    }
  }
}

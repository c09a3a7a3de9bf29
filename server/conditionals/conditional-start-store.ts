import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

/** A conditional start of the latest version of a process. */
export interface ConditionalStart {
  readonly subscriptionKey: Key;
  readonly processDefinitionKey: Key;
  readonly elementId: string;
  readonly definitionIndex: number;
}

/** Every conditional start, or those of one process version, in the order in which they were deployed. */
export async function findConditionalStarts(
  executor: Executor,
  processDefinitionKey?: Key,
): Promise<readonly ConditionalStart[]> {
  const rows = await queryRows<{
    subscription_key: Key;
    process_definition_key: Key;
    element_id: string;
    definition_index: number;
  }>(
    executor,
    `SELECT subscription_key, process_definition_key, element_id, definition_index FROM start_subscription
     WHERE kind = 'conditional' AND suspended = FALSE ORDER BY subscription_key`,
  );
  return rows
    .filter((row) => processDefinitionKey === undefined || row.process_definition_key === processDefinitionKey)
    .map((row) => ({
      subscriptionKey: row.subscription_key,
      processDefinitionKey: row.process_definition_key,
      elementId: row.element_id,
      definitionIndex: row.definition_index,
    }));
}

import type { Key } from '#engine';
import type { Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import type { RequestCommand } from '../http/request-command.ts';
import type { Node } from '../nodes/node.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { UnknownDefinition } from '../runtime/runtime-errors.ts';
import type { Batches } from './batches.ts';
import { markSuspended } from './definition-suspension-store.ts';

export interface SuspensionOrder {
  readonly processDefinitionKey: Key;
  readonly suspended: boolean;
  /** Its running cases too, one after another, as a batch. */
  readonly withInstances: boolean;
  readonly by: string;
  readonly repeatable?: RequestCommand;
}

/**
 * A version of a process that starts nothing new for a while: by hand it is refused, a timer fires late by its misfire policy,
 * a message waits for its time to live, a mail stays in the mailbox, a signal is missed. A running case that calls it goes on:
 * it would stand in the middle of its work, and for that cases are suspended themselves.
 */
export interface DefinitionSuspension {
  /** @returns the batch that does the same to the running cases, if they were to follow. @throws UnknownDefinition */
  set(order: SuspensionOrder): Promise<{ readonly batchOperationKey: Key | null }>;
}

export function createDefinitionSuspension(deps: {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly batches: Batches;
  readonly clock: Clock;
  readonly node: Pick<Node, 'spread'>;
}): DefinitionSuspension {
  const { database, definitions, batches, clock, node } = deps;
  return {
    async set({ processDefinitionKey: key, suspended, withInstances, by, repeatable }) {
      await definitions.execution(key);
      const suspendedAt = suspended ? clock.now() : null;
      const changed = await inTransaction(database, (tx) => markSuspended(tx, key, suspendedAt));
      if (!changed) throw new UnknownDefinition('process', key);
      await definitions.refresh();
      await node.spread(definitions.catalog.revision);
      if (!withInstances) return { batchOperationKey: null };
      return batches.create({
        plan: { kind: suspended ? 'suspend' : 'resume' },
        filter: { sql: 'p.process_definition_key = ?', parameters: [key] },
        by,
        ...(repeatable && { repeatable }),
      });
    },
  };
}

import { bucketOf, type Execution, type Instance, type Key } from '#engine';
import { queryRows } from '../database/connect.ts';
import type { Transaction } from '../database/transaction.ts';
import type { Definitions } from './definitions.ts';
import type { HotInstances } from './hot-instances.ts';
import { loadInstances } from './load-instances.ts';
import { UnknownInstance } from './runtime-errors.ts';

/** An instance as a transaction sees it. */
export interface Member {
  readonly instance: Instance;
  readonly execution: Execution;
  readonly callDepth: number;
}

/** Key of an instance and the version in which it is stored. */
export interface StoredVersion {
  readonly key: Key;
  readonly version: number;
}

/** The instances that the commands of one transaction touch, as the accepted ones left them. */
export interface BatchMembers {
  /** Makes these ready, all misses of the cache by one statement. */
  prepare(stored: readonly StoredVersion[]): Promise<void>;
  /** @throws UnknownInstance */
  load(key: Key): Promise<Member>;
  keep(changed: ReadonlyMap<Key, Member>): void;
}

/** @param known is filled, so that the caller knows what was touched whatever becomes of the transaction */
export function createBatchMembers(
  tx: Transaction,
  { definitions, hot }: { readonly definitions: Definitions; readonly hot: HotInstances },
  known = new Map<Key, Member>(),
): BatchMembers {
  const add = async (instance: Instance, callDepth: number): Promise<void> => {
    const execution = await definitions.execution(instance.header.processDefinitionKey);
    known.set(instance.header.processInstanceKey, { instance, execution, callDepth });
  };

  const prepare = async (stored: readonly StoredVersion[]): Promise<void> => {
    const missing: Key[] = [];
    for (const { key, version } of stored) {
      const found = hot.get(key, version);
      if (found === undefined) missing.push(key);
      else await add(found.instance, found.callDepth);
    }
    for (const { instance, row } of (await loadInstances(tx, missing)).values()) await add(instance, row.call_depth);
  };

  return {
    prepare,
    async load(key) {
      if (!known.has(key)) await prepare(await readVersion(tx, key));
      const member = known.get(key);
      if (member === undefined) throw new UnknownInstance(key);
      return member;
    },
    keep(changed) {
      for (const [key, member] of changed) known.set(key, member);
    },
  };
}

/** Under the lock of its root, which the caller holds. */
function readVersion(tx: Transaction, key: Key): Promise<readonly StoredVersion[]> {
  return queryRows<StoredVersion & Record<string, unknown>>(
    tx,
    `SELECT process_instance_key AS key, history_length AS version FROM process_instance
     WHERE bucket = ? AND process_instance_key = ?`,
    [bucketOf(key), key],
  );
}

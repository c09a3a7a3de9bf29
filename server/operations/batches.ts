import { assertNever, type EngineCommand, type Key } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { bucketForText, type KeySource } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';
import { ALL_RIGHTS, inTransactionBy, type Right, type Rights } from '../nodes/rights.ts';
import { notFound, Refused } from '../http/refused.ts';
import { runOnce, type RequestCommand } from '../http/request-command.ts';
import type { Clock } from '../runtime/clock.ts';
import type { CommandSite, Runner } from '../runtime/runner.ts';
import { CommandRejected, UnknownDefinition, UnknownInstance } from '../runtime/runtime-errors.ts';
import type { Condition } from '../user-tasks/task-visibility.ts';
import { throwFailures, tryEach } from '../worker/try-each.ts';
import { OPERATION_TYPES, type BatchPlan, type BatchState } from './batch-plan.ts';
import * as store from './batch-store.ts';
import type { Migrations } from './migrations.ts';

export interface BatchRequest {
  readonly plan: BatchPlan;
  /** On `process_instance p`: whose instances. What fits later is not taken. */
  readonly filter: Condition;
  readonly by: string;
  /** With a key: begun once, however often it is asked. */
  readonly repeatable?: RequestCommand;
}

/**
 * The same command on many instances, each in its own transaction with its item, so that a batch survives a restart, does
 * nothing twice, and one instance that refuses harms no other.
 */
export interface Batches {
  create(request: BatchRequest): Promise<{ readonly batchOperationKey: Key }>;
  /** @throws Refused `not-found`, `conflict` */
  suspend(key: Key): Promise<void>;
  resume(key: Key): Promise<void>;
  /** What is not done yet is left undone. */
  cancel(key: Key): Promise<void>;
  /**
   * Does the next few items of every open batch of these buckets. @returns how much was done; 0 means all is quiet
   * @throws when some of them failed; the others are done all the same
   */
  proceed(rights?: Rights): Promise<number>;
}

/** Between two looks at whether the batch has been suspended. */
const LOT = 50;
const AT_ONCE = 8;
/** A creation that has not ended by then never will: its process died, and nobody asked again. */
const ABANDONED_MS = 10 * 60_000;

export function createBatches(deps: {
  readonly database: Database;
  readonly keys: KeySource;
  readonly runner: Runner;
  readonly migrations: Migrations;
  readonly clock: Clock;
}): Batches {
  const { database, keys, runner, migrations, clock } = deps;
  const reader = readerOf(database);
  /** In batches where items failed: the last of them that had its turn. */
  const failedUpTo = new Map<Key, Key>();

  const commandFor = (plan: BatchPlan, item: store.BatchItem) => {
    return (site: CommandSite): EngineCommand | Promise<EngineCommand> => {
      switch (plan.kind) {
        case 'cancel':
          return { kind: 'cancelInstance', byParent: false };
        case 'suspend':
          return { kind: 'suspendInstance', byParent: false };
        case 'resume':
          return { kind: 'resumeInstance', byParent: false };
        case 'resolveIncident':
          return { kind: 'resolveIncident', incidentKey: item.itemKey };
        case 'move':
          return { kind: 'modifyInstance', activate: [], terminate: [], move: plan.moves };
        case 'migrate': {
          const { targetProcessDefinitionKey, mapping } = plan;
          const order = { targetProcessDefinitionKey, mapping, byId: false, recomputeTimers: false };
          return migrations.commandOf(site, order);
        }
        default:
          return assertNever(plan);
      }
    };
  };

  const carryOut = async (
    plan: BatchPlan,
    item: store.BatchItem,
    { by, right }: { readonly by: string | null; readonly right: Right | null },
  ): Promise<void> => {
    const build = commandFor(plan, item);
    try {
      await runner.run({
        processInstanceKey: item.processInstanceKey,
        by,
        right,
        // In the transaction of the command: it is done and settled, or neither.
        build: async (site) => {
          const outcome = { state: 'COMPLETED', now: site.now, errorMessage: null } as const;
          return (await store.settleItem(site.tx, item, outcome)) ? build(site) : null;
        },
      });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const outcome = { state: 'FAILED', now: clock.now(), errorMessage: (error as Error).message } as const;
      await inTransactionBy(database, right, (tx) => store.settleItem(tx, item, outcome));
    }
  };

  const change = async (
    key: Key,
    { from, to }: { readonly from: readonly BatchState[]; readonly to: BatchState },
  ): Promise<void> => {
    const [batch] = await store.findBatches(reader, { key });
    if (batch === undefined) throw notFound({ ru: 'Пакетная операция', en: 'Batch operation' });
    const endedAt = to === 'CANCELED' ? clock.now() : null;
    if (await inTransaction(database, (tx) => store.changeBatch(tx, key, { from, to, endedAt }))) return;
    throw new Refused('conflict', {
      ru: `Пакетная операция ${key} сейчас в состоянии ${batch.state}; это можно сделать только из состояния ${from.join(', ')}.`,
      en: `The batch operation ${key} is ${batch.state}; this can be done only when it is ${from.join(' or ')}.`,
    });
  };

  /** Each bucket in its own transaction; then, and not before, the batch begins. */
  const writeItems = async (items: store.ItemsToTake): Promise<void> => {
    const [batch] = await store.findBatches(reader, { key: items.batchKey });
    if (batch?.state !== 'CREATED') return;
    // Where one transaction writes at a time, none is made easier by being one of many.
    const buckets = database.dialect.writesOneByOne ? [null] : await store.findBucketsToTake(reader, items);
    for (const bucket of buckets) await inTransaction(database, (tx) => store.insertItems(tx, items, bucket));
    const total = await store.countItems(reader, items.batchKey);
    await inTransaction(database, (tx) => store.beginBatch(tx, items.batchKey, { total, now: clock.now() }));
  };

  /** The next few items, behind those that failed, which have their turn again when the end is reached. */
  const carryOutLot = async (
    batch: store.BatchRow,
    right: Right | null,
  ): Promise<{ readonly items: number; readonly failed: readonly unknown[] }> => {
    const { batch_operation_key: key, created_by: by } = batch;
    const behind = failedUpTo.get(key) ?? 0;
    failedUpTo.delete(key);
    let items = await store.findOpenItems(reader, key, { limit: LOT, after: behind });
    if (items.length === 0 && behind > 0) items = await store.findOpenItems(reader, key, { limit: LOT, after: 0 });
    if (items.length === 0) {
      const ended = { from: ['ACTIVE'], to: 'COMPLETED', endedAt: clock.now() } as const;
      await inTransactionBy(database, right, (tx) => store.changeBatch(tx, key, ended));
    }
    const failed = await tryEach(items, AT_ONCE, (item) => carryOut(batch.plan as BatchPlan, item, { by, right }));
    if (failed.length > 0) failedUpTo.set(key, items.at(-1)!.itemKey);
    return { items: items.length, failed };
  };

  return {
    async create({ plan, filter, by, repeatable: command = null }) {
      const bucket = bucketForText(command?.commandId ?? `batch:${by}`);
      const newKey = await keys.next(bucket);
      const now = clock.now();
      const created = await inTransaction(database, (tx) =>
        runOnce(tx, { command, bucket, now }, async () => {
          await store.insertBatch(tx, {
            bucket,
            batch_operation_key: newKey,
            operation_type: OPERATION_TYPES[plan.kind],
            state: 'CREATED',
            plan,
            created_by: by,
            started_at: now,
            ended_at: null,
            total: 0,
          });
          return { batchOperationKey: newKey };
        }),
      );
      // A repeat goes on where the one before it stopped.
      await writeItems({ batchKey: created.batchOperationKey, kind: plan.kind, filter });
      return created;
    },

    suspend: (key) => change(key, { from: ['ACTIVE'], to: 'SUSPENDED' }),
    resume: (key) => change(key, { from: ['SUSPENDED'], to: 'ACTIVE' }),

    async cancel(key) {
      // A crash on the way leaves it suspended, with some items canceled: cancel it again, or resume the others.
      await change(key, { from: ['ACTIVE', 'SUSPENDED'], to: 'SUSPENDED' });
      for (const bucket of await store.findItemBuckets(reader, key)) {
        await inTransaction(database, (tx) => store.cancelOpenItems(tx, key, { bucket, now: clock.now() }));
      }
      await change(key, { from: ['SUSPENDED'], to: 'CANCELED' });
    },

    async proceed(rights = ALL_RIGHTS) {
      let done = 0;
      const failures: unknown[] = [];
      const each = async (state: BatchState, work: (batch: store.BatchRow, right: Right | null) => Promise<number>) => {
        const batches = await store.findBatches(reader, { state, rights });
        const failed = await tryEach(batches, 1, async (batch) => {
          done += await work(batch, rights.of(batch.bucket));
        });
        failures.push(...failed);
      };
      await each('ACTIVE', async (batch, right) => {
        const { items, failed } = await carryOutLot(batch, right);
        failures.push(...failed);
        return items;
      });
      await each('CREATED', async ({ batch_operation_key: key, started_at: startedAt }, right) => {
        if (startedAt > clock.now() - ABANDONED_MS) return 0;
        const given = { from: ['CREATED'], to: 'FAILED', endedAt: null } as const;
        await inTransactionBy(database, right, (tx) => store.changeBatch(tx, key, given));
        return 1;
      });
      await each('FAILED', async ({ batch_operation_key: key }, right) => {
        for (const bucket of await store.findItemBuckets(reader, key)) {
          await inTransactionBy(database, right, (tx) => store.deleteItems(tx, key, bucket));
        }
        const over = { from: ['FAILED'], to: 'FAILED', endedAt: clock.now() } as const;
        await inTransactionBy(database, right, (tx) => store.changeBatch(tx, key, over));
        return 1;
      });
      throwFailures(`Expected ${done} items of batch operations to be carried out`, failures);
      return done;
    },
  };
}

/** The instance cannot do it, and never will: that is the outcome of its item. Anything else is a fault and tried again. */
function isRefusal(error: unknown): boolean {
  return error instanceof CommandRejected || error instanceof UnknownInstance || error instanceof UnknownDefinition;
}

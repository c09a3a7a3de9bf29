import { assertNever, bucketOf, type EngineCommand, type Key } from '#engine';
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
import { forEachLimited } from '../worker/for-each-limited.ts';
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

export function createBatches(deps: {
  readonly database: Database;
  readonly keys: KeySource;
  readonly runner: Runner;
  readonly migrations: Migrations;
  readonly clock: Clock;
}): Batches {
  const { database, keys, runner, migrations, clock } = deps;
  const reader = readerOf(database);

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
    const changed = await inTransaction(database, async (tx) => {
      const now = clock.now();
      const done = await store.changeBatch(tx, key, { from, to, endedAt: to === 'CANCELED' ? now : null });
      if (done && to === 'CANCELED') await store.cancelOpenItems(tx, key, now);
      return done;
    });
    if (changed) return;
    throw new Refused('conflict', {
      ru: `Пакетная операция ${key} сейчас в состоянии ${batch.state}; это можно сделать только из состояния ${from.join(', ')}.`,
      en: `The batch operation ${key} is ${batch.state}; this can be done only when it is ${from.join(' or ')}.`,
    });
  };

  return {
    async create({ plan, filter, by, repeatable: command = null }) {
      const batchOperationKey = await keys.next(bucketForText(`batch:${by}`));
      const now = clock.now();
      return inTransaction(database, (tx) =>
        runOnce(tx, { command, now }, async () => {
          const total = await store.insertItems(tx, { batchKey: batchOperationKey, kind: plan.kind }, filter);
          await store.insertBatch(tx, {
            bucket: bucketOf(batchOperationKey),
            batch_operation_key: batchOperationKey,
            operation_type: OPERATION_TYPES[plan.kind],
            state: total === 0 ? 'COMPLETED' : 'ACTIVE',
            plan,
            created_by: by,
            started_at: now,
            ended_at: total === 0 ? now : null,
            total,
          });
          return { batchOperationKey };
        }),
      );
    },

    suspend: (key) => change(key, { from: ['ACTIVE'], to: 'SUSPENDED' }),
    resume: (key) => change(key, { from: ['SUSPENDED'], to: 'ACTIVE' }),
    cancel: (key) => change(key, { from: ['ACTIVE', 'SUSPENDED'], to: 'CANCELED' }),

    async proceed(rights = ALL_RIGHTS) {
      let done = 0;
      const faults: unknown[] = [];
      for (const batch of await store.findBatches(reader, { state: 'ACTIVE', rights })) {
        const right = rights.of(batch.bucket);
        const items = await store.findOpenItems(reader, batch.batch_operation_key, LOT);
        await forEachLimited(items, AT_ONCE, (item) =>
          carryOut(batch.plan as BatchPlan, item, { by: batch.created_by, right }).catch((error: unknown) => {
            faults.push(error);
          }),
        );
        done += items.length;
        if (items.length > 0) continue;
        const ended = { from: ['ACTIVE'], to: 'COMPLETED', endedAt: clock.now() } as const;
        await inTransactionBy(database, right, (tx) => store.changeBatch(tx, batch.batch_operation_key, ended));
      }
      if (faults.length === 0) return done;
      const first = (faults[0] as Error | null)?.message ?? String(faults[0]);
      throw new Error(
        `Expected ${done} items of batch operations to be carried out, but ${faults.length} failed and will be tried again. ` +
          `The first said: ${first}`,
        { cause: faults[0] },
      );
    },
  };
}

/** The instance cannot do it, and never will: that is the outcome of its item. Anything else is a fault and tried again. */
function isRefusal(error: unknown): boolean {
  return error instanceof CommandRejected || error instanceof UnknownInstance || error instanceof UnknownDefinition;
}

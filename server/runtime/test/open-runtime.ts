import type { TestDialect } from '../../test/dialects.ts';
import { queryRows, readerOf, type Database } from '../../database/connect.ts';
import { createKeySource, type KeySource } from '../../database/key-source.ts';
import { openTestDatabase } from '../../database/test/open-test-database.ts';
import { createDeployments, type Deployments } from '../../deployments/deployments.ts';
import { createMessages, type Messages } from '../../messages/messages.ts';
import { joinNodes, type Node } from '../../nodes/node.ts';
import { createSignals, type Signals } from '../../signals/signals.ts';
import { freeClaims } from '../../worker/free-claims.ts';
import { createWorker, type Worker } from '../../worker/worker.ts';
import { createDefinitions, type Definitions } from '../definitions.ts';
import { createRunner, type Runner } from '../runner.ts';

/** A clock that stands until it is moved. */
export interface VirtualClock {
  now(): number;
  set(instant: string): void;
  advance(milliseconds: number): void;
}

export function createVirtualClock(instant = '2026-11-23T06:00:00Z'): VirtualClock {
  let time = Date.parse(instant);
  return {
    now: () => time,
    set: (next) => void (time = Date.parse(next)),
    advance: (milliseconds) => void (time += milliseconds),
  };
}

export interface TestRuntime {
  readonly database: Database;
  readonly keys: KeySource;
  readonly definitions: Definitions;
  readonly deployments: Deployments;
  readonly runner: Runner;
  readonly clock: VirtualClock;
  readonly messages: Messages;
  readonly signals: Signals;
  readonly worker: Worker;
  readonly node: Node;
  /** What the worker reported. */
  readonly errors: string[];
  /** Deploys one process and gives its definition key. */
  deployProcess(xml: string): Promise<number>;
  rows(sql: string, parameters?: readonly (string | number)[]): Promise<readonly Record<string, unknown>[]>;
  /** Everything anew over the same rows; this one is over. */
  restarted(): Promise<TestRuntime>;
  /** Another node over the same rows; dropped by itself, before this one. */
  beside(): Promise<TestRuntime>;
  drop(): Promise<void>;
}

export interface RuntimeOptions extends Pick<Database, 'beforeCommit' | 'afterCommit'> {
  /** Of the node; long, so that a busy machine costs none its buckets. */
  readonly leaseMs?: number;
  /** See `openTestDatabase`. */
  readonly guarded?: boolean;
}

export async function openRuntime(
  dialect: TestDialect,
  { leaseMs = 60_000, guarded = true, ...hooks }: RuntimeOptions = {},
): Promise<TestRuntime> {
  const { database, drop } = await openTestDatabase(dialect, { guarded });
  return start({ database: { ...database, ...hooks }, drop, leaseMs, clock: createVirtualClock(), errors: [] });
}

/** What outlives a restart. */
interface Lasting extends Pick<TestRuntime, 'database' | 'clock' | 'errors'> {
  readonly leaseMs: number;
  readonly drop: () => Promise<void>;
}

async function start(lasting: Lasting): Promise<TestRuntime> {
  const { database, clock, errors, drop, leaseMs } = lasting;
  const onError = (error: unknown, place: string): void => void errors.push(`${place}: ${(error as Error).message}`);
  const node = await joinNodes({
    database,
    leaseMs,
    onError,
    onTake: (tx, buckets) => freeClaims(tx, buckets, clock.now()),
  });
  const keys = createKeySource(database, node.buckets);
  const definitions = await createDefinitions({ database });
  const deployments = createDeployments({ database, keys, definitions, clock, node });
  const runner = createRunner({ database, keys, definitions, clock });
  const messages = createMessages({ database, keys, runner, clock });
  const signals = createSignals({ database, keys, runner, clock, onRefused: onError });
  const worker = createWorker({ database, runner, definitions, messages, signals, clock, node, onError });
  await node.hasRead(definitions.catalog.revision);
  const stop = async (): Promise<void> => {
    await worker.stop();
    await node.close();
  };
  return {
    messages,
    signals,
    worker,
    node,
    errors,
    database,
    keys,
    definitions,
    deployments,
    runner,
    clock,
    async drop() {
      await stop();
      await drop();
    },
    async restarted() {
      await stop();
      return start(lasting);
    },
    beside: () => start({ ...lasting, errors: [], drop: () => Promise.resolve() }),
    async deployProcess(xml) {
      const [, id = ''] = /<bpmn:process id="([^"]+)"/.exec(xml) ?? [];
      const deployment = await deployments.deploy({ resources: [{ name: `${id}.bpmn`, content: xml }], by: 'analyst' });
      return deployment.definitions[0]!.definitionKey;
    },
    rows: (sql, parameters = []) => queryRows(readerOf(database), sql, parameters),
  };
}

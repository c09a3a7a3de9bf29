import assert from 'node:assert/strict';
import { BUCKET_COUNT, bucketOf } from '#engine';
import { inTransaction } from '../database/transaction.ts';
import { queryRows } from '../database/connect.ts';
import type { Batches } from '../operations/batches.ts';
import { createDefinitionSuspension } from '../operations/definition-suspension.ts';
import { SuspendedDefinition } from '../runtime/runtime-errors.ts';
import { bpmn, sequence, serviceTask, timer, userTask } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { until } from '../test/until.ts';
import { claimDueTimers } from '../worker/claim-due-timers.ts';
import { fireTimers } from '../worker/fire-timers.ts';
import { deliverOutbox } from '../worker/deliver-outbox.ts';
import type { ReceivedHint } from './hints.ts';
import { insertNode } from './node-store.ts';
import { RightLost, type Rights } from './rights.ts';

const LEASE_MS = 1_000;

forEachDialect((dialect) => {
  if (dialect.name === 'sqlite') {
    it('on SQLite one node has every bucket and asks nobody', async () => {
      const runtime = await openRuntime(dialect);
      const rights = runtime.node.rights();
      assert.deepEqual([rights.buckets, rights.within('bucket'), rights.of(7)], [null, '', null]);
      assert.deepEqual(await runtime.rows('SELECT node_id FROM server_node'), []);
      await runtime.drop();
    });
    return;
  }

  describe('nodes on one database', () => {
    let first: TestRuntime;
    let second: TestRuntime;
    beforeEach(async () => {
      first = await openRuntime(dialect);
      second = await first.beside();
    });
    afterEach(async () => {
      await second.drop();
      await first.drop();
    });

    it('share the buckets: the second takes its half when the first has given it back, and all when the first leaves', async () => {
      assert.deepEqual([held(first), held(second)], [BUCKET_COUNT, 0]);
      await settle(first, second);
      assert.deepEqual([held(first), held(second)], [128, 128]);
      const own = new Set(first.node.buckets());
      assert.ok(second.node.buckets()!.every((bucket) => !own.has(bucket)));
      await first.node.close();
      await beat(second);
      assert.equal(held(second), BUCKET_COUNT);
    });

    it('begin new instances in their own buckets, and take commands for every instance', async () => {
      await settle(first, second);
      const definition = await first.deployProcess(bpmn('both', sequence(userTask('ask'))));
      for (const node of [first, second]) {
        const { processInstanceKey: key } = await node.runner.start({
          processDefinitionKey: definition,
          variables: {},
          by: null,
        });
        assert.ok(node.node.rights().holds(bucketOf(key)));
        const [task] = await first.rows('SELECT user_task_key AS key FROM user_task WHERE process_instance_key = ?', [
          key,
        ]);
        const other = node === first ? second : first;
        const done = await other.runner.run({
          processInstanceKey: key,
          by: 'anna',
          build: () => ({ kind: 'completeUserTask', userTaskKey: task!.key as number, variables: {} }),
        });
        assert.equal(done!.state, 'completed');
      }
    });

    it('may start what another has just deployed', async () => {
      await settle(first, second);
      const definition = await first.deployProcess(bpmn('fresh', sequence(userTask('ask'))));
      assert.equal(second.definitions.catalog.latest('process', 'fresh')?.definitionKey, definition);
    });

    it('start nothing of what another has just suspended', async () => {
      await settle(first, second);
      const definition = await first.deployProcess(bpmn('closed', sequence(userTask('ask'))));
      const { database, definitions, clock, node } = first;
      const suspension = createDefinitionSuspension({ database, definitions, clock, node, batches: {} as Batches });
      const order = { processDefinitionKey: definition, suspended: true, withInstances: false, by: 'anna' };
      await suspension.set(order);
      const start = { processDefinitionKey: definition, variables: {}, by: null };
      await assert.rejects(second.runner.start(start), SuspendedDefinition);
      await suspension.set({ ...order, suspended: false });
      await second.runner.start(start);
    });

    it('tell each other of jobs and timers', async () => {
      await settle(first, second);
      const definition = await first.deployProcess(
        bpmn('told', sequence(serviceTask('work', 'far-work'), timer('pause', 'PT1H'))),
      );
      const hints: ReceivedHint[] = [];
      second.node.onHint((hint) => hints.push(hint));
      const waiting = second.worker.jobs.activate({
        type: 'far-work',
        worker: 'w',
        timeout: 60_000,
        maxJobs: 1,
        requestTimeout: 20_000,
      });
      await first.runner.start({ processDefinitionKey: definition, variables: {}, by: null });
      const [job] = await waiting;
      // Without a line it is found by polling.
      if (first.database.openLine !== undefined) {
        await until('the hint has come', () => hints.some(({ jobTypes }) => jobTypes.includes('far-work')));
      }
      hints.splice(0);
      await second.worker.jobs.complete({ ...job!, variables: {}, by: null });
      // Heard by its owner; nobody listens to himself.
      assert.deepEqual(hints, []);
    });

    it('each fire the timers of their own buckets', async () => {
      await settle(first, second);
      const definition = await first.deployProcess(bpmn('waits', sequence(timer('pause', 'PT1H'))));
      for (const { runner } of [first, second]) {
        await runner.start({ processDefinitionKey: definition, variables: {}, by: null });
      }
      first.clock.advance(3_600_000);
      await first.worker.drain();
      assert.equal(await count(first, "state = 'completed'"), 1);
      await second.worker.drain();
      assert.equal(await count(first, "state = 'completed'"), 2);
    });
  });

  describe('a node that has lost its buckets and does not know it', () => {
    let runtime: TestRuntime;
    let old: Rights;
    before(async () => (runtime = await openRuntime(dialect)));
    after(() => runtime.drop());
    beforeEach(() => (old = runtime.node.rights()));

    /** What a take-over does, without waiting for one. */
    const takeAll = async (): Promise<void> => {
      await inTransaction(runtime.database, (tx) =>
        queryRows(tx, 'UPDATE bucket_lease SET epoch = epoch + 1 WHERE bucket >= 0'),
      );
      await beat(runtime);
    };

    it('claims no timer, and fires none that it had claimed', async () => {
      const definition = await runtime.deployProcess(bpmn('fenced', sequence(timer('pause', 'PT1H'))));
      await runtime.runner.start({ processDefinitionKey: definition, variables: {}, by: null });
      runtime.clock.advance(3_600_000);
      const { database, runner, clock } = runtime;
      const [claimed] = await claimDueTimers(database, { now: clock.now(), limit: 10, rights: old });
      await takeAll();
      await assert.rejects(
        runner.run({
          processInstanceKey: claimed!.processInstanceKey,
          by: null,
          right: claimed!.right,
          build: () => ({ kind: 'fireTimer', timerKey: claimed!.timerKey }),
        }),
        RightLost,
      );
      assert.equal(await count(runtime, "process_id = 'fenced' AND state = 'active'"), 1);
      clock.advance(31_000);
      const deps = { database, runner, zone: 'UTC', onError: () => undefined };
      await assert.rejects(fireTimers({ ...deps, rights: old }, clock.now()), RightLost);
      assert.equal(await fireTimers({ ...deps, rights: runtime.node.rights() }, clock.now()), 1);
      assert.equal(await count(runtime, "process_id = 'fenced' AND state = 'completed'"), 1);
    });

    it('harms no command of a person in the same batch', async () => {
      const definition = await runtime.deployProcess(bpmn('mixed', sequence(userTask('ask'))));
      const { processInstanceKey } = await runtime.runner.start({
        processDefinitionKey: definition,
        variables: {},
        by: null,
      });
      const right = old.of(bucketOf(processInstanceKey));
      await takeAll();
      const build = () => ({ kind: 'setVariables', scopeKey: null, variables: { seen: true } }) as never;
      const outcomes = await Promise.allSettled([
        runtime.runner.run({ processInstanceKey, by: null, right, build }),
        runtime.runner.describeCase(processInstanceKey, { title: 'Дело' }),
      ]);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['rejected', 'fulfilled'],
      );
    });

    it('delivers nothing from the outbox, takes no row out of it and postpones none', async () => {
      await runtime.signals.broadcast({ name: 'nobody-hears', variables: {} });
      const place = { now: runtime.clock.now(), bucket: 3, id: 'x' };
      await inTransaction(runtime.database, (tx) =>
        queryRows(
          tx,
          `INSERT INTO outbox (bucket, outbox_id, kind, payload, created_at, available_at, attempts) VALUES (?, ?, 'slow', '{}', ?, ?, 0)`,
          [place.bucket, place.id, place.now, place.now],
        ),
      );
      const failures: unknown[] = [];
      const deliver = (rights: Rights, handler: () => Promise<void>): Promise<number> =>
        deliverOutbox(
          {
            database: runtime.database,
            rights,
            handlers: new Map([['slow', handler]]),
            onError: (error) => failures.push(error),
          },
          runtime.clock.now(),
        );
      // The bucket changes hands while the handler is at work.
      await assert.rejects(deliver(old, takeAll), RightLost);
      assert.equal((await runtime.rows("SELECT attempts FROM outbox WHERE outbox_id = 'x'"))[0]!.attempts, 1);
      runtime.clock.advance(31_000);
      assert.equal(await deliver(runtime.node.rights(), () => Promise.resolve()), 1);
      assert.deepEqual(failures, []);
    });
  });

  it('a node may make itself known twice: whether its first COMMIT happened is not always told', async () => {
    const runtime = await openRuntime(dialect);
    const row = { nodeId: 'in-doubt', now: 1, until: 1_001, revision: 0 };
    await inTransaction(runtime.database, (tx) => insertNode(tx, row));
    await inTransaction(runtime.database, (tx) => insertNode(tx, { ...row, now: 2_000, until: 3_000 }));
    const [node] = await runtime.rows("SELECT lease_until FROM server_node WHERE node_id = 'in-doubt'");
    assert.equal(node!.lease_until, 3_000);
    await runtime.drop();
  });

  describe('a node that falls silent', () => {
    it('loses its buckets to the others when its lease has ended, and begins anew under another name', async () => {
      const first = await openRuntime(dialect, { leaseMs: LEASE_MS });
      const second = await first.beside();
      try {
        await settle(first, second);
        const before = held(first);
        await inTransaction(first.database, (tx) =>
          queryRows(tx, 'UPDATE server_node SET lease_until = 0 WHERE node_id = ?', [first.node.name()]),
        );
        const name = first.node.name();
        await beat(second);
        await until('the second has them', () => held(second) > before);
        await until('the first has another name', () => first.node.name() !== name);
        await until('they share again', () => held(first) === 128 && held(second) === 128);
        assert.ok(first.node.counts().lost > 0);
      } finally {
        await second.drop();
        await first.drop();
      }
    });
  });
});

function held({ node }: TestRuntime): number {
  return node.buckets()!.length;
}

/** A heartbeat now: what a hint that buckets are free brings about. */
async function beat({ node }: TestRuntime): Promise<void> {
  await node.beat();
}

async function settle(...runtimes: readonly TestRuntime[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const one of runtimes) await beat(one);
}

async function count(runtime: TestRuntime, where: string): Promise<number> {
  return Number((await runtime.rows(`SELECT count(*) AS n FROM process_instance WHERE ${where}`))[0]!.n);
}

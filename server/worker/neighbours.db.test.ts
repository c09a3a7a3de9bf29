import assert from 'node:assert/strict';
import { queryRows } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { bpmn, receive, sequence, serviceTask, timer, userTask } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import type { Runner } from '../runtime/runner.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createMessages } from '../messages/messages.ts';
import { createWorker, type Worker } from './worker.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

forEachDialect((dialect) => {
  describe('an instance at which the engine stumbles', () => {
    let runtime: TestRuntime;
    let bad: number;
    let failures: string[];
    beforeEach(async () => {
      runtime = await openRuntime(dialect);
      failures = [];
    });
    afterEach(() => runtime.drop());

    const start = async (processDefinitionKey: number, variables = {}): Promise<number> =>
      (await runtime.runner.start({ processDefinitionKey, variables, by: null })).processInstanceKey;
    /** The worker of a server in which every command on the instance `bad` fails by a fault of ours. */
    const faultyWorker = (): Worker => {
      const runner: Runner = {
        ...runtime.runner,
        run: (request) =>
          request.processInstanceKey === bad
            ? Promise.reject(new Error('a fault of ours'))
            : runtime.runner.run(request),
      };
      const messages = createMessages({ ...runtime, runner });
      const onError = (error: unknown, place: string): void =>
        void failures.push(`${place}: ${(error as Error).message}`);
      return createWorker({ ...runtime, runner, messages, onError });
    };
    const activeAmong = async (keys: readonly number[]): Promise<readonly number[]> => {
      const rows = await runtime.rows(
        `SELECT process_instance_key AS k FROM process_instance WHERE state = 'active' AND process_instance_key IN (${keys.join()})`,
      );
      return rows.map(({ k }) => k as number);
    };

    it('keeps no other timer from firing and no lease from being freed, and no later work of the round undone', async () => {
      const timed = await runtime.deployProcess(bpmn('timed', sequence(timer('pause', 'PT1M'))));
      const leased = await runtime.deployProcess(bpmn('leased', sequence(serviceTask('far', 'far-work'))));
      const own = await runtime.deployProcess(bpmn('own', sequence(serviceTask('near', 'own-work'))));
      const jobs = [await start(leased), await start(leased), await start(leased)];
      const claim = { type: 'far-work', worker: 'dies', timeout: MINUTE, requestTimeout: -1 };
      assert.equal((await runtime.worker.jobs.activate({ ...claim, maxJobs: 10 })).length, 3);
      const timers = [await start(timed), await start(timed)];
      const mine = await start(own);
      runtime.clock.advance(2 * MINUTE);
      bad = jobs[0]!;
      const worker = faultyWorker();
      worker.registerJobType('own-work', () => Promise.resolve());
      await worker.drain();
      assert.deepEqual(await activeAmong([...timers, mine]), []);
      const free = await runtime.worker.jobs.activate({ ...claim, maxJobs: 10 });
      assert.deepEqual(free.map((job) => job.processInstanceKey).sort(), jobs.slice(1).sort());
      assert.ok(failures.length > 0);
      assert.match(failures[0]!, /^leases: Expected 3 ended leases to be freed, but 1 failed .* a fault of ours/);
    });

    it('keeps no message from those who wait beside it', async () => {
      const event = receive('hear', 'word', '=key');
      const [one, two] = [
        await runtime.deployProcess(bpmn('one', sequence(event, userTask('after')), event.around)),
        await runtime.deployProcess(bpmn('two', sequence(event, userTask('after')), event.around)),
      ];
      bad = await start(one, { key: 'A' });
      const beside = [await start(two, { key: 'A' }), await start(one, { key: 'B' })];
      await runtime.worker.drain();
      // Stored by a node that died before it looked for receivers.
      const messages = createMessages({ ...runtime, runner: { ...runtime.runner, run: dies } });
      for (const correlationKey of ['A', 'B']) {
        const message = { name: 'word', correlationKey, variables: {}, timeToLive: HOUR, by: null };
        await assert.rejects(messages.publish(message), /died/);
      }
      await inTransaction(runtime.database, (tx) => queryRows(tx, 'DELETE FROM message_correlation WHERE bucket >= 0'));
      runtime.clock.advance(MINUTE);
      await faultyWorker().drain();
      const reached = await runtime.rows("SELECT process_instance_key AS k FROM user_task WHERE element_id = 'after'");
      assert.deepEqual(reached.map(({ k }) => k as number).sort(), beside.sort());
      assert.match(failures[0]!, /^messages: .* a fault of ours/);
      runtime.clock.advance(MINUTE);
      await runtime.worker.drain();
      assert.equal((await runtime.rows("SELECT 1 FROM user_task WHERE element_id = 'after'")).length, 3, 'then it too');
    });

    it('has its outbox row tried again, and one that nobody can read keeps no other from its turn', async () => {
      const insert = (id: string, payload: string): Promise<unknown> =>
        inTransaction(runtime.database, (tx) =>
          queryRows(
            tx,
            `INSERT INTO outbox (bucket, outbox_id, kind, payload, created_at, available_at, attempts) VALUES (7, ?, 'note', ?, ?, ?, 0)`,
            [id, payload, runtime.clock.now(), runtime.clock.now()],
          ),
        );
      await insert('1:torn', '{"half');
      await insert('2:whole', '{"told": true}');
      const told: unknown[] = [];
      const worker = faultyWorker();
      worker.registerOutbox('note', ({ payload }) => Promise.resolve(void told.push(payload)));
      await worker.drain();
      assert.deepEqual(told, [{ told: true }]);
      const left = await runtime.rows('SELECT outbox_id, error_message FROM outbox');
      assert.deepEqual(
        left.map(({ outbox_id: id }) => id),
        ['1:torn'],
      );
      assert.match(String(left[0]!['error_message']), /JSON/);
    });
  });
});

const dies = (): Promise<never> => Promise.reject(new Error('died'));

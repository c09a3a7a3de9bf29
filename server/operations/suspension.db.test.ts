import assert from 'node:assert/strict';
import { readerOf } from '../database/connect.ts';
import { loadInstances } from '../runtime/instance-store.ts';
import { CommandRejected } from '../runtime/runtime-errors.ts';
import {
  bpmn,
  callActivity,
  receive,
  sequence,
  serviceTask,
  signal,
  signalCatch,
  timer,
} from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';

forEachDialect((dialect) => {
  describe('suspended instances', () => {
    let runtime: TestRuntime;
    beforeEach(async () => (runtime = await openRuntime(dialect)));
    afterEach(() => runtime.drop());

    const start = async (xml: string, variables = {}): Promise<number> => {
      const processDefinitionKey = await runtime.deployProcess(xml);
      return (await runtime.runner.start({ processDefinitionKey, variables, by: null })).processInstanceKey;
    };
    const order = (kind: 'suspendInstance' | 'resumeInstance', processInstanceKey: number) =>
      runtime.runner.run({ processInstanceKey, by: 'boss', build: () => ({ kind, byParent: false }) });
    const activeAt = async (key: number): Promise<readonly string[]> => {
      const { instance } = (await loadInstances(readerOf(runtime.database), [key])).get(key)!;
      return [...instance.elements.values()].slice(1).map(({ elementId }) => elementId);
    };
    const claim = () =>
      runtime.worker.jobs.activate({ type: 'mail', worker: 'w', timeout: 60_000, maxJobs: 10, requestTimeout: -1 });

    it('offer no jobs, and a job that a worker has already is answered all the same', async () => {
      const key = await start(bpmn('mails', sequence(serviceTask('send', 'mail'), serviceTask('again', 'mail'))));
      const [job] = await claim();
      await order('suspendInstance', key);
      const other = await start(bpmn('mails', sequence(serviceTask('send', 'mail'))));
      assert.deepEqual(
        (await claim()).map((one) => one.processInstanceKey),
        [other],
      );
      await runtime.worker.jobs.complete({
        jobKey: job!.jobKey,
        leaseEpoch: job!.leaseEpoch,
        variables: { sent: true },
        by: null,
      });
      assert.deepEqual(await activeAt(key), ['send'], 'the answer is held');
      const reopened = await runtime.restarted();
      await order('resumeInstance', key);
      assert.deepEqual(await activeAt(key), ['again']);
      assert.deepEqual(
        (await claim()).map((one) => one.processInstanceKey),
        [key],
      );
      runtime = reopened;
    });

    it('fire no timers; what became due fires after the resume', async () => {
      const key = await start(bpmn('naps', sequence(timer('nap', 'PT1H'), serviceTask('send', 'mail'))));
      await order('suspendInstance', key);
      runtime.clock.advance(7_200_000);
      await runtime.worker.drain();
      assert.deepEqual(await activeAt(key), ['nap']);
      assert.deepEqual(
        await runtime.rows('SELECT lease_until FROM timer'),
        [{ lease_until: null }],
        'nobody claims it',
      );
      await order('resumeInstance', key);
      await runtime.worker.drain();
      assert.deepEqual(await activeAt(key), ['send']);
    });

    it('take no message, which stays for them, and miss a signal', async () => {
      const letter = receive('hear', 'letter', '=orderId');
      const key = await start(
        bpmn('hears', sequence(letter, signalCatch('wake', 'alarm')), letter.around + signal('alarm')),
        {
          orderId: 'A-1',
        },
      );
      await order('suspendInstance', key);
      const message = { name: 'letter', correlationKey: 'A-1', variables: {}, timeToLive: 60_000, by: null };
      assert.deepEqual((await runtime.messages.publish(message)).correlations, []);
      await order('resumeInstance', key);
      await runtime.worker.drain();
      assert.deepEqual(await activeAt(key), ['wake']);
      await order('suspendInstance', key);
      await runtime.signals.broadcast({ name: 'alarm', variables: {} });
      await runtime.worker.drain();
      await order('resumeInstance', key);
      await runtime.worker.drain();
      assert.deepEqual(await activeAt(key), ['wake'], 'a signal is not kept');
      assert.deepEqual(runtime.errors, []);
    });

    it('are suspended with what they have called, and refuse a second time', async () => {
      await runtime.deployProcess(bpmn('inner', sequence(serviceTask('send', 'mail'))));
      const key = await start(bpmn('outer', sequence(callActivity('call', 'inner'))));
      await order('suspendInstance', key);
      const rows = await runtime.rows('SELECT suspended_at FROM process_instance');
      assert.equal(rows.filter((row) => row['suspended_at'] !== null).length, 2);
      assert.deepEqual(await claim(), []);
      await assert.rejects(order('suspendInstance', key), CommandRejected);
      await order('resumeInstance', key);
      await assert.rejects(order('resumeInstance', key), CommandRejected);
      assert.equal((await claim()).length, 1);
    });
  });
});

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { forEachDialect } from '../test/dialects.ts';
import { ORDER, PACKING, PAYMENT, resources } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };
const LEASE = 60_000n as never;

forEachDialect((dialect) => {
  describe('jobs and messages of /v2', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
      await boss.createDeployment({
        resources: resources({ 'packing.bpmn': PACKING, 'order.bpmn': ORDER, 'payment.bpmn': PAYMENT }),
      });
    });
    after(() => served.close());

    const start = async (processDefinitionId: string, variables = {}) =>
      (await boss.createProcessInstance({ processDefinitionId: processDefinitionId as never, variables }))
        .processInstanceKey;
    const take = async (type: string, wait = -1n) =>
      (
        await boss.activateJobs({
          type,
          timeout: LEASE,
          maxJobsToActivate: 10,
          requestTimeout: wait as never,
          worker: 'test',
        })
      ).jobs;
    const stateOf = async (processInstanceKey: Awaited<ReturnType<typeof start>>) =>
      (await boss.getProcessInstance({ processInstanceKey }, NOW)).state;

    it('offers a failed job again after its back-off, then raises an incident, and resolves it', async () => {
      const processInstanceKey = await start('packing');
      const [job] = await take('pack');
      const { jobKey } = job!;
      await job!.fail({ errorMessage: 'Нет коробок', retries: 1, retryBackOff: 60_000 });
      assert.deepEqual(await take('pack'), []);
      const [waiting] = (await boss.searchJobs({ filter: { jobKey } }, NOW)).items;
      assert.deepEqual(
        [waiting!.state, waiting!.hasFailedWithRetriesLeft, waiting!.errorMessage],
        ['FAILED', true, 'Нет коробок'],
      );

      served.advance(61_000);
      const [again] = await take('pack');
      assert.deepEqual([again?.jobKey, again?.retries], [jobKey, 1]);
      await again!.fail({ errorMessage: 'Нет коробок совсем', retries: 0 });
      assert.deepEqual(await take('pack'), []);

      const { items } = await boss.searchIncidents({ filter: { processInstanceKey, state: 'ACTIVE' } }, NOW);
      const [incident] = items!;
      assert.deepEqual(
        [incident!.errorType, incident!.errorMessage, incident!.jobKey, incident!.elementId],
        ['JOB_NO_RETRIES', 'Нет коробок совсем', jobKey, 'pack'],
      );
      assert.equal((await boss.getProcessInstance({ processInstanceKey }, NOW)).hasIncident, true);
      const ofInstance = await boss.searchProcessInstanceIncidents({ processInstanceKey }, NOW);
      assert.equal(ofInstance.items!.length, 1);
      const stuck = await boss.searchElementInstances({ filter: { processInstanceKey, hasIncident: true } }, NOW);
      assert.equal(stuck.items![0]!.incidentKey, incident!.incidentKey);
      const { elementInstanceKey } = incident!;
      for (const filter of [{ jobKey }, { elementInstanceKey }]) {
        const found = await boss.searchIncidents({ filter }, NOW);
        assert.deepEqual(
          found.items!.map((one) => one.incidentKey),
          [incident!.incidentKey],
        );
      }
      const ofElement = await boss.searchJobs({ filter: { elementInstanceKey } }, NOW);
      assert.deepEqual(
        ofElement.items.map((one) => one.jobKey),
        [jobKey],
      );
      const byIncident = await boss.searchElementInstances({ filter: { incidentKey: incident!.incidentKey } }, NOW);
      assert.deepEqual(
        byIncident.items!.map((one) => one.elementInstanceKey),
        [elementInstanceKey],
      );

      const { incidentKey } = incident!;
      await boss.updateJob({ jobKey, changeset: { retries: 2 } });
      await boss.resolveIncident({ incidentKey: incidentKey! });
      assert.equal((await boss.getIncident({ incidentKey: incidentKey! }, NOW)).state, 'RESOLVED');
      await assert.rejects(boss.resolveIncident({ incidentKey: incidentKey! }), { status: 404 });
      const [last] = await take('pack');
      assert.equal(last!.retries, 2);
      await last!.complete();
      assert.equal(await stateOf(processInstanceKey), 'COMPLETED');
      await assert.rejects(boss.completeJob({ jobKey }), { status: 404 });
    });

    it('leads a modelled error to its boundary event, and an unknown one to an incident', async () => {
      const caught = await start('order');
      const [job] = await take('reserve');
      await job!.error({ errorCode: 'OUT_OF_STOCK', errorMessage: 'Нет на складе', variables: { left: 0 } });
      assert.equal(await stateOf(caught), 'COMPLETED');
      const ends = await boss.searchElementInstances(
        { filter: { processInstanceKey: caught, type: 'END_EVENT' } },
        NOW,
      );
      assert.deepEqual(
        ends.items!.map(({ elementId }) => elementId),
        ['refused'],
      );

      const uncaught = await start('order');
      const [other] = await take('reserve');
      await other!.error({ errorCode: 'FIRE' });
      const incidents = await boss.searchIncidents({ filter: { processInstanceKey: uncaught } }, NOW);
      assert.equal(incidents.items![0]!.errorType, 'UNHANDLED_ERROR_EVENT');
      await boss.cancelProcessInstance({ processInstanceKey: uncaught });
      assert.equal(await stateOf(uncaught), 'TERMINATED');
    });

    it('holds the request until a job comes, and no longer than asked', async () => {
      const began = performance.now();
      assert.deepEqual(await take('pack', 300n), []);
      const waited = performance.now() - began;
      assert.ok(waited >= 290 && waited < 9_000, `waited ${waited} ms`);

      const pending = take('pack', 10_000n);
      await sleep(150);
      const processInstanceKey = await start('packing', { box: 'B' });
      const [job] = await pending;
      assert.deepEqual(
        [job?.processInstanceKey, job?.variables, job?.worker],
        [processInstanceKey, { box: 'B' }, 'test'],
      );
      assert.ok(job!.deadline > BigInt(Date.now()));
      await job!.modifyJobTimeout({ newTimeoutMs: 120_000 });
      await job!.modifyRetries({ retries: 7 });
      const { items } = await boss.searchJobs({ filter: { jobKey: job!.jobKey } }, NOW);
      assert.equal(items[0]!.retries, 7);
      await boss.cancelProcessInstance({ processInstanceKey });
      await assert.rejects(job!.complete(), { status: 404 });
      await assert.rejects(boss.cancelProcessInstance({ processInstanceKey }), { status: 404 });
    });

    it('gives a job of a silent worker to another one', async () => {
      const processInstanceKey = await start('packing');
      assert.equal((await take('pack')).length, 1);
      assert.equal((await take('pack')).length, 0);
      served.advance(61_000);
      await served.settle();
      const [job] = await take('pack');
      assert.equal(job?.processInstanceKey, processInstanceKey);
      assert.equal(job?.retries, 2);
      await job.complete();
    });

    it('fetches only the variables asked for', async () => {
      await start('packing', { a: 1, b: 2 });
      const { jobs } = await boss.activateJobs({
        type: 'pack',
        timeout: LEASE,
        maxJobsToActivate: 1,
        fetchVariable: ['b'],
      });
      assert.deepEqual(jobs[0]!.variables, { b: 2 });
      await jobs[0]!.complete();
    });

    it('correlates a message with the one who waits, and keeps one for whoever will wait', async () => {
      const waiting = await start('payment', { orderId: 'Z-1' });
      const subscriptions = await boss.searchMessageSubscriptions({ filter: { processInstanceKey: waiting } }, NOW);
      assert.deepEqual(
        subscriptions.items!.map(({ messageName, correlationKey }) => [messageName, correlationKey]),
        [['payment', 'Z-1']],
      );
      await assert.rejects(boss.correlateMessage({ name: 'payment', correlationKey: 'Z-9' }), { status: 404 });
      const result = await boss.correlateMessage({ name: 'payment', correlationKey: 'Z-1', variables: { sum: 100 } });
      assert.equal(result.processInstanceKey, waiting);
      assert.equal(await stateOf(waiting), 'COMPLETED');
      const { items } = await boss.searchVariables({ filter: { processInstanceKey: waiting, name: 'sum' } }, NOW);
      assert.equal(items[0]!.value, '100');
      const got = await boss.searchCorrelatedMessageSubscriptions({ filter: { processInstanceKey: waiting } }, NOW);
      const [{ messageKey, subscriptionKey, ...correlated }] = got.items as [(typeof got.items & object)[number]];
      assert.equal(messageKey, result.messageKey);
      assert.equal(String(subscriptionKey), String(subscriptions.items![0]!.messageSubscriptionKey));
      assert.deepEqual(
        [correlated.messageName, correlated.correlationKey, correlated.elementId, correlated.elementInstanceKey],
        ['payment', 'Z-1', 'waitForPayment', subscriptions.items![0]!.elementInstanceKey],
      );

      const kept = { name: 'payment', correlationKey: 'Z-2', timeToLive: 3_600_000n as never, messageId: 'bank-7' };
      await boss.publishMessage(kept);
      await assert.rejects(boss.publishMessage(kept), { status: 409 });
      const late = await start('payment', { orderId: 'Z-2' });
      await served.settle();
      assert.equal(await stateOf(late), 'COMPLETED');
    });

    it('waits for the result of a process that is asked for it', async () => {
      const quick = boss.createProcessInstance({
        processDefinitionId: 'packing' as never,
        variables: { a: 1 },
        awaitCompletion: true,
        fetchVariables: ['done'],
      });
      const { jobs } = await boss.activateJobs({ type: 'pack', timeout: LEASE, maxJobsToActivate: 1 });
      await jobs[0]!.complete({ done: true });
      assert.deepEqual((await quick).variables, { done: true });
      const slow = boss.createProcessInstance({
        processDefinitionId: 'packing' as never,
        awaitCompletion: true,
        requestTimeout: 200n as never,
      });
      await assert.rejects(slow, { status: 504 });
    });

    it('writes variables into a scope or up to the root', async () => {
      const processInstanceKey = await start('order', { price: 1 });
      const [element] = (
        await boss.searchElementInstances({ filter: { processInstanceKey, elementId: 'reserve' as never } }, NOW)
      ).items!;
      const { elementInstanceKey } = element!;
      await boss.createElementInstanceVariables({ elementInstanceKey, variables: { note: 'x' }, local: true });
      await boss.createElementInstanceVariables({ elementInstanceKey, variables: { price: 2 } });
      const { items } = await boss.searchVariables({ filter: { processInstanceKey }, sort: [{ field: 'name' }] }, NOW);
      assert.deepEqual(
        items.map(({ name, value, scopeKey }) => [name, value, String(scopeKey)]),
        [
          ['note', '"x"', elementInstanceKey],
          ['price', '2', String(processInstanceKey)],
        ],
      );
    });
  });
});

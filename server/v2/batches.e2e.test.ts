import assert from 'node:assert/strict';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { PASSWORD } from '../http/test/serve-routes.ts';
import { bpmn, sequence, serviceTask, timer, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { resources } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };

forEachDialect((dialect) => {
  describe('batch operations through the official client', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    beforeEach(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
      await deploy(bpmn('trip', sequence(userTask('ask'), serviceTask('book', 'book'))));
    });
    afterEach(() => served.close());

    const deploy = async (xml: string) => {
      const { processes } = await boss.createDeployment({ resources: resources({ 'trip.bpmn': xml }) });
      return processes[0]!.processDefinitionKey;
    };
    const start = async (count: number, variables = {}) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const started = await boss.createProcessInstance({ processDefinitionId: 'trip' as never, variables });
          return started.processInstanceKey;
        }),
      );
    const trips = { filter: { processDefinitionId: 'trip' } } as const;
    const progress = async (batchOperationKey: string | undefined) => {
      const batch = await boss.getBatchOperation({ batchOperationKey: batchOperationKey as never }, NOW);
      const { state, operationsTotalCount, operationsCompletedCount, operationsFailedCount } = batch;
      return [state, operationsTotalCount, operationsCompletedCount, operationsFailedCount];
    };
    const counts = async () => {
      const found = await boss.searchProcessInstances(
        { ...trips, filter: { ...trips.filter, state: 'ACTIVE' } } as never,
        NOW,
      );
      return Number(found.page.totalItems);
    };

    it('cancel by filter, with progress and items, and nothing that does not fit', async () => {
      const cancelled = await start(3, { city: 'Omsk' });
      await start(2, { city: 'Perm' });
      const created = await boss.cancelProcessInstancesBatchOperation(
        {
          filter: { processDefinitionId: 'trip', variables: [{ name: 'city', value: '"Omsk"' }] },
        },
        NOW,
      );
      assert.equal(created.batchOperationType, 'CANCEL_PROCESS_INSTANCE');
      assert.deepEqual(await progress(created.batchOperationKey), ['ACTIVE', 3, 0, 0]);
      await served.settle();
      assert.deepEqual(await progress(created.batchOperationKey), ['COMPLETED', 3, 3, 0]);
      assert.equal(await counts(), 2);
      const { items } = await boss.searchBatchOperationItems(
        { filter: { batchOperationKey: created.batchOperationKey as never, state: 'COMPLETED' } },
        NOW,
      );
      assert.deepEqual(items?.map((item) => item.processInstanceKey).sort(), [...cancelled].sort());
      assert.ok(items?.every((item) => item.processedDate !== undefined && item.itemKey === item.processInstanceKey));
      const all = await boss.searchBatchOperations({ filter: { operationType: 'CANCEL_PROCESS_INSTANCE' } }, NOW);
      assert.equal(all.items?.length, 1);
    });

    it('is suspended, resumed and canceled; an instance that cannot go along is named and harms no other', async () => {
      const [first, second] = await start(2);
      const [task] = (await boss.searchUserTasks({ filter: { processInstanceKey: first! } }, NOW)).items;
      await boss.completeUserTask({ userTaskKey: task!.userTaskKey });
      const move = () =>
        boss.modifyProcessInstancesBatchOperation(
          {
            filter: { processDefinitionId: 'trip' },
            moveInstructions: [{ sourceElementId: 'ask', targetElementId: 'book' }],
          } as never,
          NOW,
        );
      const { batchOperationKey } = await move();
      await boss.suspendBatchOperation({ batchOperationKey: batchOperationKey! }, NOW);
      await served.settle();
      assert.deepEqual(await progress(batchOperationKey), ['SUSPENDED', 2, 0, 0]);
      await boss.resumeBatchOperation({ batchOperationKey: batchOperationKey! }, NOW);
      await served.settle();
      assert.deepEqual(await progress(batchOperationKey), ['COMPLETED', 2, 1, 1]);
      const { items } = await boss.searchBatchOperationItems({ filter: { state: 'FAILED' } }, NOW);
      assert.equal(items?.[0]?.processInstanceKey, first);
      assert.match(items?.[0]?.errorMessage ?? '', /nothing stands at "ask"/);
      const jobs = await boss.searchJobs({ filter: { processInstanceKey: second!, type: 'book' } }, NOW);
      assert.equal(jobs.items.length, 1);

      const again = await move();
      await boss.cancelBatchOperation({ batchOperationKey: again.batchOperationKey! }, NOW);
      await served.settle();
      assert.deepEqual(await progress(again.batchOperationKey), ['CANCELED', 2, 0, 0]);
    });

    it('resolves incidents and migrates', async () => {
      await start(2);
      const target = await deploy(
        bpmn('trip', sequence(userTask('approve'), timer('nap', 'PT1H'), serviceTask('book', 'book'))),
      );
      const { batchOperationKey } = await boss.migrateProcessInstancesBatchOperation(
        {
          filter: { processDefinitionId: 'trip', processDefinitionVersion: 1 },
          migrationPlan: {
            targetProcessDefinitionKey: target,
            mappingInstructions: [{ sourceElementId: 'ask', targetElementId: 'approve' }],
          },
        } as never,
        NOW,
      );
      await served.settle();
      assert.deepEqual(await progress(batchOperationKey), ['COMPLETED', 2, 2, 0]);
      const found = await boss.searchProcessInstances({ filter: { processDefinitionKey: target } }, NOW);
      assert.equal(Number(found.page.totalItems), 2);

      const { items: tasks } = await boss.searchUserTasks({ filter: { elementId: 'approve' as never } }, NOW);
      for (const { userTaskKey } of tasks) await boss.completeUserTask({ userTaskKey });
      await boss.pinClock({ timestamp: Date.now() + 7_200_000 });
      await served.settle();
      const jobs = await boss.activateJobs({ type: 'book', timeout: 60_000, maxJobsToActivate: 5, worker: 'w' });
      await boss.resetClock();
      assert.equal(jobs.jobs.length, 2, 'the timers have fired at the pinned time');
      for (const job of jobs.jobs) {
        await served.send('boss', `POST /v2/jobs/${job.jobKey}/failure`, { retries: 0, errorMessage: 'No seats' });
      }
      const resolved = await boss.resolveIncidentsBatchOperation({ filter: { hasIncident: true } }, NOW);
      await served.settle();
      assert.deepEqual(await progress(resolved.batchOperationKey), ['COMPLETED', 2, 2, 0]);
      const open = await boss.searchIncidents({ filter: { state: 'ACTIVE' } }, NOW);
      assert.equal(open.items?.length, 0);
    });

    it('begins once for one Idempotency-Key', async () => {
      await start(2);
      const move = async () => {
        const response = await fetch(`${served.url}/v2/process-instances/modification`, {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`boss:${PASSWORD}`).toString('base64')}`,
            'content-type': 'application/json',
            'idempotency-key': 'move-once',
          },
          body: JSON.stringify({ ...trips, moveInstructions: [{ sourceElementId: 'ask', targetElementId: 'ask' }] }),
        });
        return (await response.json()) as { readonly batchOperationKey: string };
      };
      const first = await move();
      assert.deepEqual(await progress(first.batchOperationKey), ['ACTIVE', 2, 0, 0]);
      assert.deepEqual(await move(), first);
      assert.equal((await boss.searchBatchOperations({}, NOW)).items?.length, 1);
    });

    it('bad requests change nothing', async () => {
      await start(1);
      const { batchOperationKey } = await boss.cancelProcessInstancesBatchOperation(
        {
          filter: { processDefinitionId: 'nothing' },
        },
        NOW,
      );
      assert.deepEqual(await progress(batchOperationKey), ['COMPLETED', 0, 0, 0]);
      for (const [request, body, status] of [
        ['POST /v2/process-instances/cancellation', {}, 400],
        ['POST /v2/process-instances/cancellation', { filter: { shoeSize: 42 } }, 400],
        ['POST /v2/process-instances/modification', { filter: {}, moveInstructions: [] }, 400],
        [
          'POST /v2/process-instances/migration',
          { filter: {}, migrationPlan: { targetProcessDefinitionKey: '999', mappingInstructions: [] } },
          404,
        ],
        [`POST /v2/batch-operations/${batchOperationKey}/suspension`, {}, 409],
        [`POST /v2/batch-operations/${batchOperationKey}/cancellation`, {}, 409],
        ['POST /v2/batch-operations/999/resumption', {}, 404],
        ['GET /v2/batch-operations/999', undefined, 404],
        ['PUT /v2/clock', { timestamp: -1 }, 400],
      ] as const) {
        assert.equal((await served.send('boss', request, body)).status, status, request);
      }
      assert.equal((await served.send('warehouse', 'POST /v2/process-instances/cancellation', trips)).status, 403);
      assert.equal(await counts(), 1);
    });
  });
});

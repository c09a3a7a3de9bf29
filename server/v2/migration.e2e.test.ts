import assert from 'node:assert/strict';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { bpmn, receive, sequence, serviceTask, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { resources } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };

forEachDialect((dialect) => {
  describe('migration through the official client', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
    });
    after(() => served.close());

    const deploy = async (xml: string) => {
      const { processes } = await boss.createDeployment({ resources: resources({ 'trip.bpmn': xml }) });
      return processes[0]!.processDefinitionKey;
    };
    const answer = receive('answer', 'answer', '=number');
    const first = bpmn('trip', sequence(userTask('ask'), answer, serviceTask('book', 'book')), answer.around);
    const second = bpmn('trip', sequence(userTask('approve'), answer, userTask('check')), answer.around);

    it('an instance goes on by another version, and every row of it says so', async () => {
      await deploy(first);
      const { processInstanceKey } = await boss.createProcessInstance({
        processDefinitionId: 'trip' as never,
        variables: { number: 'A-1' },
      });
      const target = await deploy(second);
      await boss.migrateProcessInstance({
        processInstanceKey,
        targetProcessDefinitionKey: target,
        mappingInstructions: [{ sourceElementId: 'ask' as never, targetElementId: 'approve' as never }],
      });
      const instance = await boss.getProcessInstance({ processInstanceKey }, NOW);
      assert.deepEqual([instance.processDefinitionKey, instance.processDefinitionVersion], [target, 2]);
      const [task] = (await boss.searchUserTasks({ filter: { processInstanceKey, state: 'CREATED' } }, NOW)).items;
      assert.deepEqual(
        [task?.elementId, task?.processDefinitionVersion, task?.processDefinitionKey],
        ['approve', 2, target],
      );
      await served.send('boss', `POST /v2/user-tasks/${task!.userTaskKey}/completion`, {});

      // The wait for a message keeps its id, and is found under the new version.
      const third = await deploy(second.replace('Задача check', 'Проверка'));
      await boss.migrateProcessInstance({
        processInstanceKey,
        targetProcessDefinitionKey: third,
        mappingInstructions: [{ sourceElementId: 'answer' as never, targetElementId: 'answer' as never }],
      });
      await boss.correlateMessage({ name: 'answer', correlationKey: 'A-1', variables: {} });
      const [next] = (await boss.searchUserTasks({ filter: { processInstanceKey, state: 'CREATED' } }, NOW)).items;
      assert.deepEqual([next?.elementId, next?.name, next?.processDefinitionVersion], ['check', 'Проверка', 3]);
    });

    it('a plan with a gap is refused, each problem with its element and remedy, and nothing changes', async () => {
      const source = await deploy(first);
      const { processInstanceKey } = await boss.createProcessInstance({
        processDefinitionKey: source,
        variables: { number: 'A-2' },
      });
      const target = await deploy(second);
      const migrate = (body: unknown) =>
        served.send('boss', `POST /v2/process-instances/${processInstanceKey}/migration`, body);
      const gap = await migrate({
        targetProcessDefinitionKey: target,
        mappingInstructions: [{ sourceElementId: 'nowhere', targetElementId: 'approve' }],
      });
      assert.equal(gap.status, 400);
      assert.deepEqual(
        gap.body.errors?.map(({ path, keyword }) => [path, keyword]),
        [
          ['nowhere', 'instruction'],
          ['ask', 'instruction'],
        ],
      );
      assert.match(gap.body.detail ?? '', /Map it to an element of type userTask/);
      const { processDefinitionKey } = await boss.getProcessInstance({ processInstanceKey }, NOW);
      assert.equal(processDefinitionKey, source);
      const plan = [{ sourceElementId: 'ask', targetElementId: 'approve' }];
      for (const [body, status] of [
        [{ targetProcessDefinitionKey: '999', mappingInstructions: plan }, 404],
        [{ targetProcessDefinitionKey: 'x', mappingInstructions: plan }, 400],
        [{ targetProcessDefinitionKey: target }, 400],
        [{ targetProcessDefinitionKey: target, mappingInstructions: plan, dryRun: true }, 400],
      ] as const) {
        assert.equal((await migrate(body)).status, status, JSON.stringify(body));
      }
      await boss.cancelProcessInstance({ processInstanceKey });
      assert.equal((await migrate({ targetProcessDefinitionKey: target, mappingInstructions: plan })).status, 404);
    });
  });
});

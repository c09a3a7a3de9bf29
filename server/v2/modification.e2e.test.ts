import assert from 'node:assert/strict';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { bpmn, sequence, serviceTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { resources } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };

forEachDialect((dialect) => {
  describe('tokens changed by hand through the official client', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
      const model = bpmn('steps', sequence(serviceTask('weigh', 'weigh'), serviceTask('pack', 'pack')));
      await boss.createDeployment({ resources: resources({ 'steps.bpmn': model }) });
    });
    after(() => served.close());

    const started = async () =>
      (await boss.createProcessInstance({ processDefinitionId: 'steps' as never })).processInstanceKey;
    const elements = async (processInstanceKey: string) =>
      (
        await boss.searchElementInstances(
          { filter: { processInstanceKey: processInstanceKey as never, state: 'ACTIVE' } },
          NOW,
        )
      ).items!;

    it('one step is passed over and the next begins, with variables of its own and of the process', async () => {
      const processInstanceKey = await started();
      const weigh = (await elements(processInstanceKey)).find(({ elementId }) => elementId === 'weigh')!;
      await boss.modifyProcessInstance({
        processInstanceKey,
        activateInstructions: [
          {
            elementId: 'pack' as never,
            variableInstructions: [{ variables: { boxes: 3 } }, { variables: { tape: 'red' }, scopeId: 'pack' }],
            ancestorElementInstanceKey: '-1',
          },
        ],
        terminateInstructions: [{ elementInstanceKey: weigh.elementInstanceKey }],
      });
      const active = await elements(processInstanceKey);
      assert.deepEqual(active.map(({ elementId }) => elementId).sort(), ['pack', 'steps']);
      const found = await boss.searchVariables({ filter: { processInstanceKey } }, NOW);
      const pack = active.find(({ elementId }) => elementId === 'pack')!;
      assert.deepEqual(
        found.items.map(({ name, scopeKey }) => [name, String(scopeKey) === String(pack.elementInstanceKey)]).sort(),
        [
          ['boxes', false],
          ['tape', true],
        ],
      );
      const [job] = (await boss.searchJobs({ filter: { processInstanceKey, type: 'weigh' } }, NOW)).items;
      assert.equal(job?.state, 'CANCELED');
    });

    it('names every instruction that cannot be carried out, and changes nothing', async () => {
      const processInstanceKey = await started();
      const modify = (body: unknown) =>
        served.send('boss', `POST /v2/process-instances/${processInstanceKey}/modification`, body);
      const { status, body } = await modify({
        activateInstructions: [{ elementId: 'nowhere' }, { elementId: 'start' }],
        terminateInstructions: [{ elementInstanceKey: '42' }],
      });
      assert.deepEqual([status, body.code], [400, 'invalid-request']);
      assert.deepEqual(
        body.errors?.map(({ path }) => path),
        ['nowhere', 'start', ''],
      );
      assert.equal((await modify({})).status, 400);
      assert.equal((await modify({ moveInstructions: [] })).status, 400, 'an unknown field');
      assert.equal(
        (await modify({ activateInstructions: [{ elementId: 'pack', ancestorElementInstanceKey: 'x' }] })).status,
        400,
      );
      assert.deepEqual((await elements(processInstanceKey)).map(({ elementId }) => elementId).sort(), [
        'steps',
        'weigh',
      ]);
      assert.equal(
        (await served.send('warehouse', `POST /v2/process-instances/${processInstanceKey}/modification`, {})).status,
        403,
      );
    });

    it('an ended or unknown instance is not found', async () => {
      const processInstanceKey = await started();
      await boss.cancelProcessInstance({ processInstanceKey });
      const body = { activateInstructions: [{ elementId: 'pack' }] };
      for (const key of [processInstanceKey, '999', '0']) {
        const { status } = await served.send('boss', `POST /v2/process-instances/${key}/modification`, body);
        assert.equal(status, 404, key);
      }
    });
  });
});

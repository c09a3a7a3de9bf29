import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { bpmn, eventSubProcess, sequence, signal, signalCatch, startsBy, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { resources } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };
const AD_HOC = readFileSync(new URL('../../engine/test/scenarios/ad-hoc-activate.bpmn', import.meta.url), 'utf8');
const BELL = '<bpmn:signalEventDefinition signalRef="signal_bell"/>';
const HOT =
  '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=degrees &gt; 90</bpmn:condition></bpmn:conditionalEventDefinition>';

forEachDialect((dialect) => {
  describe('events of /v2', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
      const waits = sequence(signalCatch('hear', 'bell'), userTask('run'));
      const boils =
        eventSubProcess('hot', HOT, { task: userTask('cool'), interrupting: false }) + sequence(userTask('heat'));
      await boss.createDeployment({
        resources: resources({
          'waits.bpmn': bpmn('waits', waits, signal('bell')),
          'begins.bpmn': bpmn('begins', startsBy(BELL, userTask('answer')), signal('bell')),
          'boiler.bpmn': bpmn('boiler', boils),
          'ad-hoc.bpmn': AD_HOC,
        }),
      });
    });
    after(() => served.close());

    const start = async (processDefinitionId: string, variables = {}) =>
      (await boss.createProcessInstance({ processDefinitionId: processDefinitionId as never, variables }))
        .processInstanceKey;
    const tasks = async (processDefinitionId: string): Promise<readonly unknown[]> => {
      const filter = { processDefinitionId: processDefinitionId as never, state: 'CREATED' } as const;
      return (await boss.searchUserTasks({ filter }, NOW)).items.map(({ elementId }) => elementId as unknown);
    };
    it('broadcasts a signal to who waits and to what it starts', async () => {
      await start('waits');
      await start('waits');
      const { signalKey, tenantId } = await boss.broadcastSignal({ signalName: 'bell', variables: { text: 'дзинь' } });
      assert.match(String(signalKey), /^\d+$/);
      assert.equal(tenantId, '<default>');
      await served.settle();
      assert.deepEqual([await tasks('waits'), await tasks('begins')], [['run', 'run'], ['answer']]);
      await boss.broadcastSignal({ signalName: 'nobody waits for this' });
    });

    it('lets a written variable fire a condition, and names the event sub-process by its type', async () => {
      const processInstanceKey = await start('boiler', { degrees: 20 });
      await boss.createElementInstanceVariables({
        elementInstanceKey: String(processInstanceKey) as never,
        variables: { degrees: 91 },
      });
      assert.deepEqual((await tasks('boiler')).toSorted(), ['cool', 'heat']);
      const { items } = await boss.searchElementInstances(
        { filter: { processInstanceKey, type: 'EVENT_SUB_PROCESS' } },
        NOW,
      );
      assert.deepEqual(
        items!.map(({ elementId, state }) => [elementId, state]),
        [['hot', 'ACTIVE']],
      );
      const statistics = await boss.getProcessInstanceStatistics({ processInstanceKey }, NOW);
      assert.ok(
        statistics.items!.some(({ elementId, active }) => (elementId as string) === 'hot' && Number(active) === 1),
      );
    });

    it('activates activities of an ad-hoc sub-process by choice', async () => {
      const processInstanceKey = await start('free');
      const { items } = await boss.searchElementInstances(
        { filter: { processInstanceKey, type: 'AD_HOC_SUB_PROCESS' } },
        NOW,
      );
      const adHocSubProcessInstanceKey = items![0]!.elementInstanceKey;
      const activate = (elementId: string, cancelRemainingInstances = false) =>
        boss.activateAdHocSubProcessActivities({
          adHocSubProcessInstanceKey: String(adHocSubProcessInstanceKey) as never,
          elements: [{ elementId: elementId as never, variables: { n: 1 } }],
          cancelRemainingInstances,
        });
      assert.deepEqual((await tasks('free')).toSorted(), ['A', 'B']);
      await activate('A');
      assert.deepEqual((await tasks('free')).toSorted(), ['A', 'A', 'B']);
      await assert.rejects(activate('C'), { status: 400 });
      await activate('B', true);
      assert.deepEqual(await tasks('free'), ['B']);
      const unknown = `/v2/element-instances/ad-hoc-activities/${String(processInstanceKey)}/activation`;
      const body = { elements: [{ elementId: 'A' }] };
      assert.equal((await served.send('boss', `POST ${unknown}`, body)).status, 404);
      assert.equal((await served.send('head', `POST ${unknown}`, body)).status, 403);
    });
  });
});

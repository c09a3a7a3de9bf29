import assert from 'node:assert/strict';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { bpmn, sequence, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';

const HOUR = 60 * 60_000;

/** One process with a start of every kind. */
const SHOP = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t">
  <bpmn:message id="m" name="order" /><bpmn:signal id="s" name="open" />
  <bpmn:process id="shop" isExecutable="true">
    <bpmn:startEvent id="by-hand"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:startEvent id="by-order"><bpmn:outgoing>f2</bpmn:outgoing><bpmn:messageEventDefinition messageRef="m" /></bpmn:startEvent>
    <bpmn:startEvent id="by-signal"><bpmn:outgoing>f3</bpmn:outgoing><bpmn:signalEventDefinition signalRef="s" /></bpmn:startEvent>
    <bpmn:startEvent id="by-clock"><bpmn:outgoing>f4</bpmn:outgoing><bpmn:timerEventDefinition>
      <bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>
    <bpmn:userTask id="serve"><bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:incoming>f2</bpmn:incoming><bpmn:incoming>f3</bpmn:incoming><bpmn:incoming>f4</bpmn:incoming>
      <bpmn:outgoing>f5</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="end"><bpmn:incoming>f5</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="by-hand" targetRef="serve" />
    <bpmn:sequenceFlow id="f2" sourceRef="by-order" targetRef="serve" />
    <bpmn:sequenceFlow id="f3" sourceRef="by-signal" targetRef="serve" />
    <bpmn:sequenceFlow id="f4" sourceRef="by-clock" targetRef="serve" />
    <bpmn:sequenceFlow id="f5" sourceRef="serve" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>`;

forEachDialect((dialect) => {
  describe('a suspended definition', () => {
    let test: TestApp;
    before(async () => (test = await startApp((await dialect.connect()).settings)));
    after(() => test.close());

    const deploy = async (name: string, content: string): Promise<string> => {
      const { definitions } = await test.app.deployments.deploy({ resources: [{ name, content }], by: null });
      return String(definitions[0]!.definitionKey);
    };
    const order = (verb: 'suspension' | 'resumption', key: string, body = {}) =>
      test.call('analyst', `POST /api/process-definitions/${key}/${verb}`, body);
    const startsOf = async (key: string): Promise<readonly string[]> => {
      const { items } = (
        await test.call('analyst', 'POST /v2/element-instances/search', {
          filter: { processDefinitionKey: key, type: 'START_EVENT' },
          sort: [{ field: 'elementInstanceKey' }],
        })
      ).body;
      return (items as { elementId: string }[]).map(({ elementId }) => elementId);
    };

    it('starts nothing: by hand refused, timers wait, messages stay in the buffer, signals are missed; then it all goes on', async () => {
      const key = await deploy('shop.bpmn', SHOP);
      assert.equal((await order('suspension', key)).status, 200);
      const refused = await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'shop' });
      assert.deepEqual([refused.status, /"shop".*suspended/.test(refused.body.detail)], [409, true]);
      const message = { name: 'order', correlationKey: 'n-1', timeToLive: 5 * HOUR, variables: {} };
      assert.equal((await test.call('analyst', 'POST /v2/messages/publication', message)).status, 200);
      const signal = { signalName: 'open', variables: {} };
      assert.equal((await test.call('analyst', 'POST /v2/signals/broadcast', signal)).status, 200);
      test.advance(1.5 * HOUR);
      await test.settle();
      assert.deepEqual(await startsOf(key), []);

      assert.equal((await order('resumption', key)).status, 200);
      await test.settle();
      assert.deepEqual([...(await startsOf(key))].sort(), ['by-clock', 'by-order']);
      assert.equal(
        (await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'shop' })).status,
        200,
      );
    });

    it('takes its running cases along when asked to, as a batch, and brings them back', async () => {
      const key = await deploy('desk.bpmn', bpmn('desk', sequence(userTask('ask'))));
      for (let count = 0; count < 3; count += 1) {
        await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'desk' });
      }
      const suspended = async (): Promise<number> => {
        const rows = await test.call('analyst', `POST /v2/process-instances/search`, {
          filter: { processDefinitionKey: key },
        });
        let count = 0;
        for (const { processInstanceKey } of rows.body.items as { processInstanceKey: string }[]) {
          const view = await test.call('analyst', `GET /api/cases/${processInstanceKey}`);
          if (view.body.suspendedAt !== null) count += 1;
        }
        return count;
      };
      const { batchOperationKey } = (await order('suspension', key, { withInstances: true })).body;
      await test.settle();
      assert.equal(await suspended(), 3);
      const batch = await test.call('analyst', `GET /v2/batch-operations/${batchOperationKey}`);
      assert.deepEqual([batch.body.state, batch.body.operationsCompletedCount], ['COMPLETED', 3]);
      const listed = (await test.call('analyst', 'POST /v2/batch-operations/search', {})).body.items;
      assert.deepEqual(listed, [], 'a strict client knows no such type');
      await order('resumption', key, { withInstances: true });
      await test.settle();
      assert.equal(await suspended(), 0);
    });

    it('leaves the mail of new cases with its sender', async () => {
      const { items } = (
        await test.call('analyst', 'POST /v2/process-definitions/search', {
          filter: { processDefinitionId: 'claim-intake' },
        })
      ).body;
      const key = items[0].processDefinitionKey;
      await order('suspension', key);
      const refused = await test.mail('claim-shortage.eml');
      assert.deepEqual([refused.status, refused.body.code], [503, 'not-ready']);
      await order('resumption', key);
      assert.equal((await test.mail('claim-shortage.eml')).status, 201);
    });

    it('is found by its key, or it is not found', async () => {
      assert.equal((await order('suspension', '4')).status, 404);
    });
  });
});

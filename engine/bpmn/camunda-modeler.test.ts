import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readBpmn } from './read-bpmn.ts';
import { problemsOf } from './test/bpmn-text.ts';

/** As Camunda Modeler 5 writes it for Camunda 8: pools, lanes, notes, colours, element templates, diagram. */
const ORDER = readFileSync(new URL('./test/order.bpmn', import.meta.url), 'utf8');

describe('a model of Camunda Modeler for Camunda 8', () => {
  it('deploys as it is', async () => {
    const { processes } = await readBpmn(ORDER);
    const [order] = processes;
    assert.deepEqual(
      [processes.length, order?.processId, order?.name, order?.versionTag],
      [1, 'order', 'Order', '1.2'],
    );
    assert.deepEqual([...(order?.nodes.keys() ?? [])].sort(), [
      'Activity_Check',
      'Activity_Invoice',
      'Event_Done',
      'Event_Question',
      'Event_Refused',
      'Gateway_Stock',
      'StartEvent_1',
    ]);
    const check = order?.nodes.get('Activity_Check');
    assert.ok(check?.type === 'userTask');
    assert.deepEqual(check.boundaryEventIds, ['Event_Question']);
    assert.equal(check.form?.id.text, 'check-form');
    assert.equal(check.outputMappings[0]?.target, 'order.inStock');
    const gateway = order?.nodes.get('Gateway_Stock');
    assert.deepEqual(
      [gateway?.incoming, gateway?.outgoing, gateway?.defaultFlowId],
      [['Flow_2'], ['Flow_3', 'Flow_4'], 'Flow_4'],
    );
  });

  it('deploys the same without the optional incoming and outgoing references', async () => {
    const bare = ORDER.replace(/<bpmn:(incoming|outgoing)>.*?<\/bpmn:\1>/g, '');
    const [with_, without] = await Promise.all([ORDER, bare].map(async (xml) => (await readBpmn(xml)).processes[0]));
    const ends = (model: typeof with_) =>
      [...(model?.nodes.values() ?? [])].map(({ id, incoming, outgoing }) => ({ id, incoming, outgoing }));
    assert.deepEqual(ends(without), ends(with_));
  });

  it('deploys with a data object, which is a variable under the name of its reference', async () => {
    const drawn =
      '<bpmn:dataObject id="DataObject_1" /><bpmn:dataObjectReference id="DataObjectReference_1" name="Order" dataObjectRef="DataObject_1" />';
    const { processes } = await readBpmn(
      ORDER.replace('<bpmn:userTask id="Activity_Check"', `${drawn}<bpmn:userTask id="Activity_Check"`),
    );
    const [model] = processes;
    assert.deepEqual(model?.scopes.get(model.processId)?.variableNames, ['Order']);
  });

  it('of Camunda 7 is refused with every attribute that would be lost', async () => {
    const seven = ORDER.replace(
      'name="Check the order"',
      'name="Check the order" camunda:assignee="ann" camunda:asyncBefore="true"',
    ).replace('<bpmn:definitions', '<bpmn:definitions xmlns:camunda="http://camunda.org/schema/1.0/bpmn"');
    assert.deepEqual(
      (await problemsOf(seven)).map(({ elementId, message }) => [elementId, /camunda:\w+/.exec(message)?.[0]]),
      [
        ['Activity_Check', 'camunda:assignee'],
        ['Activity_Check', 'camunda:asyncBefore'],
      ],
    );
  });
});

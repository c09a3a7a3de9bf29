import assert from 'node:assert/strict';
import { Simulation } from '../index.ts';
import { condition, flow, process } from '../bpmn/test/bpmn-text.ts';

describe('showVariables: what an incident says of the variables of an expression', () => {
  it('cuts long values and counts what does not fit', async () => {
    const simulation = new Simulation();
    const sum = ['long', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].join(' + ');
    await simulation.deploy(
      process(
        `<bpmn:startEvent id="Start"/><bpmn:exclusiveGateway id="Which"/><bpmn:endEvent id="End"/>${flow('F', 'Start', 'Which')}${flow('G', 'Which', 'End', condition(`=${sum} = 1`))}`,
      ),
    );
    const key = simulation.start('P', { long: 'x'.repeat(5_000), b: 1, c: { deep: [1] } });
    const message = simulation.state(key).incidents[0]?.message ?? '';
    assert.ok(message.includes(`with long = "${'x'.repeat(119)}…, b = 1, c = {"deep":[1]}, d not set`), message);
    assert.match(message, /h not set and 2 more$/);
    assert.ok(message.length < 700, String(message.length));
  });
});

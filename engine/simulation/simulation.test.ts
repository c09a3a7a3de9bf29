import assert from 'node:assert/strict';
import { NINE, simulationOf } from '../test/run-model.ts';

const HOUR = 3_600_000;
const message = (id: string, name: string, key: string) =>
  `<bpmn:message id="${id}" name="${name}"><bpmn:extensionElements><zeebe:subscription correlationKey="${key}"/></bpmn:extensionElements></bpmn:message>`;
const waiting = (id: string) => ({
  id,
  roots: message('M', 'paid', '=number'),
  elements: { Start: 'startEvent', Wait: { type: 'receiveTask', attributes: 'messageRef="M"' }, Done: 'endEvent' },
  flows: ['Start -> Wait -> Done'],
});
const pause = (text: string) => ({
  type: 'intermediateCatchEvent',
  inner: `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${text}</bpmn:timeDuration></bpmn:timerEventDefinition>`,
});

describe('Simulation', () => {
  it('fires timers in order of their due time, each at its own time', async () => {
    const simulation = await simulationOf({
      id: 'two',
      elements: { Start: 'startEvent', Long: pause('PT3H'), Short: pause('PT1H'), Note: 'userTask' },
      flows: ['Start -> Long', 'Start -> Short -> Note'],
    });
    const key = simulation.start('two');
    simulation.advanceTo(NINE + 5 * HOUR);
    const fired = simulation.get(key).history.filter(({ event }) => event.kind === 'timerFired');
    assert.deepEqual(
      fired.map(({ at, event }) => [at, 'elementId' in event && event.elementId]),
      [
        [NINE + HOUR, 'Short'],
        [NINE + 3 * HOUR, 'Long'],
      ],
    );
    assert.equal(simulation.now, NINE + 5 * HOUR);
    simulation.advanceTo(NINE);
    assert.equal(simulation.now, NINE + 5 * HOUR, 'the clock never goes back');
  });

  it('gives a message to exactly one of several waiters, the oldest', async () => {
    const simulation = await simulationOf(waiting('wait'));
    const [first, second] = [simulation.start('wait', { number: 'A' }), simulation.start('wait', { number: 'A' })];
    simulation.publishMessage('paid', 'A');
    const states = () => [first, second].map((key) => simulation.get(key).instance.header.state);
    assert.deepEqual(states(), ['completed', 'active']);
    simulation.publishMessage('paid', 'B');
    assert.deepEqual(states(), ['completed', 'active']);
    simulation.publishMessage('paid', 'A');
    assert.deepEqual(states(), ['completed', 'completed']);
  });

  it('tells an observer of every accepted command and of no rejected one', async () => {
    const simulation = await simulationOf(waiting('wait'));
    let told = 0;
    simulation.observe(() => (told += 1));
    const key = simulation.start('wait', { number: 'A' });
    simulation.tell(key, { kind: 'resolveIncident', incidentKey: 99 });
    assert.equal(told, 1);
  });

  it('stops processes that send each other messages for ever', async () => {
    const simulation = await simulationOf({
      id: 'echo',
      roots: '<bpmn:message id="M" name="echo"/>',
      elements: {
        Heard: { type: 'startEvent', inner: '<bpmn:messageEventDefinition messageRef="M"/>' },
        Say: { type: 'endEvent', inner: '<bpmn:messageEventDefinition messageRef="M"/>' },
      },
      flows: ['Heard -> Say'],
    });
    assert.throws(() => simulation.publishMessage('echo', ''), /come to rest/);
  });

  it('says what is wrong when there is no such process or instance', async () => {
    const simulation = await simulationOf(waiting('wait'));
    assert.throws(() => simulation.start('nowhere'), /Expected a process "nowhere"/);
    assert.throws(() => simulation.get(99), /Expected a process instance 99/);
  });
});

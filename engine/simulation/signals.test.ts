import assert from 'node:assert/strict';
import { buildBpmn, type ElementSpec } from '../testing/build-bpmn.ts';
import { Simulation } from './simulation.ts';

const SIGNAL = '<bpmn:signalEventDefinition signalRef="S"/>';
const THROW: ElementSpec = { type: 'intermediateThrowEvent', inner: SIGNAL };
const CATCH: ElementSpec = { type: 'intermediateCatchEvent', inner: SIGNAL };

async function playing(elements: Record<string, ElementSpec | string>, flows: string[]): Promise<Simulation> {
  const simulation = new Simulation();
  await simulation.deploy(buildBpmn({ id: 'p', roots: '<bpmn:signal id="S" name="s"/>', elements, flows }));
  return simulation;
}
const places = (simulation: Simulation) =>
  [...simulation.instances.keys()].map((key) => simulation.state(key).active.map(({ elementId }) => elementId));

describe('Simulation: signals', () => {
  it('reach every instance that waits when they are thrown, the thrower too', async () => {
    const simulation = await playing(
      {
        Start: 'startEvent',
        Split: 'parallelGateway',
        Wait: CATCH,
        Ask: 'userTask',
        Tell: THROW,
        Heard: 'userTask',
      },
      ['Start -> Split', 'Split -> Wait -> Heard', 'Split -> Ask -> Tell'],
    );
    simulation.start('p');
    simulation.start('p');
    simulation.completeUserTask(simulation.userTasks({ elementId: 'Ask' })[0]!.key);
    assert.deepEqual(places(simulation), [['Heard'], ['Ask', 'Heard']]);
  });

  it('do not reach who begins to wait after the throw, not even in the same step', async () => {
    const simulation = await playing({ Start: 'startEvent', Tell: THROW, Wait: CATCH, Heard: 'userTask' }, [
      'Start -> Tell -> Wait -> Heard',
    ]);
    simulation.start('p');
    assert.deepEqual(places(simulation), [['Wait']]);
    simulation.start('p');
    assert.deepEqual(places(simulation), [['Heard'], ['Wait']]);
  });

  it('that an event throws at itself for ever are an incident and no hang', async () => {
    const simulation = await playing(
      {
        Start: 'startEvent',
        Tell: THROW,
        Echo: {
          type: 'subProcess',
          attributes: 'triggeredByEvent="true"',
          scope: {
            elements: {
              Hear: { type: 'startEvent', attributes: 'isInterrupting="false"', inner: SIGNAL },
              Again: THROW,
            },
            flows: ['Hear -> Again'],
          },
        },
      },
      ['Start -> Tell'],
    );
    const { incidents } = simulation.state(simulation.start('p'));
    assert.deepEqual(
      incidents.map(({ type, elementId }) => [type, elementId]),
      [['STEP_LIMIT_EXCEEDED', 'Again']],
    );
  });
});

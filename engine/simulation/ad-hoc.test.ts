import assert from 'node:assert/strict';
import { buildBpmn } from '../testing/build-bpmn.ts';
import { Simulation } from './simulation.ts';

describe('Simulation: ad-hoc sub-processes', () => {
  it('start what is chosen, with variables of its own', async () => {
    const simulation = new Simulation();
    await simulation.deploy(
      buildBpmn({
        id: 'p',
        elements: {
          Start: 'startEvent',
          It: {
            type: 'adHocSubProcess',
            inner: '<bpmn:extensionElements><zeebe:adHoc/></bpmn:extensionElements>',
            scope: { elements: { A: 'userTask', B: 'task' }, flows: ['A -> B'] },
          },
          End: 'endEvent',
        },
        flows: ['Start -> It -> End'],
      }),
    );
    const key = simulation.start('p');
    const [adHoc] = simulation.state(key).active;
    simulation.activateAdHocElements(adHoc!.key, [{ elementId: 'A', variables: { to: 'ann' } }]);
    const [task] = simulation.userTasks();
    assert.deepEqual([task?.elementId, task?.variables['to']], ['A', 'ann']);
    simulation.completeUserTask(task!.key);
    assert.deepEqual(simulation.state(key).completed, ['Start', 'A', 'B', 'It', 'End']);
  });
});

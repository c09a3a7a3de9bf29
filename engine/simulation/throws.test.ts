import assert from 'node:assert/strict';
import { buildBpmn } from '../testing/build-bpmn.ts';
import { Simulation } from './simulation.ts';

/** A person works; an error ends the work, an escalation calls somebody beside it. */
async function working() {
  const simulation = new Simulation();
  await simulation.deploy(
    buildBpmn({
      id: 'p',
      roots: '<bpmn:error id="Err" errorCode="BROKEN"/><bpmn:escalation id="Esc" escalationCode="LATE"/>',
      elements: {
        Start: 'startEvent',
        Work: 'userTask',
        Failed: {
          type: 'boundaryEvent',
          attributes: 'attachedToRef="Work"',
          inner: '<bpmn:errorEventDefinition errorRef="Err"/>',
        },
        Help: {
          type: 'boundaryEvent',
          attributes: 'attachedToRef="Work" cancelActivity="false"',
          inner: '<bpmn:escalationEventDefinition escalationRef="Esc"/>',
        },
        Mend: 'userTask',
        Advise: 'userTask',
      },
      flows: ['Start -> Work', 'Failed -> Mend', 'Help -> Advise'],
    }),
  );
  const key = simulation.start('p');
  const [task] = simulation.userTasks();
  return { simulation, key, task: task! };
}
const open = (simulation: Simulation) => simulation.userTasks().map(({ elementId }) => elementId);

describe('Simulation: what an activity throws', () => {
  it('an error of a user task takes the way of its boundary event, with its variables', async () => {
    const { simulation, key, task } = await working();
    simulation.throwUserTaskError(task.key, 'BROKEN', { part: 'pump' });
    assert.deepEqual(open(simulation), ['Mend']);
    assert.deepEqual(simulation.state(key).variables, { part: 'pump' });
  });

  it('an error that nobody catches is refused and leaves the task as it is', async () => {
    const { simulation, task } = await working();
    assert.throws(() => simulation.throwUserTaskError(task.key, 'OTHER'), /catches error "OTHER" of Work/);
    assert.deepEqual(open(simulation), ['Work']);
  });

  it('an escalation is heard beside the work, as often as it comes; one that nobody hears does nothing', async () => {
    const { simulation, task } = await working();
    simulation.throwEscalation(task.elementInstanceKey, 'LATE');
    simulation.throwEscalation(task.elementInstanceKey, 'LATE');
    simulation.throwEscalation(task.elementInstanceKey, 'OTHER');
    assert.deepEqual(open(simulation), ['Work', 'Advise', 'Advise']);
  });

  it('refuses what is no activity, what has ended, and what is suspended', async () => {
    const { simulation, key, task } = await working();
    assert.throws(() => simulation.throwEscalation(key, 'LATE'), /active activity/);
    simulation.suspend(key);
    assert.throws(() => simulation.throwUserTaskError(task.key, 'BROKEN'), /suspended/);
    simulation.resume(key);
    simulation.completeUserTask(task.key);
    assert.throws(() => simulation.throwUserTaskError(task.key, 'BROKEN'), /open user task/);
  });
});

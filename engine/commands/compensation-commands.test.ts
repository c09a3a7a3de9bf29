import assert from 'node:assert/strict';
import type { EngineCommand } from '../command.ts';
import { only, simulationOf } from '../test/run-model.ts';

const CATCHES = { all: false, codes: [] };
const undo = (elementInstanceKey: number): EngineCommand => ({
  kind: 'compensateInstance',
  elementInstanceKey,
  catches: CATCHES,
});

/** A caller that waits behind its call, and a child with a task that can be undone. */
async function called() {
  const simulation = await simulationOf(
    {
      id: 'caller',
      elements: {
        Start: 'startEvent',
        Call: {
          type: 'callActivity',
          inner: '<bpmn:extensionElements><zeebe:calledElement processId="child"/></bpmn:extensionElements>',
        },
        Wait: 'userTask',
      },
      flows: ['Start -> Call -> Wait'],
    },
    {
      id: 'child',
      elements: {
        In: 'startEvent',
        Do: 'userTask',
        Undone: { type: 'boundaryEvent', attributes: 'attachedToRef="Do"', inner: '<bpmn:compensateEventDefinition/>' },
        Undo: { type: 'userTask', attributes: 'isForCompensation="true"' },
        Line: { type: 'association', attributes: 'sourceRef="Undone" targetRef="Undo"' },
      },
      flows: ['In -> Do'],
    },
  );
  const caller = simulation.start('caller');
  const call = [...simulation.get(caller).instance.elements.values()].find(({ elementId }) => elementId === 'Call');
  const child = call?.calledInstanceKey ?? 0;
  const rejected = (key: number, command: EngineCommand) => {
    const told = simulation.tell(key, command);
    return 'rejection' in told ? told.rejection.code : 'accepted';
  };
  const doIt = () => {
    const task = only(simulation.get(child).instance.userTasks);
    assert.equal(rejected(child, { kind: 'completeUserTask', userTaskKey: task.key, variables: {} }), 'accepted');
  };
  return { simulation, caller, child, rejected, doIt };
}

describe('what a caller asks of a child that has completed', () => {
  it('is refused while the child runs, and by a root', async () => {
    const { caller, child, rejected } = await called();
    assert.equal(rejected(child, undo(999_999)), 'INVALID_STATE');
    assert.equal(rejected(child, { kind: 'dropCompensations' }), 'INVALID_STATE');
    assert.equal(rejected(caller, undo(999_999)), 'INVALID_STATE');
  });

  it('is the only thing it does, and once', async () => {
    const { simulation, child, rejected, doIt } = await called();
    doIt();
    assert.equal(rejected(child, { kind: 'cancelInstance', byParent: true }), 'INVALID_STATE');
    assert.equal(rejected(child, undo(999_999)), 'accepted');
    assert.equal(simulation.get(child).instance.header.state, 'active');
    assert.equal(rejected(child, undo(999_999)), 'INVALID_STATE');
    doIt();
    const { header, compensations } = simulation.get(child).instance;
    assert.deepEqual([header.state, header.endedAt === null, compensations.size], ['completed', false, 0]);
    assert.equal(rejected(child, undo(999_999)), 'INVALID_STATE');
  });

  it('is over when what could be undone is dropped', async () => {
    const { child, rejected, doIt } = await called();
    doIt();
    assert.equal(rejected(child, { kind: 'dropCompensations' }), 'accepted');
    assert.equal(rejected(child, { kind: 'dropCompensations' }), 'INVALID_STATE');
    assert.equal(rejected(child, undo(999_999)), 'INVALID_STATE');
  });

  it('keeps a child that has ended by itself from being dropped before its root ends', async () => {
    const { simulation, caller, child, rejected, doIt } = await called();
    doIt();
    assert.equal(simulation.get(child).instance.compensations.size, 2);
    const wait = only(simulation.get(caller).instance.userTasks);
    assert.equal(rejected(caller, { kind: 'completeUserTask', userTaskKey: wait.key, variables: {} }), 'accepted');
    assert.equal(simulation.get(caller).instance.compensations.size, 0);
    assert.equal(simulation.get(child).instance.compensations.size, 0);
  });
});

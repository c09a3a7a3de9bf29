import assert from 'node:assert/strict';
import { NINE, only, start } from '../../test/run-model.ts';

describe('parallel gateway', () => {
  it('takes the oldest token of each flow and leaves the surplus for the next firing', async () => {
    const { simulation, instance, tell } = await start({
      id: 'join',
      elements: {
        A: 'userTask',
        B: 'userTask',
        C: 'userTask',
        Merge: 'exclusiveGateway',
        Join: 'parallelGateway',
        Done: 'endEvent',
      },
      flows: ['A -> Merge', 'B -> Merge', 'Merge -> Join', 'C -> Join', 'Join -> Done'],
    });
    const complete = (elementId: string) => {
      const task = [...instance().userTasks.values()].find((one) => one.elementId === elementId);
      assert.ok(task !== undefined);
      tell({ kind: 'completeUserTask', userTaskKey: task.key, variables: {} });
      simulation.advanceTo(simulation.now + 1_000);
    };
    complete('A');
    complete('B');
    assert.deepEqual(
      [...instance().tokens.values()].map(({ flowId, arrivedAt }) => [flowId, arrivedAt - NINE]),
      [
        ['Merge_Join', 0],
        ['Merge_Join', 1_000],
      ],
    );
    complete('C');
    const left = only(instance().tokens);
    assert.deepEqual([left.flowId, left.arrivedAt - NINE], ['Merge_Join', 1_000]);
  });
});

import assert from 'node:assert/strict';
import { start } from '../../test/run-model.ts';

describe('inclusive gateway', () => {
  it('hits the step limit where a loop leads through the join alone', async () => {
    const { instance, tell } = await start(
      {
        id: 'endless',
        elements: { Start: 'startEvent', Round: 'inclusiveGateway', Out: 'userTask' },
        flows: ['Start -> Round', 'Round -> Round [=n > 0]', 'Round -> Out [=n = 0]'],
      },
      { n: 1 },
    );
    const [incident] = instance().incidents.values();
    assert.deepEqual([incident?.type, incident?.elementId], ['STEP_LIMIT_EXCEEDED', 'Round']);
    tell({ kind: 'setVariables', scopeKey: instance().header.processInstanceKey, variables: { n: 0 }, local: false });
    tell({ kind: 'resolveIncident', incidentKey: incident?.key ?? 0 });
    assert.deepEqual([instance().incidents.size, instance().userTasks.size], [0, 1]);
  });
});

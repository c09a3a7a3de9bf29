import assert from 'node:assert/strict';
import { createInstance, type Accepted, type Instance, type InstanceState } from '#engine';
import { createHotInstances } from './hot-instances.ts';

function instance(key: number, version: number, more: { state?: InstanceState; text?: string } = {}): Instance {
  const { state = 'active', text } = more;
  const value = { variableKey: key + 1, scopeKey: key, name: 'text', value: text ?? null };
  return createInstance({
    header: {
      processInstanceKey: key,
      processDefinitionKey: 1,
      deploymentKey: 1,
      processId: 'p',
      definitionVersion: 1,
      versionTag: null,
      rootProcessInstanceKey: key,
      parent: null,
      businessId: null,
      conversationKey: null,
      tags: [],
      state,
      suspendedAt: null,
      startedAt: 0,
      endedAt: null,
      historyLength: version,
    },
    elements: [
      {
        key,
        elementId: 'p',
        elementType: 'process',
        scopeKey: null,
        state: 'active',
        startedAt: 0,
        loop: null,
        loopIndex: null,
        calledInstanceKey: null,
        memory: null,
      },
    ],
    variables: text === undefined ? [] : [value],
    tokens: [],
    loopItems: [],
    loopResults: [],
    compensations: [],
    userTasks: [],
    jobs: [],
    timers: [],
    subscriptions: [],
    incidents: [],
  });
}

const NOTHING: readonly Accepted[] = [];

describe('instances that are kept for the next command', () => {
  it('are given in the version that is stored, and in no other', () => {
    const hot = createHotInstances();
    hot.keep({ instance: instance(1, 5), callDepth: 2 }, NOTHING);
    assert.equal(hot.get(1, 5)?.callDepth, 2);
    assert.equal(hot.get(1, 6), undefined, 'another node has gone on');
    assert.equal(hot.get(1, 5), undefined, 'an outdated one is forgotten');
  });

  it('are forgotten when they end, and when a transaction that touched them is rolled back', () => {
    const hot = createHotInstances();
    hot.keep({ instance: instance(1, 5), callDepth: 0 }, NOTHING);
    hot.keep({ instance: instance(1, 6, { state: 'completed' }), callDepth: 0 }, NOTHING);
    assert.equal(hot.get(1, 6), undefined);
    hot.keep({ instance: instance(2, 1), callDepth: 0 }, NOTHING);
    hot.drop(2);
    assert.equal(hot.get(2, 1), undefined);
  });

  it('leave in the order in which they were last used, by count', () => {
    const hot = createHotInstances({ maxCount: 2 });
    for (const key of [1, 2]) hot.keep({ instance: instance(key, 1), callDepth: 0 }, NOTHING);
    hot.get(1, 1);
    hot.keep({ instance: instance(3, 1), callDepth: 0 }, NOTHING);
    assert.deepEqual(
      [1, 2, 3].map((key) => hot.get(key, 1) !== undefined),
      [true, false, true],
    );
  });

  it('leave when their variables grow too large', () => {
    const hot = createHotInstances({ maxBytes: 100_000 });
    hot.keep({ instance: instance(1, 1), callDepth: 0 }, NOTHING);
    hot.keep({ instance: instance(2, 1, { text: 'x'.repeat(49_000) }), callDepth: 0 }, NOTHING);
    assert.notEqual(hot.get(1, 1), undefined);
    hot.keep({ instance: instance(3, 1, { text: 'x'.repeat(40_000) }), callDepth: 0 }, NOTHING);
    assert.deepEqual(
      [1, 2, 3].map((key) => hot.get(key, 1) !== undefined),
      [true, false, true],
    );
  });
});

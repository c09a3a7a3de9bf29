import assert from 'node:assert/strict';
import { EventLog } from './event-log.ts';
import type { HistoryEvent } from './history-event.ts';
import type { ElementInstance } from './instance.ts';

const NOW = 1_790_000_000_000;

const plain: ElementInstance = {
  key: 3,
  elementId: 'Task',
  elementType: 'task',
  scopeKey: 2,
  state: 'active',
  startedAt: NOW,
  loop: null,
  loopIndex: 7,
  calledInstanceKey: null,
  memory: null,
};

/** What is packed, and beside each what looks like it and must stay as it is. */
const EVENTS: readonly HistoryEvent[] = [
  { kind: 'elementActivated', element: plain },
  { kind: 'elementActivated', element: { ...plain, scopeKey: null, loopIndex: null } },
  { kind: 'elementActivated', element: { ...plain, startedAt: NOW - 1 } },
  { kind: 'elementActivated', element: { ...plain, memory: { undoneFor: 9 } } },
  { kind: 'elementActivated', element: { ...plain, loop: { total: 2, completed: 1 } } },
  { kind: 'elementActivated', element: { ...plain, calledInstanceKey: 12 } },
  { kind: 'elementActivated', element: { ...plain, state: 'compensating' } },
  { kind: 'elementCompleting', elementInstanceKey: 3, elementId: 'Task' },
  { kind: 'elementCompleted', elementInstanceKey: 3, elementId: 'Task' },
  { kind: 'sequenceFlowTaken', flowId: 'Flow', scopeKey: 2 },
  { kind: 'variableCreated', variable: { variableKey: 4, scopeKey: 2, name: 'item', value: { list: [1, null] } } },
  { kind: 'variableUpdated', variable: { variableKey: 4, scopeKey: 2, name: 'item', value: null } },
  { kind: 'loopIterationCompleted', bodyKey: 2, index: 0, result: null },
  { kind: 'loopIterationCompleted', bodyKey: 2, index: 1, result: { key: 5, bodyKey: 2, index: 1, value: 'a' } },
  { kind: 'instanceCompleted' },
];

describe('what a command has recorded', () => {
  for (const count of [0, 10, 1_023, 1_024, 30_000]) {
    it(`is read to the byte as it was written: ${count} events`, () => {
      const written = Array.from({ length: count }, (_, index) => EVENTS[index % EVENTS.length] as HistoryEvent);
      const log = new EventLog(NOW);
      for (const event of written) log.push(event);
      assert.equal(JSON.stringify(log.all()), JSON.stringify(written));
      assert.deepEqual(log.all(), written);
    });
  }

  it('is read to the byte when events of one kind alone fill the blocks', () => {
    for (const event of EVENTS) {
      const log = new EventLog(NOW);
      for (let index = 0; index < 20_000; index += 1) log.push(event);
      const all = log.all();
      assert.equal(all.length, 20_000);
      assert.equal(new Set(all.map((one) => JSON.stringify(one))).size, 1);
      assert.deepEqual(all[19_000], event);
    }
  });
});

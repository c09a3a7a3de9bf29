import assert from 'node:assert/strict';
import { elementMarks, type Diagram } from './element-marks.ts';

const diagram: Diagram = {
  processInstanceKey: '1',
  processId: 'claim',
  processName: 'Приём',
  version: 1,
  xml: '',
  active: [
    { elementId: 'Triage', count: 1, since: '2026-11-21T09:00:00Z', overdue: true, incident: false },
    { elementId: 'Check', count: 2, since: '2026-11-21T09:00:00Z', overdue: false, incident: false },
    { elementId: 'Send', count: 1, since: '2026-11-21T09:00:00Z', overdue: true, incident: true },
  ],
  completed: [
    { elementId: 'Check', count: 1, minutes: 12 },
    { elementId: 'Start', count: 1, minutes: 0 },
  ],
  flowsTaken: ['F1'],
};

describe('elementMarks', () => {
  it('lets where the case stands outrank where it has been, and an incident everything', () => {
    assert.deepEqual(Object.fromEntries(elementMarks(diagram).elements), {
      F1: 'done',
      Check: 'current',
      Start: 'done',
      Triage: 'overdue',
      Send: 'incident',
    });
  });

  it('counts the tokens that stand on an element', () => {
    assert.deepEqual(elementMarks(diagram).counts.get('Check'), 2);
  });
});

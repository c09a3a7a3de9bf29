import assert from 'node:assert/strict';
import { duration, file, flow, problemsOf, process } from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

const COMPENSATE = '<bpmn:compensateEventDefinition/>';
const CANCEL = '<bpmn:cancelEventDefinition/>';
const naming = (id: string) => `<bpmn:compensateEventDefinition activityRef="${id}"/>`;

const event = (id: string, host: string, definition = COMPENSATE, attributes = '') =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}" ${attributes}>${definition}</bpmn:boundaryEvent>`;
const line = (source: string, target: string) =>
  `<bpmn:association id="L_${source}_${target}" sourceRef="${source}" targetRef="${target}"/>`;
const handler = (id: string, inner = '') => `<bpmn:task id="${id}" isForCompensation="true">${inner}</bpmn:task>`;
const scope = (id: string, inner: string, attributes = '') =>
  `<bpmn:subProcess id="${id}" ${attributes}>${inner}</bpmn:subProcess>`;
const undoneBy = (id: string, inner = '<bpmn:task id="Work"/>') =>
  scope(id, `<bpmn:startEvent id="${id}Start">${COMPENSATE}</bpmn:startEvent>${inner}`, 'triggeredByEvent="true"');
const thrown = (definition: string, id = 'T') =>
  `<bpmn:intermediateThrowEvent id="${id}">${definition}</bpmn:intermediateThrowEvent>`;
const transaction = (inner: string) => `<bpmn:transaction id="Tx">${inner}</bpmn:transaction>`;
const cancelEnd = `<bpmn:endEvent id="Cancel">${CANCEL}</bpmn:endEvent>`;
const after = (id: string) => `<bpmn:task id="After${id}"/>${flow(`F${id}`, id, `After${id}`)}`;

/** A task that can be undone. */
const UNDOABLE = `<bpmn:task id="A"/>${event('B', 'A')}${handler('H')}${line('B', 'H')}`;

describe('readBpmn: compensation and transactions', () => {
  it('finds the handler whichever way the association is drawn, and wherever', async () => {
    const rest = `<bpmn:task id="A"/>${event('B', 'A')}${handler('H')}`;
    for (const xml of [
      process(UNDOABLE),
      process(rest + line('H', 'B')),
      file(
        `<bpmn:collaboration id="C"><bpmn:participant id="Pool" processRef="P"/>${line('B', 'H')}</bpmn:collaboration>` +
          `<bpmn:process id="P" isExecutable="true">${rest}</bpmn:process>`,
      ),
      // A note on the event is no handler.
      process(`${UNDOABLE}<bpmn:textAnnotation id="Note"/>${line('B', 'Note')}`),
    ]) {
      assert.deepEqual(await problemsOf(xml), []);
    }
  });

  refuses({
    'a compensation boundary event without a handler': [
      process(`<bpmn:task id="A"/>${event('B', 'A')}`),
      'missing-property',
      /B\) has no compensation handler/,
    ],
    'a compensation boundary event with a flow': [
      process(UNDOABLE + after('B')),
      'misplaced-flow',
      /B\) leads to its handler/,
    ],
    'two handlers': [process(UNDOABLE + handler('H2') + line('B', 'H2')), 'broken-compensation', /several handlers/],
    'two compensation events on one activity': [
      process(UNDOABLE + event('B2', 'A') + line('B2', 'H')),
      'broken-compensation',
      /B2\) is a second/,
    ],
    'a handler that is none': [
      process(`<bpmn:task id="A"/>${event('B', 'A')}<bpmn:task id="H"/>${line('B', 'H')}`),
      'broken-compensation',
      /task \(H\), which is not marked/,
    ],
    'a handler in another scope': [
      process(`<bpmn:task id="A"/>${event('B', 'A')}${scope('Sub', handler('H'))}${line('B', 'H')}`),
      'broken-compensation',
      /another scope/,
    ],
    'a handler with a flow': [
      process(UNDOABLE + after('H')),
      'broken-compensation',
      /H\) is a compensation handler, so no flow/,
    ],
    'a handler with a boundary event': [
      process(`${UNDOABLE}${event('E', 'H', '<bpmn:errorEventDefinition/>')}${after('E')}`),
      'broken-compensation',
      /E\) sits on a compensation handler/,
    ],
    'a handler that nothing leads to': [
      process(`<bpmn:task id="A"/>${handler('H')}`),
      'missing-property',
      /H\) has no compensation event/,
    ],
    'a compensation event beside others on a border': [
      process(
        `<bpmn:task id="A"/>${event('B', 'A', COMPENSATE + '<bpmn:errorEventDefinition/>')}${handler('H')}${line('B', 'H')}`,
      ),
      'unsupported-element',
      /compensate definition beside others/,
    ],
    'a compensation event that catches something by name': [
      process(`<bpmn:task id="A"/>${event('B', 'A', naming('A'))}${handler('H')}${line('B', 'H')}`),
      'unsupported-element',
      /activityRef/,
    ],
    'a throw for what cannot be undone': [
      process(`<bpmn:task id="A"/>${thrown(naming('A'))}${flow('F', 'A', 'T')}`),
      'broken-compensation',
      /undoes task \(A\), which has no compensation handler/,
    ],
    'a throw for a sub-process with nothing that can be undone': [
      process(`${scope('Sub', '<bpmn:task id="A"/>')}${thrown(naming('Sub'))}${flow('F', 'Sub', 'T')}`),
      'broken-compensation',
      /Sub\), which has no compensation handler/,
    ],
    'a throw for what lies in another scope': [
      process(`${scope('Sub', UNDOABLE)}${thrown(naming('A'))}${flow('F', 'Sub', 'T')}`),
      'broken-compensation',
      /lies in another scope/,
    ],
    'a handler beside a compensation event sub-process': [
      process(
        scope('Sub', '<bpmn:task id="X"/>' + undoneBy('Own')) + event('B', 'Sub') + handler('H') + line('B', 'H'),
      ),
      'broken-compensation',
      /beside the compensation event sub-process/,
    ],
    'two compensation event sub-processes in one scope': [
      process(scope('Sub', '<bpmn:task id="X"/>' + undoneBy('Own') + undoneBy('Own2', '<bpmn:task id="Work2"/>'))),
      'broken-compensation',
      /Own2\) is a second/,
    ],
    'a compensation event sub-process inside another': [
      process(scope('Sub', '<bpmn:task id="X"/>' + undoneBy('Own', undoneBy('Own2')))),
      'broken-compensation',
      /Own2\) would undo what itself undoes/,
    ],
    'an event sub-process for compensation that another event starts': [
      process(
        `<bpmn:task id="A"/><bpmn:subProcess id="Own" triggeredByEvent="true" isForCompensation="true"><bpmn:startEvent id="S">${duration('PT1H')}</bpmn:startEvent></bpmn:subProcess>`,
      ),
      'unsupported-element',
      /isForCompensation on an event sub-process/,
    ],
    'a non-interrupting compensation start': [
      process(
        scope(
          'Sub',
          '<bpmn:task id="X"/>' + undoneBy('Own').replace('id="OwnStart"', 'id="OwnStart" isInterrupting="false"'),
        ),
      ),
      'unsupported-element',
      /non-interrupting compensate startEvent/,
    ],
    // Transactions.
    'a cancel end event outside a transaction': [
      process(`<bpmn:task id="A"/>${cancelEnd}${flow('F', 'A', 'Cancel')}`),
      'broken-transaction',
      /Cancel\) stands outside a transaction/,
    ],
    'a cancel boundary event on a task': [
      process(`<bpmn:task id="A"/>${event('B', 'A', CANCEL)}${after('B')}`),
      'broken-transaction',
      /task \(A\), which is no transaction/,
    ],
    'a non-interrupting cancel boundary event': [
      process(transaction(cancelEnd) + event('B', 'Tx', CANCEL, 'cancelActivity="false"') + after('B')),
      'broken-transaction',
      /always ends its transaction/,
    ],
    'two cancel boundary events': [
      process(transaction(cancelEnd) + event('B', 'Tx', CANCEL) + after('B') + event('B2', 'Tx', CANCEL) + after('B2')),
      'broken-transaction',
      /B2\) is a second cancel event/,
    ],
    'a transaction by another protocol': [
      process(transaction('<bpmn:task id="A"/>').replace('id="Tx"', 'id="Tx" method="##Image"')),
      'unsupported-element',
      /method at transaction/,
    ],
  });
});

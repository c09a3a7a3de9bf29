import { buildBpmn } from '../../testing/build-bpmn.ts';
import { verify } from '../test/rule-table.ts';
import { livelock } from './livelock.ts';

/** A circle that sends a token away at each turn: every element has a way to an end, and one token stays for ever. */
const circle = {
  elements: {
    In: 'startEvent',
    Again: 'exclusiveGateway',
    Wait: { type: 'userTask', name: 'Wait' },
    Turn: 'parallelGateway',
    Note: 'task',
    Noted: 'endEvent',
  },
  flows: ['In -> Again -> Wait -> Turn -> Again', 'Turn -> Note -> Noted'],
};

verify(livelock, {
  valid: {
    'a loop with a way out': {
      xml: buildBpmn({
        id: 'P',
        elements: {
          Start: 'startEvent',
          Again: 'exclusiveGateway',
          A: 'userTask',
          Done: 'exclusiveGateway',
          End: 'endEvent',
        },
        flows: ['Start -> Again -> A -> Done', 'Done -> Again [=more]', 'Done -> End default'],
      }),
    },
    'a circle in a sub-process that a boundary event ends': {
      xml: buildBpmn({
        id: 'P',
        roots: '<bpmn:signal id="S" name="stop"/>',
        elements: {
          Start: 'startEvent',
          Sub: { type: 'subProcess', scope: circle },
          Stop: {
            type: 'boundaryEvent',
            attributes: 'attachedToRef="Sub"',
            inner: '<bpmn:signalEventDefinition signalRef="S"/>',
          },
          End: 'endEvent',
          Stopped: 'endEvent',
        },
        flows: ['Start -> Sub -> End', 'Stop -> Stopped'],
      }),
    },
    'a sub-process that always fails and mends it inside': {
      xml: buildBpmn({
        id: 'P',
        roots: '<bpmn:error id="Err" errorCode="E1"/>',
        elements: {
          Start: 'startEvent',
          Sub: {
            type: 'subProcess',
            scope: {
              elements: {
                In: 'startEvent',
                Failed: { type: 'endEvent', inner: '<bpmn:errorEventDefinition errorRef="Err"/>' },
                Mend: {
                  type: 'subProcess',
                  attributes: 'triggeredByEvent="true"',
                  scope: {
                    elements: {
                      OnError: { type: 'startEvent', inner: '<bpmn:errorEventDefinition errorRef="Err"/>' },
                      Mended: 'endEvent',
                    },
                    flows: ['OnError -> Mended'],
                  },
                },
              },
              flows: ['In -> Failed'],
            },
          },
          After: 'userTask',
          End: 'endEvent',
        },
        flows: ['Start -> Sub -> After -> End'],
      }),
    },
  },
  invalid: {
    'a circle that only sends tokens away': { xml: buildBpmn({ id: 'P', ...circle }), finds: ['In error'], path: '' },
    'the path that leads into it': {
      xml: buildBpmn({
        id: 'P',
        elements: { ...circle.elements, Which: { type: 'exclusiveGateway', name: 'Watch?' }, Out: 'endEvent' },
        flows: [
          'In -> Which',
          'Which -> Again [=watch]',
          'Which -> Out default',
          'Again -> Wait -> Turn -> Again',
          'Turn -> Note -> Noted',
        ],
      }),
      finds: ['Again error'],
      path: 'In → Watch?',
    },
  },
});

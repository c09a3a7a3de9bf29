import { buildBpmn } from '../../testing/build-bpmn.ts';
import { verify } from '../test/rule-table.ts';
import { noWayToEnd } from './no-way-to-end.ts';

const circle = {
  elements: { Start: 'startEvent', Again: 'exclusiveGateway', Ask: { type: 'userTask', name: 'Ask again' } },
  flows: ['Start -> Again -> Ask -> Again'],
};
const signal = '<bpmn:signalEventDefinition signalRef="S"/>';
const roots = '<bpmn:signal id="S" name="stop"/>';

verify(noWayToEnd, {
  valid: {
    'a task that ends the process without an end event': {
      xml: buildBpmn({ id: 'P', elements: { A: 'userTask' }, flows: [] }),
    },
    'a circle with a way out': {
      xml: buildBpmn({
        id: 'P',
        elements: { ...circle.elements, Done: 'exclusiveGateway', End: 'endEvent' },
        flows: ['Start -> Again -> Ask -> Done', 'Done -> Again [=more]', 'Done -> End default'],
      }),
    },
    'a circle that a boundary event leaves': {
      xml: buildBpmn({
        id: 'P',
        roots,
        elements: {
          ...circle.elements,
          Stop: { type: 'boundaryEvent', attributes: 'attachedToRef="Ask"', inner: signal },
          End: 'endEvent',
        },
        flows: [...circle.flows, 'Stop -> End'],
      }),
    },
    'a circle that an event sub-process ends': {
      xml: buildBpmn({
        id: 'P',
        roots,
        elements: {
          ...circle.elements,
          Stopped: {
            type: 'subProcess',
            attributes: 'triggeredByEvent="true"',
            scope: {
              elements: { Stop: { type: 'startEvent', inner: signal }, Out: 'endEvent' },
              flows: ['Stop -> Out'],
            },
          },
        },
        flows: circle.flows,
      }),
    },
    'a jump by a link': {
      xml: buildBpmn({
        id: 'P',
        elements: {
          Start: 'startEvent',
          Jump: { type: 'intermediateThrowEvent', inner: '<bpmn:linkEventDefinition name="there"/>' },
          Land: { type: 'intermediateCatchEvent', inner: '<bpmn:linkEventDefinition name="there"/>' },
          End: 'endEvent',
        },
        flows: ['Start -> Jump', 'Land -> End'],
      }),
    },
  },
  invalid: {
    'a circle': {
      xml: buildBpmn({ id: 'P', ...circle }),
      finds: ['Start error'],
      says: /«Ask again» \(Ask\) lead only to each other/,
    },
    'a circle on one of two ways': {
      xml: buildBpmn({
        id: 'P',
        elements: { ...circle.elements, Which: 'exclusiveGateway', End: 'endEvent' },
        flows: ['Start -> Which', 'Which -> Again [=a]', 'Which -> End default', 'Again -> Ask -> Again'],
      }),
      finds: ['Again error'],
    },
    'a circle that only a reminder leaves': {
      xml: buildBpmn({
        id: 'P',
        roots,
        elements: {
          ...circle.elements,
          Told: { type: 'boundaryEvent', attributes: 'attachedToRef="Ask" cancelActivity="false"', inner: signal },
          End: 'endEvent',
        },
        flows: [...circle.flows, 'Told -> End'],
      }),
      finds: ['Start error'],
    },
  },
});

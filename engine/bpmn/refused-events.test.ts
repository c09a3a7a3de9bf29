import {
  ERROR,
  MESSAGE,
  START_END,
  around,
  boundary,
  caught,
  cycle,
  date,
  duration,
  flow,
  pools,
  process,
  timer,
} from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

describe('readBpmn: events, timers and messages', () => {
  refuses({
    ...Object.fromEntries(
      ['signal', 'escalation', 'conditional', 'compensate', 'cancel', 'link'].flatMap((kind) =>
        ['intermediateCatchEvent', 'intermediateThrowEvent'].map((place) => [
          `a ${kind} ${place}`,
          [
            around(`<bpmn:${place} id="X"><bpmn:${kind}EventDefinition/></bpmn:${place}>`),
            'unsupported-element',
            new RegExp(`${kind}EventDefinition at ${place} \\(X\\)`),
          ],
        ]),
      ),
    ),
    'a timer throw event': [
      around(`<bpmn:intermediateThrowEvent id="X">${duration('PT1H')}</bpmn:intermediateThrowEvent>`),
      'unsupported-element',
      /timer intermediateThrowEvent/,
    ],
    'an error catch event': [
      around(
        '<bpmn:intermediateCatchEvent id="X"><bpmn:errorEventDefinition errorRef="E"/></bpmn:intermediateCatchEvent>',
        { roots: ERROR },
      ),
      'unsupported-element',
      /error intermediateCatchEvent/,
    ],
    'a none catch event': [
      around('<bpmn:intermediateCatchEvent id="X"/>'),
      'unsupported-element',
      /none intermediateCatchEvent/,
    ],
    'a terminate throw event': [
      around('<bpmn:intermediateThrowEvent id="X"><bpmn:terminateEventDefinition/></bpmn:intermediateThrowEvent>'),
      'unsupported-element',
      /terminate intermediateThrowEvent/,
    ],
    'a multiple event': [
      caught(duration('PT1H') + '<bpmn:messageEventDefinition messageRef="M"/>'),
      'unsupported-element',
      /multiple intermediateCatchEvent/,
    ],
    'a parallel multiple event': [
      around(
        `<bpmn:intermediateCatchEvent id="X" parallelMultiple="true">${duration('PT1H')}</bpmn:intermediateCatchEvent>`,
      ),
      'unsupported-element',
      /parallelMultiple/,
    ],
    'an event definition by reference': [
      around(
        '<bpmn:intermediateCatchEvent id="X"><bpmn:eventDefinitionRef>TD</bpmn:eventDefinitionRef></bpmn:intermediateCatchEvent>',
        { roots: duration('PT1H').replace('<bpmn:timerEventDefinition', '<bpmn:timerEventDefinition id="TD"') },
      ),
      'unsupported-element',
      /by reference/,
    ],
    'a timer start in a sub-process': [
      around(
        `<bpmn:subProcess id="X"><bpmn:startEvent id="S">${cycle('R/P1D')}</bpmn:startEvent><bpmn:task id="A"/>${flow('F9', 'S', 'A')}</bpmn:subProcess>`,
      ),
      'unsupported-element',
      /timer start event in a sub-process/,
    ],
    'a non-interrupting start': [
      process('<bpmn:startEvent id="S" isInterrupting="false"/>'),
      'unsupported-element',
      /isInterrupting/,
    ],
    'a boundary event on a gateway': [
      process(
        `${START_END}<bpmn:exclusiveGateway id="G"/><bpmn:boundaryEvent id="B" attachedToRef="G">${duration('PT1H')}</bpmn:boundaryEvent>${flow('F', 'Start', 'G')}${flow('F2', 'G', 'End')}${flow('F3', 'B', 'End')}`,
      ),
      'missing-property',
      /B\) has no host activity/,
    ],
    'a boundary event on nothing': [boundary(duration('PT1H'), ''), 'missing-property', /no host activity/],
    'a boundary event without a way out': [
      boundary(duration('PT1H'))
        .replace(flow('F3', 'B', 'Out'), '')
        .replace('<bpmn:endEvent id="Out"/>', ''),
      'missing-property',
      /no outgoing flow/,
    ],
    'a non-interrupting error': [
      boundary('<bpmn:errorEventDefinition errorRef="E"/>', 'attachedToRef="X" cancelActivity="false"'),
      'unsupported-element',
      /non-interrupting error/,
    ],
    'a terminate boundary': [
      boundary('<bpmn:terminateEventDefinition/>'),
      'unsupported-element',
      /terminate boundaryEvent/,
    ],
    'a none boundary': [boundary(''), 'unsupported-element', /none boundaryEvent/],
    'an error end without a code': [
      process('<bpmn:endEvent id="X"><bpmn:errorEventDefinition/></bpmn:endEvent>'),
      'missing-property',
      /no error code/,
    ],
    'an error code by expression': [
      process('<bpmn:endEvent id="X"><bpmn:errorEventDefinition errorRef="E"/></bpmn:endEvent>', {
        roots: '<bpmn:error id="E" errorCode="=code"/>',
      }),
      'unsupported-element',
      /given by an expression/,
    ],
    // Timers.
    'an empty timer': [caught(timer('')), 'missing-property', /single timer value/],
    'two timer values': [
      caught(
        timer(
          '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration><bpmn:timeDate xsi:type="bpmn:tFormalExpression">2026-01-01T00:00</bpmn:timeDate>',
        ),
      ),
      'missing-property',
      /single timer value/,
    ],
    'a duration that is none': [caught(duration('1 hour')), 'invalid-timer', /1 hour/],
    'a date that is none': [caught(date('tomorrow')), 'invalid-timer', /tomorrow/],
    'a cycle that is none': [
      boundary(cycle('R3/1H'), 'attachedToRef="X" cancelActivity="false"'),
      'invalid-timer',
      /R3\/1H/,
    ],
    'a timer in another language': [
      caught(timer('<bpmn:timeDuration xsi:type="bpmn:tFormalExpression" language="groovy">PT1H</bpmn:timeDuration>')),
      'unsupported-element',
      /"groovy"/,
    ],
    'a cycle on an interrupting boundary': [
      boundary(cycle('R3/PT1H')),
      'unsupported-element',
      /cycle on an interrupting boundaryEvent/,
    ],
    'a cycle on a catch event': [
      caught(cycle('R3/PT1H')),
      'unsupported-element',
      /cycle on an interrupting intermediateCatchEvent/,
    ],
    // Messages.
    'a message event without a message': [
      caught('<bpmn:messageEventDefinition/>'),
      'missing-property',
      /no message name/,
    ],
    'a message without a name': [
      around('<bpmn:receiveTask id="X" messageRef="M2"/>', { roots: '<bpmn:message id="M2"/>' }),
      'missing-property',
      /no message name/,
    ],
    'a catch without a key': [
      around('<bpmn:receiveTask id="X" messageRef="M2"/>', { roots: '<bpmn:message id="M2" name="m"/>' }),
      'missing-property',
      /no correlation key/,
    ],
    'a message by operation': [
      around(
        '<bpmn:intermediateCatchEvent id="X"><bpmn:messageEventDefinition messageRef="M"><bpmn:operationRef>Op</bpmn:operationRef></bpmn:messageEventDefinition></bpmn:intermediateCatchEvent>',
        {
          roots: `${MESSAGE}<bpmn:interface id="I" name="i"><bpmn:operation id="Op" name="o"><bpmn:inMessageRef>M</bpmn:inMessageRef></bpmn:operation></bpmn:interface>`,
        },
      ),
      'unsupported-element',
      /operationRef/,
    ],
    'an instantiating receive task': [
      around('<bpmn:receiveTask id="X" messageRef="M" instantiate="true"/>', { roots: MESSAGE }),
      'unsupported-element',
      /instantiating/,
    ],
    'a message flow between executable pools': [
      pools('<bpmn:messageFlow id="MF" sourceRef="TaskA" targetRef="TaskB"/>'),
      'unsupported-element',
      /MF\)/,
    ],
    'a message flow between executable pools as wholes': [
      pools('<bpmn:messageFlow id="MF" sourceRef="PoolA" targetRef="PoolB"/>'),
      'unsupported-element',
      /MF\)/,
    ],
    'a pool of many': [
      pools('').replace(
        'processRef="A"/>',
        'processRef="A"><bpmn:participantMultiplicity maximum="3"/></bpmn:participant>',
      ),
      'unsupported-element',
      /participantMultiplicity at participant \(PoolA\)/,
    ],
    'correlation keys of a collaboration': [
      pools('<bpmn:correlationKey id="CK" name="k"/>'),
      'unsupported-element',
      /correlationKeys/,
    ],
  });
});

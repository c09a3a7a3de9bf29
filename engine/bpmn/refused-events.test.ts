import {
  ERROR,
  ESCALATION,
  ITEMS,
  JOB,
  MESSAGE,
  START_END,
  around,
  boundary,
  caught,
  conditional,
  cycle,
  date,
  duration,
  flow,
  process,
  timer,
} from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

const linkCatch = (id: string) =>
  `<bpmn:intermediateCatchEvent id="${id}"><bpmn:linkEventDefinition name="there"/></bpmn:intermediateCatchEvent>`;
/** Start → X, which jumps to "there". */
const jumping = (elements: string, flows: string) =>
  process(
    `<bpmn:startEvent id="Start"/><bpmn:intermediateThrowEvent id="X"><bpmn:linkEventDefinition name="there"/></bpmn:intermediateThrowEvent>${elements}${flow('F', 'Start', 'X')}${flows}`,
  );
const eventSubProcess = (inner: string, more = '') =>
  process(`<bpmn:task id="Task"/><bpmn:subProcess id="X" triggeredByEvent="true">${inner}</bpmn:subProcess>${more}`);
/** Start → G, with the events A and B and the task T to choose from. */
const gateway = (attributes: string, more: string) =>
  process(
    `<bpmn:startEvent id="Start"/>${flow('F', 'Start', 'G')}<bpmn:eventBasedGateway id="G" ${attributes}/>` +
      `<bpmn:intermediateCatchEvent id="A">${duration('PT1H')}</bpmn:intermediateCatchEvent>` +
      `<bpmn:intermediateCatchEvent id="B">${duration('PT2H')}</bpmn:intermediateCatchEvent><bpmn:task id="T"/>${more}`,
    { roots: MESSAGE },
  );

describe('readBpmn: events, timers and messages', () => {
  refuses({
    ...Object.fromEntries(
      [
        ...['escalation', 'compensate', 'cancel', 'terminate'].map((kind) => [kind, 'intermediateCatchEvent'] as const),
        ...['conditional', 'cancel'].map((kind) => [kind, 'intermediateThrowEvent'] as const),
      ].map(([kind, place]) => [
        `a ${kind} ${place}`,
        [
          around(`<bpmn:${place} id="X"><bpmn:${kind}EventDefinition/></bpmn:${place}>`),
          'unsupported-element',
          new RegExp(`${kind} ${place} at ${place} \\(X\\)`),
        ],
      ]),
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
    'a parallel multiple event of one definition': [
      around(
        `<bpmn:intermediateCatchEvent id="X" parallelMultiple="true">${duration('PT1H')}</bpmn:intermediateCatchEvent>`,
      ),
      'missing-property',
      /second event definition/,
    ],
    'a parallel multiple boundary event with an error': [
      boundary(
        `${duration('PT1H')}<bpmn:errorEventDefinition errorRef="E"/>`,
        'attachedToRef="X" parallelMultiple="true"',
      ),
      'unsupported-element',
      /parallel multiple event with error/,
    ],
    'a job on a multiple throw event': [
      around(
        `<bpmn:intermediateThrowEvent id="X">${JOB}<bpmn:messageEventDefinition messageRef="M"/><bpmn:escalationEventDefinition escalationRef="Esc"/></bpmn:intermediateThrowEvent>`,
        { roots: MESSAGE + ESCALATION },
      ),
      'unsupported-element',
      /job type on a multiple event/,
    ],
    // Signals, escalations, conditions, links.
    'a condition that does not parse': [caught(conditional('=amount >')), 'invalid-expression', /does not parse/],
    'a link without a name': [
      around('<bpmn:intermediateThrowEvent id="X"><bpmn:linkEventDefinition/></bpmn:intermediateThrowEvent>'),
      'missing-property',
      /no link name/,
    ],
    'a link that leads nowhere': [jumping('<bpmn:task id="A"/>', ''), 'broken-link', /"there" of "X" leads nowhere/],
    'a link into another scope': [
      jumping(
        `<bpmn:task id="A"/><bpmn:subProcess id="Sub">${linkCatch('C')}<bpmn:task id="B"/>${flow('F4', 'C', 'B')}</bpmn:subProcess>`,
        flow('F3', 'A', 'Sub'),
      ),
      'broken-link',
      /"there" of "X" leads nowhere/,
    ],
    'a link that nobody throws': [
      process(
        `<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/>${flow('F', 'Start', 'End')}${linkCatch('C')}${flow('F2', 'C', 'End')}`,
      ),
      'broken-link',
      /Nothing in this scope throws the link "there"/,
    ],
    'two ends of one link': [
      jumping(`${linkCatch('C')}${linkCatch('D')}<bpmn:task id="A"/>`, flow('F3', 'C', 'A') + flow('F4', 'D', 'A')),
      'broken-link',
      /Several catch events/,
    ],
    'a link catch with a flow in': [
      jumping(`${linkCatch('C')}<bpmn:task id="A"/>`, flow('F3', 'C', 'A') + flow('F4', 'Start', 'C')),
      'broken-link',
      /reached by its link/,
    ],
    'a link throw with a flow out': [
      jumping(`${linkCatch('C')}<bpmn:task id="A"/>`, flow('F3', 'C', 'A') + flow('F4', 'X', 'A')),
      'broken-link',
      /no flow out/,
    ],
    // Event sub-processes.
    'an event sub-process with a none start': [
      eventSubProcess('<bpmn:startEvent id="S"/>'),
      'unsupported-element',
      /none start event of an event sub-process/,
    ],
    'an event sub-process without a start': [eventSubProcess(''), 'missing-property', /single start event/],
    'an event sub-process with two starts': [
      eventSubProcess(
        `<bpmn:startEvent id="S">${duration('PT1H')}</bpmn:startEvent><bpmn:startEvent id="S2">${duration('PT2H')}</bpmn:startEvent>`,
      ),
      'missing-property',
      /single start event/,
    ],
    'an event sub-process with a flow in': [
      eventSubProcess(`<bpmn:startEvent id="S">${duration('PT1H')}</bpmn:startEvent>`, flow('F8', 'Task', 'X')),
      'misplaced-flow',
      /no flow leads in or out/,
    ],
    'an event sub-process in a loop': [
      eventSubProcess(
        `<bpmn:startEvent id="S">${duration('PT1H')}</bpmn:startEvent><bpmn:multiInstanceLoopCharacteristics>${ITEMS}</bpmn:multiInstanceLoopCharacteristics>`,
      ),
      'unsupported-element',
      /loop marker on an event sub-process/,
    ],
    'a boundary event on an event sub-process': [
      eventSubProcess(
        `<bpmn:startEvent id="S">${duration('PT1H')}</bpmn:startEvent>`,
        `<bpmn:boundaryEvent id="B" attachedToRef="X">${duration('PT1H')}</bpmn:boundaryEvent>${flow('F8', 'B', 'Task')}`,
      ),
      'missing-property',
      /no host activity/,
    ],
    'a non-interrupting error start': [
      eventSubProcess('<bpmn:startEvent id="S" isInterrupting="false"><bpmn:errorEventDefinition/></bpmn:startEvent>'),
      'unsupported-element',
      /non-interrupting error startEvent/,
    ],
    // Event-based gateways.
    'an event-based gateway with one event': [
      gateway('', flow('G1', 'G', 'A')),
      'misplaced-gateway',
      /needs at least two/,
    ],
    'an event-based gateway before a task': [
      gateway('', flow('G1', 'G', 'A') + flow('G2', 'G', 'T')),
      'misplaced-gateway',
      /leads to task \(T\), which waits for nothing/,
    ],
    'an event-based gateway before an event that others reach': [
      gateway('', flow('G1', 'G', 'A') + flow('G2', 'G', 'B') + flow('G3', 'T', 'A')),
      'misplaced-gateway',
      /which other flows reach as well/,
    ],
    'a parallel event-based gateway in the middle': [
      gateway('eventGatewayType="Parallel"', flow('G1', 'G', 'A') + flow('G2', 'G', 'B')),
      'misplaced-gateway',
      /only the start of a process may/,
    ],
    'a gateway that waits for messages in events and in receive tasks': [
      gateway('', `${flow('G1', 'G', 'A')}${flow('G2', 'G', 'R')}<bpmn:receiveTask id="R" messageRef="M"/>`).replace(
        duration('PT1H'),
        '<bpmn:messageEventDefinition messageRef="M"/>',
      ),
      'misplaced-gateway',
      /waits for messages in events and in receive tasks/,
    ],
    'an instantiating event-based gateway in the middle': [
      gateway('instantiate="true"', flow('G1', 'G', 'A') + flow('G2', 'G', 'B')),
      'misplaced-gateway',
      /starts a process/,
    ],
    'a receive task with a boundary event behind an event-based gateway': [
      gateway(
        '',
        flow('G1', 'G', 'A') +
          flow('G2', 'G', 'R') +
          `<bpmn:receiveTask id="R" messageRef="M"/><bpmn:boundaryEvent id="RB" attachedToRef="R">${duration('PT1H')}</bpmn:boundaryEvent>${flow('G3', 'RB', 'T')}`,
      ),
      'misplaced-gateway',
      /which has boundary events/,
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
    'a misfire policy that nobody knows': [
      caught(
        '<bpmn:timerEventDefinition reglament:misfire="twice"><bpmn:timeCycle>R3/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>',
      ),
      'invalid-timer',
      /"twice"/,
    ],
    'a misfire policy on a timer that fires once': [
      caught(
        '<bpmn:timerEventDefinition reglament:misfire="skip"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>',
      ),
      'invalid-timer',
      /needs a cycle/,
    ],
    'a cycle that is none': [
      boundary(cycle('R3/1H'), 'attachedToRef="X" cancelActivity="false"'),
      'invalid-timer',
      /R3\/1H/,
    ],
    'a timer in another language': [
      caught(
        timer('<bpmn:timeDuration xsi:type="bpmn:tFormalExpression" language="groovy">due + 1</bpmn:timeDuration>'),
      ),
      'unsupported-element',
      /"groovy"/,
    ],
    // Messages.
    'an instantiating receive task in the middle': [
      around('<bpmn:receiveTask id="X" messageRef="M" instantiate="true"/>', { roots: MESSAGE }),
      'misplaced-start',
      /receiveTask \(X\) starts a process/,
    ],
  });
});

import type { ElementSpec } from '../../testing/build-bpmn.ts';
import type { Boundary, Container, Handler, Leaf } from './block.ts';

const extended = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`;
const text = (name: string, value: string) => `<bpmn:${name} xsi:type="bpmn:tFormalExpression">${value}</bpmn:${name}>`;
const timer = (kind: string, value: string) =>
  `<bpmn:timerEventDefinition>${text(kind, value)}</bpmn:timerEventDefinition>`;
const message = '<bpmn:messageEventDefinition messageRef="M"/>';
const signal = '<bpmn:signalEventDefinition signalRef="S"/>';
const condition = `<bpmn:conditionalEventDefinition>${text('condition', '=n != null and n &gt; 3')}</bpmn:conditionalEventDefinition>`;
const error = '<bpmn:errorEventDefinition errorRef="E"/>';
const compensation = '<bpmn:compensateEventDefinition/>';
const escalation = '<bpmn:escalationEventDefinition escalationRef="L"/>';

/** A message with everything in sight would bring old values back to its own sender. */
const LITTLE = extended('<zeebe:ioMapping><zeebe:input source="=1" target="sent"/></zeebe:ioMapping>');

const caught = (inner: string, attributes = ''): ElementSpec => ({ type: 'intermediateCatchEvent', inner, attributes });
const thrown = (inner: string): ElementSpec => ({ type: 'intermediateThrowEvent', inner });
const ended = (inner: string): ElementSpec => ({ type: 'endEvent', inner });

/** Everything the random models refer to. */
export const ROOTS =
  `<bpmn:message id="M" name="m">${extended('<zeebe:subscription correlationKey="=&quot;k&quot;"/>')}</bpmn:message>` +
  '<bpmn:signal id="S" name="s"/><bpmn:error id="E" errorCode="E"/><bpmn:escalation id="L" escalationCode="L"/>';

/** The process that call activities call; it escalates to whoever called it. */
export const CHILD = {
  id: 'child',
  elements: { childStart: 'startEvent', childUp: thrown(escalation), childWork: 'userTask', childEnd: 'endEvent' },
  flows: ['childStart -> childUp -> childWork -> childEnd'],
} as const;

export const LEAF_SPECS: Readonly<Record<Exclude<Leaf, 'link' | 'twice' | 'compensable'>, ElementSpec>> = {
  userTask: { type: 'userTask' },
  serviceTask: { type: 'serviceTask', inner: extended('<zeebe:taskDefinition type="work"/>') },
  scriptTask: {
    type: 'scriptTask',
    inner: extended('<zeebe:script expression="=if n = null then 1 else n + 1" resultVariable="n"/>'),
  },
  task: { type: 'task' },
  manualTask: { type: 'manualTask' },
  receiveTask: { type: 'receiveTask', attributes: 'messageRef="M"' },
  sendTask: { type: 'sendTask', attributes: 'messageRef="M"', inner: LITTLE },
  // Without the variables of its caller, which it would bring back as they were when it began.
  callActivity: {
    type: 'callActivity',
    inner: extended('<zeebe:calledElement processId="child" propagateAllParentVariables="false"/>'),
  },
  timer: caught(timer('timeDuration', 'PT1H')),
  message: caught(message),
  signal: caught(signal),
  condition: caught(condition),
  multiple: caught(message + signal + timer('timeDuration', 'PT2H')),
  parallelMultiple: caught(signal + timer('timeDuration', 'PT1H'), 'parallelMultiple="true"'),
  throwMessage: thrown(LITTLE + message),
  throwSignal: thrown(signal),
  throwEscalation: thrown(escalation),
  // Stuck until an operator sets `mended`.
  failing: {
    type: 'serviceTask',
    inner: extended(
      '<zeebe:taskDefinition type="=mended"/><zeebe:ioMapping><zeebe:input source="=n" target="local"/></zeebe:ioMapping>',
    ),
  },
  throwCompensation: thrown(compensation),
  compensationEnd: ended(compensation),
  terminate: ended('<bpmn:terminateEventDefinition/>'),
  errorEnd: ended(error),
  escalationEnd: ended(escalation),
};

/** Goes on with the first token, and takes the others when no more can come. */
export const COMPLEX_JOIN: ElementSpec = {
  type: 'complexGateway',
  inner: text('activationCondition', '=activationCount &gt;= 1'),
};

/** A task that can be undone: with its compensation event, its handler and the line between them. */
export function compensable(name: string): Readonly<Record<string, ElementSpec>> {
  const [event, handler] = [`${name}undone`, `${name}undo`];
  return {
    [name]: { type: 'userTask' },
    [event]: { type: 'boundaryEvent', attributes: `attachedToRef="${name}"`, inner: compensation },
    [handler]: { type: 'userTask', attributes: 'isForCompensation="true"' },
    [`${name}line`]: { type: 'association', attributes: `sourceRef="${event}" targetRef="${handler}"` },
  };
}

/** The events behind an event-based gateway, in turn. */
export const CHOSEN_EVENTS: readonly ElementSpec[] = [
  caught(message),
  caught(timer('timeDuration', 'PT1H')),
  caught(signal),
];

const multiInstance = (inner: string, attributes = '') =>
  `<bpmn:multiInstanceLoopCharacteristics ${attributes}>${inner}</bpmn:multiInstanceLoopCharacteristics>`;
const ITEMS = extended(
  '<zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="item" outputCollection="out" outputElement="=n"/>',
);
const standardLoop = (testBefore: boolean, condition: string) =>
  `<bpmn:standardLoopCharacteristics testBefore="${testBefore}" loopMaximum="3">${text('loopCondition', condition)}</bpmn:standardLoopCharacteristics>`;

/** The loop marker of each container. */
export const LOOP_MARKERS: Readonly<Record<Container, string>> = {
  scope: '',
  each: multiInstance(ITEMS),
  inTurn: multiInstance(ITEMS, 'isSequential="true"'),
  times: multiInstance(
    `${text('loopCardinality', '=3')}${text('completionCondition', '=numberOfCompletedInstances = 2')}`,
  ),
  loop: standardLoop(false, '=loopCounter &lt; 2'),
  loopFirst: standardLoop(true, '=n = null or n &lt; 3'),
};

/** Inside the boundary event, and whether it interrupts. */
export const BOUNDARY_SPECS: Readonly<
  Record<Exclude<Boundary, 'none'>, readonly [inner: string, interrupting: boolean]>
> = {
  timer: [timer('timeDuration', 'PT3H'), true],
  reminder: [timer('timeCycle', 'R2/PT1H'), false],
  message: [message, true],
  note: [message, false],
  signal: [signal, true],
  condition: [condition, false],
  error: ['<bpmn:errorEventDefinition/>', true],
  escalation: [escalation, true],
  gentleEscalation: ['<bpmn:escalationEventDefinition/>', false],
};

/** Inside the start event of the event sub-process, and whether it interrupts. */
export const HANDLER_SPECS: Readonly<
  Record<Exclude<Handler, 'none'>, readonly [inner: string, interrupting: boolean]>
> = {
  message: [message, true],
  gentleMessage: [message, false],
  timer: [timer('timeDuration', 'PT2H'), true],
  gentleTimer: [timer('timeCycle', 'R2/PT1H'), false],
  error: [error, true],
  escalation: [escalation, false],
  condition: [condition, true],
};

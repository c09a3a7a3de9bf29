import { buildBpmn, type ScopeSpec } from '../../testing/build-bpmn.ts';
import { verify } from '../test/rule-table.ts';
import { deadlock } from './deadlock.ts';

const build = (elements: ScopeSpec['elements'], ...flows: readonly string[]) =>
  buildBpmn({ id: 'P', elements: { Start: 'startEvent', End: 'endEvent', ...elements }, flows });

const timer =
  '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>';
const boundary = (host: string, more = '') => ({
  type: 'boundaryEvent',
  name: 'Late',
  attributes: `attachedToRef="${host}" ${more}`,
  inner: timer,
});

/** A fork into two branches, each of which may end early; only together do they reach the join. */
const twice = (first: string, second: string, writer: ScopeSpec['elements'][string] = 'task') =>
  build(
    {
      Fork: 'parallelGateway',
      Before: writer,
      Which: 'exclusiveGateway',
      Which2: 'exclusiveGateway',
      A: 'task',
      C: 'task',
      B: 'task',
      D: 'task',
      Join: 'parallelGateway',
    },
    'Start -> Fork -> Before -> Which',
    'Fork -> Which2',
    first,
    'Which -> B default',
    second,
    `Which2 -> ${second.includes('-> D') ? 'C' : 'D'} default`,
    'A -> Join -> End',
    'C -> Join',
  );
const WRITES = {
  type: 'task',
  inner:
    '<bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=1" target="paid"/></zeebe:ioMapping></bpmn:extensionElements>',
};

verify(deadlock, {
  valid: {
    'branches joined as they were split': {
      xml: build(
        { Fork: 'parallelGateway', A: 'userTask', B: 'userTask', Join: 'parallelGateway' },
        'Start -> Fork -> A -> Join -> End',
        'Fork -> B -> Join',
      ),
    },
    'a choice inside a branch': {
      xml: build(
        {
          Fork: 'parallelGateway',
          Which: 'exclusiveGateway',
          A: 'task',
          B: 'task',
          C: 'task',
          Merge: 'exclusiveGateway',
          Join: 'parallelGateway',
        },
        'Start -> Fork -> Which',
        'Which -> A [=a]',
        'A -> Merge -> Join -> End',
        'Which -> B default',
        'B -> Merge',
        'Fork -> C -> Join',
      ),
    },
    'a loop through a fork and its join': {
      xml: build(
        {
          Again: 'exclusiveGateway',
          Fork: 'parallelGateway',
          A: 'task',
          B: 'task',
          Join: 'parallelGateway',
          Done: 'exclusiveGateway',
        },
        'Start -> Again -> Fork -> A -> Join -> Done',
        'Fork -> B -> Join',
        'Done -> Again [=again]',
        'Done -> End default',
      ),
    },
    'a boundary event that ends the branch by its own end': {
      xml: build(
        { A: 'userTask', B: boundary('A', 'cancelActivity="false"'), Told: 'endEvent' },
        'Start -> A -> End',
        'B -> Told',
      ),
    },
    'a terminate end that leaves a join without its tokens': {
      xml: build(
        {
          Fork: 'parallelGateway',
          A: 'userTask',
          Which: 'exclusiveGateway',
          Join: 'parallelGateway',
          Stop: { type: 'endEvent', inner: '<bpmn:terminateEventDefinition/>' },
        },
        'Start -> Fork -> A -> Join -> End',
        'Fork -> Which',
        'Which -> Join [=fine]',
        'Which -> Stop default',
      ),
    },
    'a path behind a sub-process that always leaves by an error': {
      xml: buildBpmn({
        id: 'P',
        roots: '<bpmn:error id="E" errorCode="e"/>',
        elements: {
          Start: 'startEvent',
          Sub: {
            type: 'subProcess',
            scope: {
              elements: {
                In: 'startEvent',
                Out: { type: 'endEvent', inner: '<bpmn:errorEventDefinition errorRef="E"/>' },
              },
              flows: ['In -> Out'],
            },
          },
          Failed: {
            type: 'boundaryEvent',
            attributes: 'attachedToRef="Sub"',
            inner: '<bpmn:errorEventDefinition errorRef="E"/>',
          },
          Join: 'parallelGateway',
          End: 'endEvent',
          Sorry: 'endEvent',
        },
        flows: ['Start -> Sub -> Join -> End', 'Failed -> Sorry'],
      }),
    },
  },
  invalid: {
    'a join behind a choice: never complete': {
      xml: build(
        {
          Which: { type: 'exclusiveGateway', name: 'Which way?' },
          A: 'userTask',
          B: 'userTask',
          Join: { type: 'parallelGateway', name: 'All done' },
        },
        'Start -> Which',
        'Which -> A [=a]',
        'Which -> B default',
        'A -> Join -> End',
        'B -> Join',
      ),
      finds: ['Join error'],
      path: 'Start → Which way? → A',
      says: /"?«All done» \(Join\) can never be complete: on any path no token comes from B/,
    },
    'a join of two ways to start': {
      xml: buildBpmn({
        id: 'P',
        roots: '<bpmn:message id="M" name="m"/>',
        elements: {
          Start: 'startEvent',
          Called: { type: 'startEvent', inner: '<bpmn:messageEventDefinition messageRef="M"/>' },
          Join: 'parallelGateway',
          End: 'endEvent',
        },
        flows: ['Start -> Join -> End', 'Called -> Join'],
      }),
      finds: ['Join error'],
    },
    'a join that starves when one branch leaves': {
      xml: build(
        {
          Fork: 'parallelGateway',
          A: 'userTask',
          Which: 'exclusiveGateway',
          Join: 'parallelGateway',
          Away: 'endEvent',
        },
        'Start -> Fork -> A -> Join -> End',
        'Fork -> Which',
        'Which -> Join [=fine]',
        'Which -> Away default',
      ),
      finds: ['Join error'],
      path: 'Start → Fork → A → Which → Away',
      says: /can starve/,
    },
    'a branch that its boundary event takes away': {
      xml: build(
        {
          Fork: 'parallelGateway',
          A: 'userTask',
          B: 'userTask',
          L: boundary('A'),
          Join: 'parallelGateway',
          Late: 'endEvent',
        },
        'Start -> Fork -> A -> Join -> End',
        'Fork -> B -> Join',
        'L -> Late',
      ),
      finds: ['Join error'],
      path: 'Start → Fork → B → A → Late → Late',
    },
    'a surplus token': {
      xml: build(
        {
          Fork: 'parallelGateway',
          A: 'task',
          B: 'task',
          C: 'task',
          Merge: 'exclusiveGateway',
          Join: 'parallelGateway',
        },
        'Start -> Fork -> A -> Merge -> Join -> End',
        'Fork -> B -> Merge',
        'Fork -> C -> Join',
      ),
      finds: ['Join error'],
      says: /surplus token/,
    },
    'a deadlock inside a sub-process, in it alone': {
      xml: buildBpmn({
        id: 'P',
        elements: {
          Start: 'startEvent',
          Sub: {
            type: 'subProcess',
            scope: {
              elements: {
                In: 'startEvent',
                Which: 'exclusiveGateway',
                A: 'task',
                Join: 'parallelGateway',
                Out: 'endEvent',
              },
              flows: ['In -> Which', 'Which -> Join [=a]', 'Which -> A default', 'A -> Join -> Out'],
            },
          },
          End: 'endEvent',
        },
        flows: ['Start -> Sub -> End'],
      }),
      finds: ['Join error'],
    },
    'two gateways that ask the same question, as a warning': {
      xml: twice('Which -> A [=paid]', 'Which2 -> C [= paid]'),
      finds: ['Join warning'],
      says: /starves if the gateways Which, Which2, which ask the same question, answer it differently/,
    },
    'two gateways that ask different questions': {
      xml: twice('Which -> A [=paid]', 'Which2 -> C [=ready]'),
      finds: ['Join error'],
    },
    'the same question, with a writer of its variable beside it': {
      xml: twice('Which -> A [=paid]', 'Which2 -> C [=paid]', WRITES),
      finds: ['Join error'],
    },
    'the same question, and a starved join whatever the answer is': {
      xml: twice('Which -> A [=paid]', 'Which2 -> D [=paid]'),
      finds: ['Join error'],
      path: 'Start → Fork → Before → Which2 → Which → A → D',
    },
    'only the first of two joins in a row': {
      xml: build(
        {
          Fork: 'parallelGateway',
          Which: 'exclusiveGateway',
          A: 'task',
          J1: 'parallelGateway',
          J2: 'parallelGateway',
          C: 'task',
        },
        'Start -> Fork -> C -> J2 -> End',
        'Fork -> Which',
        'Which -> J1 [=a]',
        'Which -> A default',
        'A -> J1 -> J2',
      ),
      finds: ['J1 error'],
    },
  },
});

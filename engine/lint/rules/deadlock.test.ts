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

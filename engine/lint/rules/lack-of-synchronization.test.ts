import { buildBpmn, type ScopeSpec } from '../../testing/build-bpmn.ts';
import { verify } from '../test/rule-table.ts';
import { lackOfSynchronization } from './lack-of-synchronization.ts';

const build = (elements: ScopeSpec['elements'], ...flows: readonly string[]) =>
  buildBpmn({ id: 'P', elements: { Start: 'startEvent', End: 'endEvent', ...elements }, flows });
const timer = (duration: string) =>
  `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`;
const reminder = (host: string, duration: string) => ({
  type: 'boundaryEvent',
  name: `After ${duration}`,
  attributes: `attachedToRef="${host}" cancelActivity="false"`,
  inner: timer(duration),
});

verify(lackOfSynchronization, {
  valid: {
    'a choice and its merge': {
      xml: build(
        { Which: 'exclusiveGateway', A: 'task', B: 'task', Merge: 'exclusiveGateway' },
        'Start -> Which',
        'Which -> A [=a]',
        'Which -> B default',
        'A -> Merge -> End',
        'B -> Merge',
      ),
    },
    'branches with ends of their own': {
      xml: build(
        { Fork: 'parallelGateway', A: 'task', B: 'task', End2: 'endEvent' },
        'Start -> Fork -> A -> End',
        'Fork -> B -> End2',
      ),
    },
    'two reminders that go the same way, even in a loop': {
      xml: build(
        {
          Again: 'exclusiveGateway',
          Ask: 'userTask',
          First: reminder('Ask', 'PT1H'),
          Second: reminder('Ask', 'PT2H'),
          Remind: 'task',
          Reminded: 'endEvent',
          Fine: 'exclusiveGateway',
        },
        'Start -> Again -> Ask -> Fine',
        'Fine -> Again [=again]',
        'Fine -> End default',
        'First -> Remind -> Reminded',
        'Second -> Remind',
      ),
    },
  },
  invalid: {
    'an exclusive merge behind a parallel split': {
      xml: build(
        {
          Fork: 'parallelGateway',
          A: 'userTask',
          B: 'userTask',
          Merge: { type: 'exclusiveGateway', name: 'Go on' },
          Pay: 'userTask',
        },
        'Start -> Fork -> A -> Merge -> Pay -> End',
        'Fork -> B -> Merge',
      ),
      finds: ['Merge warning'],
      path: 'Start → Fork → A → B',
      says: /«Go on» \(Merge\)/,
    },
    'an end that both branches reach': {
      xml: build({ Fork: 'parallelGateway', A: 'task', B: 'task' }, 'Start -> Fork -> A -> End', 'Fork -> B -> End'),
      finds: ['End warning'],
    },
    'two flows to the same task': {
      xml: build({ Fork: 'parallelGateway', A: 'task' }, 'Start -> Fork -> A -> End').replace(
        '<bpmn:sequenceFlow id="A_End"',
        '<bpmn:sequenceFlow id="Twice" sourceRef="Fork" targetRef="A"/><bpmn:sequenceFlow id="A_End"',
      ),
      finds: ['A warning'],
    },
    'a reminder that joins the main path': {
      xml: build(
        { Ask: 'userTask', First: reminder('Ask', 'PT1H'), Pay: 'task' },
        'Start -> Ask -> Pay -> End',
        'First -> Pay',
      ),
      finds: ['Pay warning'],
      path: 'Start → Ask → After PT1H',
    },
    'the first of two merges only': {
      xml: build(
        {
          Fork: 'parallelGateway',
          A: 'task',
          B: 'task',
          M1: 'exclusiveGateway',
          Which: 'exclusiveGateway',
          C: 'task',
          D: 'task',
          M2: 'exclusiveGateway',
        },
        'Start -> Fork -> A -> M1 -> Which',
        'Fork -> B -> M1',
        'Which -> C [=c]',
        'Which -> D default',
        'C -> M2 -> End',
        'D -> M2',
      ),
      finds: ['M1 warning'],
    },
  },
});

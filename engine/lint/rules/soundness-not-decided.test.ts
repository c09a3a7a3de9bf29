import { buildBpmn } from '../../testing/build-bpmn.ts';
import { verify } from '../test/rule-table.ts';
import { soundnessNotDecided } from './soundness-not-decided.ts';

/** Branches that each choose and merge: their states multiply. */
function branches(count: number): string {
  const ids = Array.from({ length: count }, (_, index) => index);
  const elements = ids.flatMap((n) => [
    [`Which${n}`, 'exclusiveGateway'],
    [`A${n}`, 'task'],
    [`B${n}`, 'task'],
    [`Merge${n}`, 'exclusiveGateway'],
  ]);
  return buildBpmn({
    id: 'P',
    elements: {
      Start: 'startEvent',
      Fork: 'parallelGateway',
      Join: 'parallelGateway',
      End: 'endEvent',
      ...Object.fromEntries(elements),
    },
    flows: [
      'Start -> Fork',
      'Join -> End',
      ...ids.flatMap((n) => [
        `Fork -> Which${n}`,
        `Which${n} -> A${n} [=a]`,
        `Which${n} -> B${n} default`,
        `A${n} -> Merge${n} -> Join`,
        `B${n} -> Merge${n}`,
      ]),
    ],
  });
}

verify(soundnessNotDecided, {
  valid: { 'six branches with a choice each': { xml: branches(6) } },
  invalid: {
    'more states than are walked: deadlocks are still decided': {
      xml: branches(12),
      finds: ['P warning'],
      says: /whether branches run twice/,
    },
    'tokens that pile up': {
      xml: buildBpmn({
        id: 'P',
        elements: {
          Start: 'startEvent',
          Again: 'exclusiveGateway',
          A: 'userTask',
          Fork: 'parallelGateway',
          Join: 'parallelGateway',
          B: 'task',
          End: 'endEvent',
        },
        flows: ['Start -> Again -> A -> Fork -> Again', 'Fork -> Join -> End', 'Fork -> B -> Join'],
      }),
      finds: ['P warning'],
      says: /whether it can deadlock/,
    },
  },
});

import { buildBpmn } from '../../testing/build-bpmn.ts';
import { verify } from '../test/rule-table.ts';
import { uncoveredCondition } from './uncovered-condition.ts';

/** An exclusive gateway with these conditions; `default` for the default flow. */
const split = (...conditions: readonly string[]) => ({
  xml: buildBpmn({
    id: 'P',
    elements: {
      Start: 'startEvent',
      Which: { type: 'exclusiveGateway', name: 'Which way?' },
      ...Object.fromEntries(conditions.map((_, index) => [`End${index}`, 'endEvent'])),
    },
    flows: [
      'Start -> Which',
      ...conditions.map(
        (condition, index) => `Which -> End${index} ${condition === 'default' ? condition : `[${condition}]`}`,
      ),
    ],
  }),
});
const open = (...conditions: readonly string[]) => ({ ...split(...conditions), finds: ['Which warning'] });

verify(uncoveredCondition, {
  valid: {
    'a default flow': split('=a', 'default'),
    'a condition and its opposite': split('=approved', '=not(approved)'),
    'true and false': split('=approved = true', '=approved = false'),
    'equal and not equal': split('=kind = "new"', '=kind != "new"'),
    'two halves of the numbers': split('=amount > 100', '=amount <= 100'),
    'three parts of the numbers': split('=amount < 0', '=0 <= amount and true or amount >= 0', '=amount = 0'),
    'numbers with the constant in front': split('=100 < amount', '=100 >= amount'),
    'negative numbers': split('=t < -5', '=t >= -5'),
    'a condition that is always true': split('=a', '=true'),
  },
  invalid: {
    'two conditions that leave something out': {
      ...open('=a', '=b'),
      says: /«Which way\?» \(Which\) has no default flow/,
    },
    'a hole between two numbers': open('=amount > 100', '=amount < 100'),
    'a hole of one range': open('=amount < 10', '=amount >= 20'),
    'halves of different values': open('=a > 100', '=b <= 100'),
    'a condition that nothing turns round': open('=kind = "new"', '=kind = "old"'),
  },
});

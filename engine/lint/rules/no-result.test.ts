import { around, condition, extended, split } from '../../bpmn/test/bpmn-text.ts';
import { verify } from '../test/rule-table.ts';
import { afterForm } from '../test/status-form.ts';
import { noResult } from './no-result.ts';

const script = (expression: string) => ({
  xml: around(
    `<bpmn:scriptTask id="X">${extended(`<zeebe:script expression="${expression}" resultVariable="r"/>`)}</bpmn:scriptTask>`,
  ),
});

verify(noResult, {
  valid: {
    'arithmetic of one kind': afterForm('amount + 1 > 5'),
    'texts put together': afterForm('comment + status = "a"'),
    'a property that the value may have': script('={a: 1}.a'),
    'what nobody knows': { xml: split(condition('=order.total + tax &gt; upper case(name)'), '', 'default="F2"') },
  },
  invalid: {
    'a number added to a text': {
      ...afterForm('amount + comment = "x"'),
      finds: ['Choose_Yes warning only-null'],
      says: /"amount \+ comment" has no result/,
    },
    'a property that no value has': {
      ...script('={total: 1}.totla'),
      finds: ['X warning unknown-property'],
      says: /Perhaps "total" is meant/,
    },
    'an argument of the wrong type': {
      ...afterForm('upper case(amount) = "A"'),
      finds: ['Choose_Yes warning wrong-arguments'],
      says: /must be string, but is number/,
    },
    'too many arguments': { ...script('=count(1, 2)'), finds: ['X warning wrong-arguments'] },
    'a call of what is no function': { ...script('={a: 1}.a(2)'), finds: ['X warning not-a-function'] },
    'a text as a condition': { ...script('=if &quot;yes&quot; then 1 else 2'), finds: ['X warning not-a-condition'] },
  },
});

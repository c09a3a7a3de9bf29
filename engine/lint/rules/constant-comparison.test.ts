import { around, condition, extended, split } from '../../bpmn/test/bpmn-text.ts';
import { verify } from '../test/rule-table.ts';
import { constantComparison } from './constant-comparison.ts';

const when = (text: string) => ({ xml: split(condition(text), '', 'default="F2"') });
const script = (expression: string) => ({
  xml: around(
    `<bpmn:scriptTask id="X">${extended(`<zeebe:script expression="${expression}" resultVariable="r"/>`)}</bpmn:scriptTask>`,
  ),
});

verify(constantComparison, {
  valid: {
    'a variable compared with a constant': when('=amount &gt; 100'),
    'a question to the clock': when('=now() &gt; date and time("2026-01-01T00:00:00Z")'),
    'a filter by a constant': when('=count(items[kind = "new"]) &gt; 0'),
    'a constant as a value': script('=1 + 2'),
  },
  invalid: {
    'a condition that is a constant': { ...when('=true'), finds: ['F1 warning'] },
    'a text in quotes instead of a name': {
      ...when('="status" = "done"'),
      finds: ['F1 warning'],
      says: /"status" = "done"/,
    },
    'something compared with itself': { ...when('=amount = amount'), finds: ['F1 warning'] },
    'a part of a condition': { ...when('=a and 1 = 2'), finds: ['F1 warning'], says: /"1 = 2" at F1/ },
    'a script': { ...script('=if 2 &gt; 1 then a else b'), finds: ['X warning'] },
  },
});

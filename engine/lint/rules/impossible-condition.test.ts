import { condition, extended, split } from '../../bpmn/test/bpmn-text.ts';
import { buildBpmn } from '../../testing/build-bpmn.ts';
import { verify } from '../test/rule-table.ts';
import { afterForm } from '../test/status-form.ts';
import { impossibleCondition } from './impossible-condition.ts';

const when = (text: string) => ({ xml: split(condition(text), '', 'default="F2"') });
const finds = ['Choose_Yes warning never-true'];

/** A script makes a list, a loop goes through it, and a skipped task reads its element. */
const looped = (text: string) => ({
  xml: buildBpmn({
    id: 'P',
    elements: {
      Start: 'startEvent',
      Make: {
        type: 'scriptTask',
        inner: extended('<zeebe:script expression="=[{kind: &quot;pump&quot;}]" resultVariable="parts"/>'),
      },
      Each: {
        type: 'task',
        inner: `${extended(`<zeebe:ioMapping><zeebe:input source="${text}" target="x"/></zeebe:ioMapping>`)}<bpmn:multiInstanceLoopCharacteristics>${extended('<zeebe:loopCharacteristics inputCollection="=parts" inputElement="part"/>')}</bpmn:multiInstanceLoopCharacteristics>`,
      },
      End: 'endEvent',
    },
    flows: ['Start -> Make -> Each -> End'],
  }),
});

verify(impossibleCondition, {
  valid: {
    'an allowed value': afterForm('status = "open"'),
    'variables of which nothing is known': when('=anything &gt; 5 and other = "x"'),
    'a number within its limits': afterForm('amount > 99'),
    'a value that a job may bring': afterForm('status = "escalated"', { job: true }),
    'a question whether something is filled': afterForm('status = null or amount != null'),
    'a date read from its text': afterForm('date(due) < today()'),
    'constants, which have a rule of their own': when('=1 = 2'),
  },
  invalid: {
    'a text outside the allowed values': { ...afterForm('status = "closed"'), finds },
    'a misspelt value, with the one meant': {
      ...afterForm('status = "opne"'),
      finds,
      says: /"status = "opne"" is never true \(string "new", "open", "done"; string "opne"\)\. Perhaps "open" is meant/,
    },
    'a misspelt value where a job may write too': { ...afterForm('status = "opne"', { job: true }), finds },
    'a number outside its limits': { ...afterForm('amount > 100'), finds, says: /number \[0\.\.100\]/ },
    'what cannot be otherwise': { ...afterForm('amount >= 0'), finds: ['Choose_Yes warning never-false'] },
    'conditions that exclude each other': {
      ...when('=total &gt; 5 and total &lt; 3'),
      finds: ['F1 warning never-true'],
      says: /conditions on total exclude each other/,
    },
    'a number compared with a text, whoever writes it': {
      ...afterForm('amount = "5"', { job: true }),
      finds: ['Choose_Yes warning different-types'],
    },
    'a date of a form compared as it is': {
      ...afterForm('due < today()'),
      finds: ['Choose_Yes warning different-types'],
      says: /write date\(…\)/,
    },
    'a choice among several that none can be': {
      ...afterForm('some part in parts satisfies part = "pmup"'),
      finds,
      says: /"pump"/,
    },
    'a range that ends before it starts': {
      ...when('=total in [9..5]'),
      finds: ['F1 warning empty-range'],
    },
    'the element of a loop, by the list that a script made': {
      ...looped('=part.kind = &quot;pmup&quot;'),
      finds: ['Each warning never-true'],
      says: /Perhaps "pump"/,
    },
  },
});

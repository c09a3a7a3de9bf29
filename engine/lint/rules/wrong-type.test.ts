import { around, caught, condition, cycle, date, duration, extended, split } from '../../bpmn/test/bpmn-text.ts';
import { verify } from '../test/rule-table.ts';
import { afterForm } from '../test/status-form.ts';
import { wrongType } from './wrong-type.ts';

const task = (inner: string) => ({
  xml: around(`<bpmn:userTask id="X">${extended('<zeebe:userTask/>', inner)}</bpmn:userTask>`),
});
const timer = (inner: string) => ({ xml: caught(inner) });
const loop = (collection: string) => ({
  xml: around(
    `<bpmn:task id="X"><bpmn:multiInstanceLoopCharacteristics>${extended(`<zeebe:loopCharacteristics inputCollection="${collection}"/>`)}</bpmn:multiInstanceLoopCharacteristics></bpmn:task>`,
  ),
});
const finds = ['X warning'];

verify(wrongType, {
  valid: {
    'a condition': afterForm('urgent'),
    'a date for a date': timer(date('=today() + duration("P1D")')),
    'a duration for a duration': timer(duration('=duration("PT1H") * 2')),
    'a text for a duration': timer(duration('=if big then "PT4H" else "P1D"')),
    'a cycle': timer(cycle('=cycle(3, duration("PT1H"))')),
    'groups as a list': task('<zeebe:assignmentDefinition candidateGroups="=[&quot;a&quot;]"/>'),
    'a person whom nobody knows yet': task('<zeebe:assignmentDefinition assignee="=owner"/>'),
    nobody: task('<zeebe:assignmentDefinition assignee="=null"/>'),
  },
  invalid: {
    'a text as a condition': { ...afterForm('status'), finds: ['Choose_Yes warning'], says: /must be true or false/ },
    'a number as a condition': { xml: split(condition('=1 + count([2])'), '', 'default="F2"'), finds: ['F1 warning'] },
    'a duration where a date is due': { ...timer(date('=duration("P1D")')), finds, says: /must be a date and time/ },
    'a number of days as a duration': {
      ...timer(duration('=2 * 7')),
      finds,
      says: /must be a duration, but it is number/,
    },
    'a duration as a cycle': { ...timer(cycle('=duration("PT1H")')), finds },
    'a number as a person': { ...task('<zeebe:assignmentDefinition assignee="=count([1])"/>'), finds },
    'a date as groups': { ...task('<zeebe:assignmentDefinition candidateGroups="=today()"/>'), finds },
    'a list as a priority': { ...task('<zeebe:priorityDefinition priority="=[50]"/>'), finds },
    'a loop over a context': { ...loop('={a: 1}'), finds, says: /must be a list/ },
  },
});

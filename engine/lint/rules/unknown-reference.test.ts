import { around, extended } from '../../bpmn/test/bpmn-text.ts';
import type { LintSurroundings } from '../lint-rule.ts';
import { verify } from '../test/rule-table.ts';
import { unknownReference } from './unknown-reference.ts';

const around_ = (deployed: readonly string[], complete = true): LintSurroundings => ({
  references: { complete, exists: (kind, { id }) => deployed.includes(`${kind} ${id.text}`) },
  calendars: {
    resolve: (id) => {
      if (id !== 'ru-office') throw new Error(`Expected a calendar, but there is no "${id}".`);
      return id;
    },
  },
});
const user = (inner: string) =>
  around(`<bpmn:userTask id="X" name="Fill in">${extended('<zeebe:userTask/>', inner)}</bpmn:userTask>`);
const form = user('<zeebe:formDefinition formId="order"/>');
const call = (attributes: string) =>
  around(`<bpmn:callActivity id="X">${extended(`<zeebe:calledElement ${attributes}/>`)}</bpmn:callActivity>`);
const decision = around(
  `<bpmn:businessRuleTask id="X">${extended('<zeebe:calledDecision decisionId="rate" resultVariable="r"/>')}</bpmn:businessRuleTask>`,
);
const deadline = (calendar: string) => user(`<reglament:deadline duration="P1D" calendar="${calendar}"/>`);

verify(unknownReference, {
  valid: {
    'what is deployed': { xml: form, surroundings: around_(['form order']) },
    'an id that is an expression': { xml: call('processId="=which"'), surroundings: around_([]) },
    'a version tag, which may come later': {
      xml: call('processId="Q" bindingType="versionTag" versionTag="1"'),
      surroundings: around_([]),
    },
    'anything while nothing is known': { xml: form },
    'a known calendar': { xml: deadline('ru-office'), surroundings: around_([]) },
  },
  invalid: {
    'a form': {
      xml: form,
      surroundings: around_([]),
      finds: ['X error unknown-form'],
      says: /«Fill in» \(X\) refers to the form "order"/,
    },
    'a called process': {
      xml: call('processId="Q"'),
      surroundings: around_(['form Q']),
      finds: ['X error unknown-process'],
    },
    'a decision': { xml: decision, surroundings: around_([]), finds: ['X error unknown-decision'] },
    'a form among single files: only a warning': {
      xml: form,
      surroundings: around_([], false),
      finds: ['X warning unknown-form'],
      says: /not among the files/,
    },
    'a calendar': {
      xml: deadline('mars'),
      surroundings: around_([]),
      finds: ['X error unknown-calendar'],
      says: /"mars"/,
    },
  },
});

import assert from 'node:assert/strict';
import type { DecisionTrace } from '#engine';
import { storySentence } from './story-sentence.ts';

const urgent: DecisionTrace = {
  decisionId: 'urgent',
  decisionName: 'Срочно',
  decisionType: 'literalExpression',
  hitPolicy: null,
  evaluatedInputs: [],
  matchedRules: [],
  output: true,
  failure: null,
  warnings: [],
  requiredDecisions: [],
};
const department: DecisionTrace = {
  decisionId: 'department',
  decisionName: 'Отдел',
  decisionType: 'decisionTable',
  hitPolicy: 'UNIQUE',
  evaluatedInputs: [{ inputId: 'in', inputName: 'Вид', expression: 'kind', inputValue: 'недовоз' }],
  matchedRules: [
    {
      ruleId: 'r3',
      ruleIndex: 3,
      annotation: null,
      evaluatedOutputs: [{ outputId: 'out', outputName: 'отдел', outputValue: 'warehouse' }],
    },
  ],
  output: 'warehouse',
  failure: null,
  warnings: [],
  requiredDecisions: [urgent],
};

function told(trace: DecisionTrace) {
  return storySentence(
    {
      kind: 'decisionEvaluated',
      elementInstanceKey: 1,
      elementId: 'Route',
      evaluationKey: 2,
      decisionKey: 3,
      version: 1,
      trace,
    },
    {
      language: 'ru',
      by: null,
      isRoot: true,
      processName: 'Обращение',
      caseNumber: null,
      elementName: (id) => id,
      taskName: (_, id) => id,
      personName: (name) => name,
      groupName: (id) => (id === 'warehouse' ? 'Склад' : id),
    },
  );
}

describe('a decision in the story of a case', () => {
  it('tells the rule and the result, and below them the inputs, the rules and the decisions it required', () => {
    assert.deepEqual(told(department), {
      kind: 'decision',
      text: 'Решение «Отдел»: по правилу 3 → Склад',
      details: ['Срочно: → да', 'Вид: недовоз', 'правило 3 → отдел: Склад'],
    });
  });

  it('tells a failure with what was looked at before it', () => {
    const failure = 'Decision <department> «Отдел»: Expected one matching rule (UNIQUE), but rules 1, 3 match.';
    const sentence = told({ ...department, output: null, failure });
    assert.equal(sentence?.text, 'Решение «Отдел» не вычислено: нужен администратор');
    assert.deepEqual(sentence.details.slice(-1), [failure]);
  });

  it('cuts a long value, and says how much a kept trace leaves out', () => {
    const long = { inputId: 'in', inputName: 'Письмо', expression: 'mail', inputValue: 'я'.repeat(5_000) };
    const { details } = told({ ...department, evaluatedInputs: [long], cut: 7 })!;
    assert.ok(details.every((line) => line.length < 250));
    assert.equal(details.at(-1), '…и ещё 7, не сохранено');
  });
});

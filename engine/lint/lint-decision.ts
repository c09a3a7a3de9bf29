import type { DecisionModel } from '../decisions/decision-model.ts';
import type { Expression } from '../expressions/expression.ts';
import { requiredTypes } from './feel/decision-type.ts';
import { expressionFindings } from './feel/expression-findings.ts';
import type { LintFinding } from './lint-finding.ts';
import { findingOf, type RuleFinding } from './lint-rule.ts';
import { tableRules } from './rules/index.ts';
import { atDecision, atRule, titleOfCell } from './tables/table-rule.ts';
import { tableSubject } from './tables/table-subject.ts';

/** Looks at a decision: its expressions with the types of what it requires, and its table. Warnings, all of them. */
export function lintDecision(decision: DecisionModel): readonly LintFinding[] {
  const { logic } = decision;
  const variables = requiredTypes(decision);
  const look = (expression: Expression, at: RuleFinding['at'], title: RuleFinding['message']): readonly LintFinding[] =>
    expressionFindings(expression, variables, { at, title });
  const title = { ru: `Решение «${decision.name}»`, en: `Decision "${decision.name}"` };
  if (logic.kind === 'literalExpression') return look(logic.expression, atDecision(decision), title);
  if (logic.kind !== 'decisionTable') return [];
  const subject = tableSubject(decision, logic);
  return [
    ...logic.inputs.flatMap(({ expression, label }) =>
      look(expression, atDecision(decision), {
        ru: `${title.ru}, колонка «${label}»`,
        en: `${title.en}, column "${label}"`,
      }),
    ),
    ...logic.rules.flatMap((rule, index) =>
      rule.outputEntries.flatMap((entry, column) =>
        look(entry, atRule(decision, rule), titleOfCell(decision, index, logic.outputs[column]!.label)),
      ),
    ),
    ...tableRules.flatMap((rule) => rule.check(subject).map((found) => findingOf(rule, null, found))),
  ];
}

import type { DecisionModel, DecisionRule } from '../../decisions/decision-model.ts';
import type { LintTexts } from '../lint-finding.ts';
import type { RuleFinding } from '../lint-rule.ts';
import type { TableSubject } from './table-subject.ts';

/** Looks at one decision table. */
export interface TableLintRule {
  /** Also the name of its file and of its page. */
  readonly name: string;
  check(subject: TableSubject): readonly RuleFinding[];
}

/** A finding stands at the row, under the name of the decision. */
export function atRule({ name }: DecisionModel, { ruleId }: DecisionRule): RuleFinding['at'] {
  return { id: ruleId, name };
}

export function atDecision({ decisionId, name }: DecisionModel): RuleFinding['at'] {
  return { id: decisionId, name };
}

export function titleOfCell({ name }: DecisionModel, index: number, column: string): LintTexts {
  return {
    ru: `Решение «${name}», правило ${index + 1}, колонка «${column}»`,
    en: `Decision "${name}", rule ${index + 1}, column "${column}"`,
  };
}

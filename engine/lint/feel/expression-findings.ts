import type { VariableTypes } from '../../expressions/analysis/type-env.ts';
import type { Expression } from '../../expressions/expression.ts';
import type { LintFinding } from '../lint-finding.ts';
import { findingOf, type RuleFinding } from '../lint-rule.ts';
import { CONDITION_CODES, impossibleCondition } from '../rules/impossible-condition.ts';
import { noResult } from '../rules/no-result.ts';
import { feelFinding } from './finding-texts.ts';
import { plainFindings } from './typed-expressions.ts';

/** What is wrong in one expression outside a process, under the rules that say the same of a process. */
export function expressionFindings(
  expression: Expression,
  variables: VariableTypes,
  { at, title }: { readonly at: RuleFinding['at']; readonly title: RuleFinding['message'] },
): readonly LintFinding[] {
  return plainFindings(expression, variables).map((finding) =>
    findingOf(
      CONDITION_CODES.has(finding.code) ? impossibleCondition : noResult,
      null,
      feelFinding(finding, { text: expression.text, at, title }),
    ),
  );
}

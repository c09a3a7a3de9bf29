import type { FindingCode } from '../../expressions/analysis/finding.ts';
import { feelFinding } from '../feel/finding-texts.ts';
import { titleOf, type LintRule } from '../lint-rule.ts';

export const CONDITION_CODES: ReadonlySet<FindingCode> = new Set([
  'never-true',
  'never-false',
  'different-types',
  'empty-range',
]);

/** Conditions that come out the same for every value that the variables may have, by forms, decisions and mappings. */
export const impossibleCondition: LintRule = {
  name: 'impossible-condition',
  check: ({ expressions }) =>
    expressions().flatMap(({ owner, expression, findings }) =>
      findings
        .filter(({ code }) => CONDITION_CODES.has(code))
        .map((finding) =>
          feelFinding(finding, {
            text: expression.text,
            at: owner,
            title: { ru: titleOf(owner), en: titleOf(owner) },
          }),
        ),
    ),
};

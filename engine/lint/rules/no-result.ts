import { CONDITION_CODES } from './impossible-condition.ts';
import { feelFinding } from '../feel/finding-texts.ts';
import { titleOf, type LintRule } from '../lint-rule.ts';

/** Operations, arguments and properties that do not go with the types of the values: their result is null. */
export const noResult: LintRule = {
  name: 'no-result',
  check: ({ expressions }) =>
    expressions().flatMap(({ owner, expression, findings }) =>
      findings
        .filter(({ code }) => !CONDITION_CODES.has(code))
        .map((finding) =>
          feelFinding(finding, {
            text: expression.text,
            at: owner,
            title: { ru: titleOf(owner), en: titleOf(owner) },
          }),
        ),
    ),
};

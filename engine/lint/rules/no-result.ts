import { CONDITION_CODES } from './impossible-condition.ts';
import { feelFindings } from '../feel/finding-texts.ts';
import type { LintRule } from '../lint-rule.ts';

/** Operations, arguments and properties that do not go with the types of the values: their result is null. */
export const noResult: LintRule = {
  name: 'no-result',
  check: ({ expressions }) =>
    expressions().flatMap((place) => feelFindings(place, ({ code }) => !CONDITION_CODES.has(code))),
};

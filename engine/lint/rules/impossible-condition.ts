import type { FindingCode } from '../../expressions/analysis/finding.ts';
import { feelFindings } from '../feel/finding-texts.ts';
import type { LintRule } from '../lint-rule.ts';

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
    expressions().flatMap((place) => feelFindings(place, ({ code }) => CONDITION_CODES.has(code))),
};

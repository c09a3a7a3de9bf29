import { describeType } from '../../expressions/analysis/describe-type.ts';
import { isOnlyNull, mayBe } from '../../expressions/analysis/static-type.ts';
import { expectedAt, type Expected } from '../feel/expected-kinds.ts';
import type { TypedPlace } from '../feel/typed-expressions.ts';
import { titleOf, type LintRule, type RuleFinding } from '../lint-rule.ts';

/** An expression whose value cannot be what its place takes: a condition that is a text, a timer that is a number. */
export const wrongType: LintRule = {
  name: 'wrong-type',
  check: ({ expressions }) =>
    expressions().flatMap((place) => {
      const expected = expectedAt(place);
      return expected === undefined || fits(place, expected) ? [] : [findingFor(place, expected)];
    }),
};

function fits({ type, findings }: TypedPlace, { kinds }: Expected): boolean {
  // Null is an answer of its own, and what has no result was found already.
  if (type === 'any' || type.length === 0 || isOnlyNull(type) || findings.length > 0) return true;
  return kinds.some((kind) => mayBe(type, kind));
}

function findingFor({ owner, expression, type }: TypedPlace, { what }: Expected): RuleFinding {
  const found = describeType(type);
  return {
    at: owner,
    severity: 'warning',
    message: {
      ru: `${titleOf(owner)}: «${expression.text.trim()}» должно быть: ${what.ru}, а это ${found.ru}.`,
      en: `${titleOf(owner)}: "${expression.text.trim()}" must be ${what.en}, but it is ${found.en}.`,
    },
    remedy: {
      ru: 'Исправьте выражение: иначе здесь будет инцидент.',
      en: 'Correct the expression: otherwise there will be an incident here.',
    },
  };
}

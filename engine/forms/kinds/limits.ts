import type { FieldLimits } from '../form-definition.ts';
import { optionalInteger, optionalNumber } from '../json-checks.ts';
import type { FieldReading, KeywordShape } from './kind-definition.ts';

export const MAX_TEXT = 1_000;
export const MAX_TEXTAREA = 20_000;
/** Above this the uniqueness check of a list becomes measurable (reliability.md §3.2: 6,000 items took 3.1 s). */
export const MAX_ITEMS = 200;
/** Rows of a table: what a person could still work with, and what one transaction may carry. */
export const MAX_ROWS = 2_000;

const NUMBER_WORDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const;

export const NUMBER_KEYWORDS: Readonly<Record<string, KeywordShape>> = Object.fromEntries(
  NUMBER_WORDS.map((word) => [word, { value: 'number' } as const]),
);

/** Bounds and step of a number. */
export function readNumberLimits({ schema, path, problems }: FieldReading): { readonly limits: FieldLimits } {
  const limits = Object.fromEntries(
    NUMBER_WORDS.flatMap((word) => {
      const limit = optionalNumber(schema[word], `${path}/${word}`, problems);
      return limit === undefined ? [] : [[word, limit]];
    }),
  ) as FieldLimits;
  if (limits.multipleOf !== undefined && limits.multipleOf <= 0)
    problems.add(`${path}/multipleOf`, 'multipleOf must be greater than 0', 'Write for example 0.01.');
  return { limits };
}

export const itemKeywords = (most: number): Readonly<Record<string, KeywordShape>> => ({
  minItems: { value: 'integer', minimum: 0, maximum: most },
  maxItems: { value: 'integer', minimum: 1, maximum: most },
});

/** How many items a list may have; there is always an upper bound. */
export function readItemLimits(
  { schema, path, problems }: FieldReading,
  { most, usual }: { readonly most: number; readonly usual: number },
): FieldLimits {
  const minItems = optionalInteger(schema['minItems'], `${path}/minItems`, problems, { from: 0, to: most });
  const maxItems = optionalInteger(schema['maxItems'], `${path}/maxItems`, problems, { from: 1, to: most });
  return { ...(minItems !== undefined && { minItems }), maxItems: maxItems ?? usual };
}

/** A string of its own format: what bounds it is the format. */
export const shortText = (): Readonly<Record<string, unknown>> => ({ type: 'string', maxLength: MAX_TEXT });

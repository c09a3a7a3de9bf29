import { ExpressionSyntaxError } from '../expression-syntax-error.ts';

/** Habits of other languages, by the text at the error. */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/^={1,}/, 'FEEL compares with a single =.'],
  [/^&/, 'Write "and" instead of &&.'],
  [/^\|/, 'Write "or" instead of ||.'],
  [/^!/, 'Write not(…), or != between two values.'],
  [/^"/, 'Close the text with a second double quote.'],
  [/^['‘«“]/, 'Put text in straight double quotes: "text".'],
  [/^\?/, 'Write if … then … else ….'],
  [/^;/, 'Write one expression without semicolons.'],
  [/^%/, 'Use modulo(a, b).'],
];

/** The error for text that is not FEEL at `at`; `expected` says what should stand there. */
export function syntaxProblem(text: string, at: number, expected: string): ExpressionSyntaxError {
  const rest = text.slice(at);
  const habit = HABITS.find(([pattern]) => pattern.test(rest));
  return new ExpressionSyntaxError({
    expression: text,
    at,
    expected:
      rest.trim() === ''
        ? `Expected ${expected}, but the expression ends`
        : `Unexpected <${rest.slice(0, 12)}>, expected ${expected}`,
    remedy: habit?.[1] ?? 'Correct the FEEL expression there.',
  });
}

export function refuse(text: string, at: number, expected: string, remedy: string): never {
  throw new ExpressionSyntaxError({ expression: text, at, expected, remedy });
}

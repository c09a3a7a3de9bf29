import { ExpressionSyntaxError } from './expression-syntax-error.ts';
import type { SyntaxNode } from './feelin.ts';

/** What an unfinished construct should look like, by grammar node. */
const CONSTRUCTS: Readonly<Record<string, string>> = {
  IfExpression: 'if … then … else …',
  ForExpression: 'for … in … return …',
  InExpressions: '… in …',
  QuantifiedExpression: 'some/every … in … satisfies …',
  Comparison: 'a comparison with a value on both sides',
  Conjunction: '… and …',
  Disjunction: '… or …',
  ArithmeticExpression: 'an operation with a value on both sides',
  PathExpression: 'a name after the dot',
  FunctionInvocation: 'a closing bracket',
  PositionalParameters: 'a closing bracket',
  ParenthesizedExpression: 'a closing bracket',
  List: 'a closing bracket ]',
  FilterExpression: 'a closing bracket ]',
  Context: 'a closing brace }',
  StringLiteral: 'a closing quote',
};

/** Habits of other languages, by the text at the error. */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/^={2,}/, 'FEEL compares with a single =.'],
  [/^&/, 'Write "and" instead of &&.'],
  [/^\|/, 'Write "or" instead of ||.'],
  [/^!/, 'Write not(…), or != between two values.'],
  [/^"/, 'Close the text with a second double quote.'],
  [/^['‘«“]/, 'Put text in straight double quotes: "text".'],
  [/^\?/, 'Write if … then … else ….'],
  [/^;/, 'Write one expression without semicolons.'],
  [/^%/, 'Use modulo(a, b).'],
];

/** Throws ExpressionSyntaxError for the first error node of the tree; returns when there is none. */
export function refuseErrors(root: SyntaxNode, text: string): void {
  const found = firstError(root, root);
  if (found === undefined) return;
  const { node, parent } = found;
  const rest = text.slice(node.from).trimStart();
  const at = Math.min(text.length - rest.length, text.length);
  const construct = CONSTRUCTS[parent.name];
  const habit = HABITS.find(([pattern]) => pattern.test(rest) || pattern.test(text.slice(at - 1)));
  throw new ExpressionSyntaxError({
    expression: text,
    at,
    expected:
      rest === ''
        ? `Expected ${construct ?? 'more text'}, but the expression ends`
        : `Unexpected <${rest.slice(0, 12)}>${construct === undefined ? '' : `, expected ${construct}`}`,
    remedy: habit?.[1] ?? 'Correct the FEEL expression there.',
  });
}

function firstError(node: SyntaxNode, parent: SyntaxNode): { node: SyntaxNode; parent: SyntaxNode } | undefined {
  if (node.isError) return { node, parent };
  for (const child of node.children) {
    const found = firstError(child, node);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A mistake found when an expression is compiled, that is at deployment or in the editor. Line and column start at 1. */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'ExpressionSyntaxError';
  readonly expression: string;
  readonly line: number;
  readonly column: number;
  /** Offset of that place in the expression. */
  readonly at: number;
  /** What is wrong or what was expected there. */
  readonly expected: string;
  /** What the author can do. */
  readonly remedy: string;
  /** A function that is called and does not exist, with the nearest one that does. */
  readonly unknownFunction: { readonly name: string; readonly suggestion: string | null } | null;

  constructor(options: {
    readonly expression: string;
    readonly at: number;
    readonly expected: string;
    readonly remedy: string;
    readonly unknownFunction?: ExpressionSyntaxError['unknownFunction'];
  }) {
    const before = options.expression.slice(0, options.at).split('\n');
    const line = before.length;
    const column = before[before.length - 1]!.length + 1;
    super(`${options.expected} at line ${line}, column ${column} of <${options.expression}>. ${options.remedy}`);
    this.expression = options.expression;
    this.line = line;
    this.column = column;
    this.at = options.at;
    this.expected = options.expected;
    this.remedy = options.remedy;
    this.unknownFunction = options.unknownFunction ?? null;
  }
}

import type { FeelValue } from '../values/feel-value.ts';
import type { FeelType } from '../values/feel-type.ts';

/** The tree of an expression (DMN 1.5 §10.3.1.2). `from`/`to` are offsets into the text. */
export type Node = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'literal'; readonly value: FeelValue }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'path'; readonly target: Node; readonly name: string }
  | { readonly kind: 'filter'; readonly target: Node; readonly condition: Node }
  | { readonly kind: 'call'; readonly callee: Node; readonly args: readonly Argument[] }
  | {
      readonly kind: 'arithmetic';
      readonly op: ArithmeticOp;
      readonly left: Node;
      readonly right: Node;
      readonly at: number;
    }
  | { readonly kind: 'negation'; readonly operand: Node }
  | {
      readonly kind: 'comparison';
      readonly op: ComparisonOp;
      readonly left: Node;
      readonly right: Node;
      readonly at: number;
    }
  | { readonly kind: 'between'; readonly value: Node; readonly low: Node; readonly high: Node }
  | { readonly kind: 'in'; readonly value: Node; readonly tests: readonly Node[] }
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'instanceOf'; readonly value: Node; readonly type: FeelType }
  | { readonly kind: 'if'; readonly condition: Node; readonly then: Node; readonly otherwise: Node }
  | { readonly kind: 'for'; readonly sources: readonly Source[]; readonly body: Node }
  | { readonly kind: 'some' | 'every'; readonly sources: readonly Source[]; readonly body: Node }
  | { readonly kind: 'function'; readonly parameters: readonly Parameter[]; readonly body: Node }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'context'; readonly entries: readonly { readonly key: string; readonly value: Node }[] }
  | {
      readonly kind: 'range';
      readonly start: Node | null;
      readonly end: Node | null;
      readonly startIncluded: boolean;
      readonly endIncluded: boolean;
    }
  /** `= x` or `!= x` as a test. */
  | { readonly kind: 'equals'; readonly negated: boolean; readonly operand: Node }
);

export type ArithmeticOp = '+' | '-' | '*' | '/' | '**';
export type ComparisonOp = '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface Argument {
  /** Null for a positional one. */
  readonly name: string | null;
  readonly value: Node;
}

/** `x in list`, or `x in list..end`, which may count down; a range in brackets may not. */
export interface Source {
  readonly name: string;
  readonly list: Node;
  readonly end: Node | null;
}

export interface Parameter {
  readonly name: string;
  readonly type: FeelType;
}

/** What the text of a table cell holds: `-`, tests, or `not(tests)`. */
export interface UnaryTests {
  readonly any: boolean;
  readonly negated: boolean;
  readonly tests: readonly Node[];
}

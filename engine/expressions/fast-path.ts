import type { JsonValue } from '../json.ts';
import type { VariableReader } from './expression.ts';
import type { SyntaxNode } from './feelin.ts';

/**
 * Closures for what most expressions are: a variable or path, a literal, comparisons of those joined by and/or, and
 * table cells of literals and bounds. feelin parses on every call, 0.1–0.9 ms; these take under a microsecond.
 *
 * They answer only where the answer is plain. A missing variable, a value that is not a scalar, operands of different
 * types: NOT_FAST, and feelin decides, with its warnings. `fast-path.test.ts` proves equality on random input.
 */
export const NOT_FAST = Symbol('not fast');

export type FastExpression = (variables: VariableReader) => JsonValue | typeof NOT_FAST;
export type FastTests = (input: JsonValue) => boolean | typeof NOT_FAST;

type Fast<Input> = (input: Input) => JsonValue | typeof NOT_FAST;

/** A closure for the whole expression, or null when any part of it is beyond the fast path. */
export function compileFastExpression(root: SyntaxNode, text: string): FastExpression | null {
  return root.children.length === 1 ? compileNode(root.children[0]!, text) : null;
}

/** A closure for unary tests made of literals, bounds and intervals, or null. */
export function compileFastTests(root: SyntaxNode, text: string): FastTests | null {
  if (root.children[0]?.name === 'Wildcard') return () => true;
  const negated = root.children[0]?.name === 'not';
  const list = root.children.find((child) => child.name === 'PositiveUnaryTests');
  if (list === undefined || (!negated && root.children.length !== 1)) return null;
  const tests: Fast<JsonValue>[] = [];
  for (const child of list.children) {
    const test = child.children.length === 1 ? compileTest(child.children[0]!, text) : null;
    if (test === null) return null;
    tests.push(test);
  }
  return (input) => {
    let matched = false;
    for (const test of tests) {
      const result = test(input);
      if (result === NOT_FAST) return NOT_FAST;
      if (result === true) matched = true;
    }
    return negated ? !matched : matched;
  };
}

function compileNode(node: SyntaxNode, text: string): FastExpression | null {
  switch (node.name) {
    case 'VariableName': {
      const name = plainName(node, text);
      if (name === null) return null;
      return (variables) => {
        const value = variables.get(name);
        return value === undefined ? NOT_FAST : value;
      };
    }
    case 'PathExpression': {
      const target = compileNode(node.children[0]!, text);
      const name = plainName(node.children[2]!, text);
      return target === null || name === null ? null : (variables) => property(target(variables), name);
    }
    case 'ParenthesizedExpression':
      return compileNode(node.children[1]!, text);
    case 'Comparison':
      return node.children[1]!.name === 'CompareOp' ? compileComparison(node, text) : null;
    case 'Conjunction':
      return compileJunction(node, text, false);
    case 'Disjunction':
      return compileJunction(node, text, true);
    default: {
      const literal = literalOf(node, text);
      return literal === undefined ? null : () => literal;
    }
  }
}

function compileComparison(node: SyntaxNode, text: string): FastExpression | null {
  const left = compileNode(node.children[0]!, text);
  const right = compileNode(node.children[2]!, text);
  if (left === null || right === null) return null;
  const compare = comparator(textOf(node.children[1]!, text));
  return (variables) => compare(left(variables), right(variables));
}

/** FEEL's three-valued and/or: `decisive` is the operand that settles it (true for or, false for and). */
function compileJunction(node: SyntaxNode, text: string, decisive: boolean): FastExpression | null {
  const left = compileNode(node.children[0]!, text);
  const right = compileNode(node.children[2]!, text);
  if (left === null || right === null) return null;
  return (variables) => {
    const a = left(variables);
    const b = right(variables);
    if (a === NOT_FAST || b === NOT_FAST) return NOT_FAST;
    if (a === decisive || b === decisive) return decisive;
    return typeof a === 'boolean' && typeof b === 'boolean' ? !decisive : null;
  };
}

function compileTest(node: SyntaxNode, text: string): Fast<JsonValue> | null {
  if (node.name !== 'SimplePositiveUnaryTest') {
    const literal = literalOf(node, text);
    if (literal === undefined) return null;
    const equals = comparator('=');
    return (input) => equals(input, literal);
  }
  if (node.children.length === 2) {
    const operator = textOf(node.children[0]!, text);
    const bound = literalOf(node.children[1]!, text);
    if (bound === undefined) return null;
    const compare = comparator(operator);
    return (input) => compare(input, bound);
  }
  const [open, start, , end, close] = node.children[0]!.children;
  if (open === undefined || start === undefined || end === undefined || close === undefined) return null;
  const low = literalOf(start, text);
  const high = literalOf(end, text);
  if (typeof low !== 'number' || typeof high !== 'number' || low > high) return null;
  const lowIncluded = textOf(open, text) === '[';
  const highIncluded = textOf(close, text) === ']';
  return (input) => {
    if (typeof input !== 'number') return input === null ? null : NOT_FAST;
    return (lowIncluded ? input >= low : input > low) && (highIncluded ? input <= high : input < high);
  };
}

type Operand = JsonValue | typeof NOT_FAST;

function comparator(operator: string): (left: Operand, right: Operand) => boolean | null | typeof NOT_FAST {
  switch (operator) {
    case '=':
      return equal;
    case '!=':
      return (left, right) => {
        const result = equal(left, right);
        return typeof result === 'boolean' ? !result : result;
      };
    case '>':
      return ordered((left, right) => left > right);
    case '>=':
      return ordered((left, right) => left >= right);
    case '<':
      return ordered((left, right) => left < right);
    case '<=':
      return ordered((left, right) => left <= right);
    default:
      return () => NOT_FAST;
  }
}

function equal(left: Operand, right: Operand): boolean | null | typeof NOT_FAST {
  if (!isScalar(left) || !isScalar(right)) return NOT_FAST;
  if (left === null || right === null || typeof left === typeof right) return left === right;
  return NOT_FAST;
}

function ordered(holds: (left: number | string, right: number | string) => boolean) {
  return (left: Operand, right: Operand): boolean | null | typeof NOT_FAST => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left, right);
    if (typeof left === 'string' && typeof right === 'string') return holds(left, right);
    if (right === null && isScalar(left)) return null;
    return left === null && (typeof right === 'number' || typeof right === 'string') ? null : NOT_FAST;
  };
}

function isScalar(value: Operand): value is null | boolean | number | string {
  return value !== NOT_FAST && (value === null || typeof value !== 'object');
}

function property(target: Operand, name: string): Operand {
  if (target === NOT_FAST || typeof target !== 'object' || target === null || Array.isArray(target)) return NOT_FAST;
  if (!Object.hasOwn(target, name)) return NOT_FAST;
  const value = (target as Readonly<Record<string, JsonValue>>)[name];
  return value === undefined ? NOT_FAST : value;
}

/** Undefined for what is not a literal, and for literals whose reading is feelin's affair (escapes, exponents). */
function literalOf(node: SyntaxNode, text: string): null | boolean | number | string | undefined {
  const source = textOf(node, text);
  switch (node.name) {
    case 'null':
      return null;
    case 'BooleanLiteral':
      return source === 'true';
    case 'NumericLiteral':
      return source.length <= 15 && /^-?\d+(\.\d+)?$/.test(source) ? Number(source) + 0 : undefined;
    case 'StringLiteral':
      return source.includes('\\') ? undefined : source.slice(1, -1);
    default:
      return undefined;
  }
}

/** A name of one identifier; names of several words are left to feelin's normalisation. */
function plainName(node: SyntaxNode, text: string): string | null {
  return node.children.length === 1 && node.children[0]!.name === 'Identifier' ? textOf(node, text) : null;
}

function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}

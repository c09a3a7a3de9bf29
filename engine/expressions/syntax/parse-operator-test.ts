import type { Parsing } from './parsing.ts';
import type { ComparisonOp, Node } from './syntax-tree.ts';

export function readOperatorTest(on: Parsing): Node | null {
  const cursor = on.cursor;
  const from = cursor.at;
  const op = takeComparison(on);
  if (op === null) return null;
  if (cursor.sees('=')) throw cursor.problem('a value after the operator');
  const operand = on.additive();
  const place = { from, to: operand.to };
  if (op === '=' || op === '!=') return { kind: 'equals', negated: op === '!=', operand, ...place };
  const below = op === '<' || op === '<=';
  return {
    kind: 'range',
    start: below ? null : operand,
    end: below ? operand : null,
    startIncluded: op === '>=',
    endIncluded: op === '<=',
    ...place,
  };
}

export function takeComparison(on: Parsing): ComparisonOp | null {
  for (const op of ['<=', '>=', '!=', '=', '<', '>'] as const) if (on.cursor.takes(op)) return op;
  return null;
}

export function readTestList(on: Parsing): Node[] {
  const tests = [readTest(on)];
  while (on.cursor.takes(',')) tests.push(readTest(on));
  return tests;
}

/** A positive unary test (rule 7): an operator with a bound, or an expression. */
function readTest(on: Parsing): Node {
  return on.operatorTest() ?? on.expression();
}

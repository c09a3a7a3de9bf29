import { readTestList, takeComparison } from './parse-operator-test.ts';
import { readPostfix } from './parse-postfix.ts';
import { dotsAhead } from './parse-range.ts';
import { parseType } from './parse-type.ts';
import type { Parsing } from './parsing.ts';
import type { ArithmeticOp, Node } from './syntax-tree.ts';

export function readDisjunction(on: Parsing): Node {
  let left = readConjunction(on);
  while (on.cursor.takesWord('or')) {
    const right = readConjunction(on);
    left = on.chained({ kind: 'or', left, right, from: left.from, to: right.to });
  }
  return left;
}

function readConjunction(on: Parsing): Node {
  let left = readComparison(on);
  while (on.cursor.takesWord('and')) {
    const right = readComparison(on);
    left = on.chained({ kind: 'and', left, right, from: left.from, to: right.to });
  }
  return left;
}

function readComparison(on: Parsing): Node {
  const cursor = on.cursor;
  let left = on.additive();
  for (;;) {
    const at = cursor.at;
    const op = takeComparison(on);
    if (op !== null) {
      if (cursor.sees('=') || cursor.sees('>') || cursor.sees('<')) {
        throw cursor.problem('a comparison with a value on both sides');
      }
      const right = on.additive();
      left = { kind: 'comparison', op, left, right, at, from: left.from, to: right.to };
    } else if (cursor.takesWord('between')) {
      const low = on.additive();
      cursor.needsWord('and', 'between … and …');
      const high = on.additive();
      left = { kind: 'between', value: left, low, high, from: left.from, to: high.to };
    } else if (cursor.takesWord('in')) {
      const tests = readInTests(on);
      left = { kind: 'in', value: left, tests, from: left.from, to: cursor.at };
    } else {
      return left;
    }
  }
}

function readInTests(on: Parsing): readonly Node[] {
  const cursor = on.cursor;
  // What stands in the bracket is told by looking ahead and not by trying: trying doubles the work at every level.
  if (cursor.sees('(') && !dotsAhead(on)) {
    cursor.takes('(');
    const list = readTestList(on);
    cursor.needs(')', 'a closing bracket');
    return list;
  }
  return [on.operatorTest() ?? on.additive()];
}

export function readAdditive(on: Parsing): Node {
  let left = readMultiplicative(on);
  for (;;) {
    const at = on.cursor.at;
    const op = takeOperator(on, ['+', '-']);
    if (op === null) return left;
    left = arithmetic(on, op, left, readMultiplicative(on), at);
  }
}

function readMultiplicative(on: Parsing): Node {
  let left = readPower(on);
  for (;;) {
    const at = on.cursor.at;
    if (on.cursor.sees('**')) return left;
    const op = takeOperator(on, ['*', '/']);
    if (op === null) return left;
    left = arithmetic(on, op, left, readPower(on), at);
  }
}

function readPower(on: Parsing): Node {
  let left = readNegation(on);
  for (;;) {
    const at = on.cursor.at;
    const op = takeOperator(on, ['**']);
    if (op === null) return left;
    left = arithmetic(on, op, left, readNegation(on), at);
  }
}

function takeOperator(on: Parsing, ops: readonly ArithmeticOp[]): ArithmeticOp | null {
  for (const op of ops) if (on.cursor.takes(op)) return op;
  return null;
}

function arithmetic(on: Parsing, op: ArithmeticOp, left: Node, right: Node, at: number): Node {
  return on.chained({ kind: 'arithmetic', op, left, right, at, from: left.from, to: right.to });
}

function readNegation(on: Parsing): Node {
  const from = on.cursor.at;
  if (!on.cursor.takes('-')) return readInstanceOf(on);
  const operand = on.deeper(readNegation);
  return { kind: 'negation', operand, from, to: operand.to };
}

function readInstanceOf(on: Parsing): Node {
  const cursor = on.cursor;
  const value = readPostfix(on);
  if (!cursor.takesWord('instance')) return value;
  cursor.needsWord('of', 'instance of and a type');
  return { kind: 'instanceOf', value, type: parseType(cursor, on.types), from: value.from, to: cursor.at };
}

import { readOperatorTest, readTestList } from './parse-operator-test.ts';
import { readAdditive, readDisjunction } from './parse-operators.ts';
import { readTextual } from './parse-textual.ts';
import { type Grammar, type ParseOptions, Parsing } from './parsing.ts';
import { refuse } from './syntax-problem.ts';
import type { Node, UnaryTests } from './syntax-tree.ts';

const GRAMMAR: Grammar = {
  expression: (on) => readTextual(on) ?? readDisjunction(on),
  additive: readAdditive,
  operatorTest: readOperatorTest,
};

/** Reads an expression (DMN 1.5 §10.3.1.2 rule 1). Throws ExpressionSyntaxError. */
export function parseExpression(text: string, options: ParseOptions): Node {
  const parsing = new Parsing(text, options, GRAMMAR);
  if (/^(?:[<>]|=(?!=)|!=)/.test(text.trimStart())) {
    refuse(
      text,
      0,
      'Expected a value before the operator',
      'Write what is compared; a text after one leading = is FEEL.',
    );
  }
  const node = parsing.expression();
  parsing.needsEnd();
  return node;
}

/** Reads the tests of a table cell (rules 15–17). Throws ExpressionSyntaxError. */
export function parseUnaryTests(text: string, options: ParseOptions): UnaryTests {
  const parsing = new Parsing(text, options, GRAMMAR);
  const tests = readUnaryTests(parsing);
  parsing.needsEnd();
  return tests;
}

function readUnaryTests(on: Parsing): UnaryTests {
  const cursor = on.cursor;
  const start = cursor.at;
  if (cursor.ended) return { any: true, negated: false, tests: [] };
  if (cursor.takes('-')) {
    if (cursor.ended) return { any: true, negated: false, tests: [] };
    cursor.at = start;
  }
  if (cursor.takesWord('not') && cursor.takes('(')) {
    const tests = on.attempt(() => {
      const list = readTestList(on);
      cursor.needs(')', 'a closing bracket');
      if (!cursor.ended) throw cursor.problem('the end of the tests');
      return list;
    });
    if (tests !== null) return { any: false, negated: true, tests };
  }
  cursor.at = start;
  return { any: false, negated: false, tests: readTestList(on) };
}

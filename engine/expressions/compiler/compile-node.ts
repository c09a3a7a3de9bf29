import type { Code } from './code.ts';
import { Compilation, type CompileTarget } from './compilation.ts';
import { compileArithmetic, compileNegation } from './compile-arithmetic.ts';
import { compileCall } from './compile-call.ts';
import { compileBetween, compileComparison, compileJunction } from './compile-comparison.ts';
import { compileContext } from './compile-context.ts';
import { compileFilter } from './compile-filter.ts';
import { compileFunction } from './compile-function.ts';
import { compileFor, compileQuantified } from './compile-iteration.ts';
import { compileName, compilePath } from './compile-name.ts';
import { compilePoint, compileRange } from './compile-range.ts';
import { compileIn } from './compile-test.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { isInstance } from '../values/conforms.ts';
import type { FeelValue } from '../values/feel-value.ts';

/** Starts the compilation of one expression. It throws ExpressionSyntaxError for functions nobody knows. */
export function newCompilation(target: CompileTarget): Compilation {
  return new Compilation(target, compileNode);
}

/** The table of contents: which kind of node is compiled where. */
function compileNode(on: Compilation, node: Node): Code {
  switch (node.kind) {
    case 'literal':
      return always(node.value);
    case 'name':
      return compileName(on, node.name, node);
    case 'path':
      return compilePath(on, node);
    case 'filter':
      return compileFilter(on, node);
    case 'call':
      return compileCall(on, node);
    case 'arithmetic':
      return compileArithmetic(on, node);
    case 'negation':
      return compileNegation(on, node);
    case 'comparison':
      return compileComparison(on, node);
    case 'between':
      return compileBetween(on, node);
    case 'in':
      return compileIn(on, node);
    case 'and':
    case 'or':
      return compileJunction(on, node);
    case 'instanceOf': {
      const value = on.compile(node.value);
      const { type } = node;
      return (slots, run) => isInstance(value(slots, run), type);
    }
    case 'if': {
      const condition = on.compile(node.condition);
      const then = on.compile(node.then);
      const otherwise = on.compile(node.otherwise);
      return (slots, run) => (condition(slots, run) === true ? then(slots, run) : otherwise(slots, run));
    }
    case 'for':
      return compileFor(on, node);
    case 'some':
    case 'every':
      return compileQuantified(on, node);
    case 'function':
      return compileFunction(on, node);
    case 'list': {
      const items = node.items.map((item) => on.compile(item));
      return (slots, run) => {
        run.spend(items.length);
        return items.map((item) => item(slots, run));
      };
    }
    case 'context':
      return compileContext(on, node);
    case 'range':
      return compileRange(on, node);
    case 'equals':
      return compilePoint(on, node);
  }
}

function always(value: FeelValue): Code {
  return () => value;
}

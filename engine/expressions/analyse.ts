import { ExpressionSyntaxError } from './expression-syntax-error.ts';
import { isBuiltin, type SyntaxNode } from './feelin.ts';
import { PATH_SEPARATOR } from './functions/defined-path.ts';
import { FORBIDDEN_NAMES } from './json-boundary.ts';
import { guardFunctions, ownFunctions } from './own-functions.ts';
import type { TextEdits } from './text-edits.ts';
import { STEP_LIMIT } from './work-budget.ts';

/** Deeper trees overflow the interpreter's stack; a sum of 200 terms nests 200 levels. */
const DEPTH_LIMIT = 250;

/** Built-ins that answer a boolean: as a filter feelin 8.2.0 would evaluate them once, outside the element. */
const BOOLEAN_FUNCTIONS: ReadonlySet<string> = new Set([
  'not',
  'contains',
  'starts with',
  'ends with',
  'matches',
  'list contains',
  'all',
  'any',
  'even',
  'odd',
  'is',
  'before',
  'after',
  'includes',
  'during',
  'is defined',
  'is empty',
  'is blank',
]);

export interface Analysis {
  readonly variables: readonly string[];
  /** Own functions the expression calls. */
  readonly functions: readonly string[];
  /** Ranges where a missing variable is what the author asks about (`is defined(x)`, `get or else(x, …)`). */
  readonly quiet: readonly { readonly from: number; readonly to: number }[];
}

type Locals = ReadonlySet<string>;

/**
 * Finds what an expression reads and calls, refuses what must not run, and writes the guards that feelin lacks into `edits`.
 * Throws ExpressionSyntaxError for unknown functions, forbidden names, literal ranges beyond the step limit, external
 * functions and numbers with an exponent (feelin reads `1e5` as 1).
 */
export function analyse(root: SyntaxNode, text: string, edits: TextEdits): Analysis {
  const variables = new Set<string>();
  const functions = new Set<string>();
  const quiet: { from: number; to: number }[] = [];
  const textOf = (node: SyntaxNode): string => text.slice(node.from, node.to);

  const refuse = (node: SyntaxNode, expected: string, remedy: string): never => {
    throw new ExpressionSyntaxError({ expression: text, at: node.from, expected, remedy });
  };

  const nameOf = (node: SyntaxNode): string => {
    const name = leaves(node)
      .map((leaf) => textOf(leaf).replaceAll('`', ''))
      .join(' ');
    if (FORBIDDEN_NAMES.has(name) || guardFunctions.has(name)) {
      refuse(node, `The name <${name}> is reserved`, 'Choose another name.');
    }
    return name;
  };

  const addReference = (node: SyntaxNode, locals: Locals): void => {
    const name = nameOf(node);
    if (locals.has(name)) return;
    if (ownFunctions.has(name)) functions.add(name);
    else variables.add(name);
  };

  const addCall = (callee: SyntaxNode, locals: Locals): void => {
    const name = nameOf(callee);
    if (locals.has(name)) return;
    if (ownFunctions.has(name)) functions.add(name);
    else if (!isBuiltin(name)) {
      refuse(callee, `Unknown function <${name}>`, `Known beyond DMN: ${[...ownFunctions.keys()].join(', ')}.`);
    }
  };

  const visitAll = (nodes: readonly SyntaxNode[], locals: Locals, depth: number): void => {
    for (const node of nodes) visit(node, locals, depth);
  };

  /** `for x in a, y in b`: later sources see earlier names. */
  const visitSources = (node: SyntaxNode, locals: Locals, depth: number): Set<string> => {
    const inner = new Set(locals);
    let literalProduct = 1;
    for (const one of node.children) {
      const source = one.children[one.children.length - 1]!;
      visit(source, inner, depth);
      literalProduct *= literalRangeSize(source, textOf);
      guardSource(source, inner, node.children.length > 1);
      inner.add(nameOf(one.children[0]!));
    }
    if (literalProduct > STEP_LIMIT) {
      refuse(node, `The ranges make ${literalProduct} steps, more than ${STEP_LIMIT}`, 'Narrow the ranges.');
    }
    return inner;
  };

  const guardSource = (source: SyntaxNode, locals: Locals, multiplied: boolean): void => {
    if (source.children.length === 3) {
      const [start, , end] = source.children as [SyntaxNode, SyntaxNode, SyntaxNode];
      edits.insertBefore(end.from, `__upto(${textOf(start)},`);
      edits.insertAfter(end.to, ')');
    } else if (multiplied || !isDataPath(source.children[0] ?? source, locals)) {
      edits.insertBefore(source.from, '__span(');
      edits.insertAfter(source.to, ')');
    }
  };

  /** A process variable or a path into one holds JSON, hence no range; a local may hold anything. */
  const isDataPath = (node: SyntaxNode, locals: Locals): boolean => {
    if (node.name === 'VariableName') return !locals.has(nameOf(node));
    return (
      (node.name === 'PathExpression' || node.name === 'FilterExpression') && isDataPath(node.children[0]!, locals)
    );
  };

  const visitBody = (body: SyntaxNode, locals: Locals, depth: number): void => {
    edits.insertBefore(body.from, '__step(');
    visit(body, locals, depth);
    edits.insertAfter(body.to, ')');
  };

  const visitFilter = (filter: SyntaxNode, locals: Locals, depth: number): void => {
    visit(filter, new Set([...locals, 'item']), depth);
    const callee = filter.name === 'FunctionInvocation' ? filter.children[0]! : undefined;
    const asksBoolean = callee?.name === 'VariableName' && BOOLEAN_FUNCTIONS.has(nameOf(callee));
    const isItemPath = filter.name === 'PathExpression' && /^item\b/.test(textOf(filter));
    if (asksBoolean || isItemPath) edits.insertAfter(filter.to, ' = true');
  };

  const visitCall = (node: SyntaxNode, locals: Locals, depth: number): void => {
    const callee = node.children[0]!;
    const parameters = node.children[2];
    if (callee.name === 'VariableName') addCall(callee, locals);
    else visit(callee, locals, depth);
    if (parameters === undefined) return;
    visit(parameters, locals, depth);
    const called = callee.name === 'VariableName' ? nameOf(callee) : '';
    if (called !== 'is defined' && called !== 'get or else') return;
    const argument = parameters.name === 'PositionalParameters' ? parameters.children[0] : undefined;
    if (argument === undefined) return;
    quiet.push({ from: argument.from, to: argument.to });
    const path = called === 'is defined' && isDataPath(argument, locals) ? pathNames(argument) : undefined;
    if (path !== undefined) edits.insertAfter(argument.to, `, "${path.join(PATH_SEPARATOR)}"`);
  };

  const pathNames = (node: SyntaxNode): string[] | undefined => {
    if (node.name === 'VariableName') return [nameOf(node)];
    if (node.name !== 'PathExpression') return undefined;
    const before = pathNames(node.children[0]!);
    return before && [...before, nameOf(node.children[2]!)];
  };

  const visitContext = (node: SyntaxNode, locals: Locals, depth: number): void => {
    const inner = new Set(locals);
    for (const entry of node.children) {
      if (entry.name !== 'ContextEntry') continue;
      const key = entry.children[0]!;
      const literal = key.children[0]!;
      const name = literal.name === 'StringLiteral' ? textOf(literal).slice(1, -1) : nameOf(literal);
      if (FORBIDDEN_NAMES.has(name) || name.includes('\\u')) {
        refuse(key, `The key <${name}> is reserved`, 'Choose another key, without \\u escapes.');
      }
      visitAll(entry.children.slice(1), inner, depth);
      inner.add(name);
    }
  };

  const visit = (node: SyntaxNode, locals: Locals, depth: number): void => {
    if (depth > DEPTH_LIMIT) refuse(node, `The expression nests deeper than ${DEPTH_LIMIT} levels`, 'Split it up.');
    const below = depth + 1;
    switch (node.name) {
      case 'VariableName':
        return addReference(node, locals);
      case 'PathName':
        return void nameOf(node);
      case 'NumericLiteral':
        if (/e/i.test(textOf(node)))
          refuse(node, `The number <${textOf(node)}> has an exponent`, 'Write out its digits.');
        return;
      case 'ForExpression':
      case 'QuantifiedExpression': {
        const inner = visitSources(node.children[1]!, locals, below);
        if (node.name === 'ForExpression') inner.add('partial');
        return visitBody(node.children[node.children.length - 1]!, inner, below);
      }
      case 'FunctionDefinition': {
        const body = node.children.find((child) => child.name === 'FunctionBody');
        if (body === undefined || node.children.some((child) => child.name === 'external')) {
          return refuse(node, 'External functions are not executed', 'Write the function in FEEL.');
        }
        const inner = new Set(locals);
        for (const list of node.children.filter((child) => child.name === 'FormalParameters')) {
          for (const parameter of list.children) inner.add(nameOf(parameter.children[0] ?? parameter));
        }
        return visitBody(body, inner, below);
      }
      case 'Context':
        return visitContext(node, locals, below);
      case 'FilterExpression':
        visit(node.children[0]!, locals, below);
        return visitFilter(node.children[2]!, locals, below);
      case 'FunctionInvocation':
        return visitCall(node, locals, below);
      case 'NamedParameter':
        return visitAll(node.children.slice(1), locals, below);
      case 'Comparison':
      case 'SimplePositiveUnaryTest': {
        const operand = node.children[node.children.length - 1]!;
        if (node.children.some((child) => child.name === 'CompareOp') && isBareTest(operand)) {
          refuse(operand, `Unexpected <${textOf(operand)}> after an operator`, 'FEEL compares with a single =.');
        }
        return visitAll(node.children, locals, below);
      }
      case 'InstanceOfExpression':
        return visit(node.children[0]!, locals, below);
      default:
        return visitAll(node.children, locals, below);
    }
  };

  if (root.name === 'Expression' && isBareTest(root.children[0]!)) {
    refuse(root, 'Expected a value before the operator', 'Write what is compared; a text after one leading = is FEEL.');
  }
  visit(root, new Set(), 0);
  return { variables: [...variables], functions: [...functions], quiet };
}

/** `> 5` without a left side: right in a table cell, a slip in an expression (feelin reads `a == 1` as `a = (= 1)`). */
function isBareTest(node: SyntaxNode): boolean {
  return node.name === 'SimplePositiveUnaryTest' && node.children[0]?.name === 'CompareOp';
}

function leaves(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leaves);
}

function literalRangeSize(source: SyntaxNode, textOf: (node: SyntaxNode) => string): number {
  const [start, , end] = source.children;
  if (start?.name !== 'NumericLiteral' || end?.name !== 'NumericLiteral') return 1;
  return Math.abs(Number(textOf(end)) - Number(textOf(start))) + 1;
}

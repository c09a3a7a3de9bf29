import { analyse } from './analyse.ts';
import type { Expression } from './expression.ts';
import { ExpressionSyntaxError } from './expression-syntax-error.ts';
import { compileFastExpression, compileFastTests, type FastExpression, type FastTests } from './fast-path.ts';
import { parseFeel, type FeelContext, type TemporalType } from './feelin.ts';
import { ownFunctions } from './own-functions.ts';
import { refuseErrors } from './syntax-problem.ts';
import { TextEdits } from './text-edits.ts';

/** Names that exist when the expression runs, nested as the data nests; `null` where nothing is known below. */
export interface NameShape {
  readonly [name: string]: NameShape | null;
}

export interface CompileOptions {
  readonly shape?: NameShape;
  readonly inputType?: TemporalType;
}

/** What the interpreter runs: the author's text with our guards written in. */
export interface Program {
  readonly text: string;
  /** Position in the author's text for a position in `text`. */
  toOriginal(position: number): number;
  readonly functions: readonly string[];
  readonly quiet: readonly { readonly from: number; readonly to: number }[];
  /** Declared names that only the grammar of a known context reads as one name, such as `Monthly-Fee`. */
  readonly declared: readonly string[];
}

export interface CompiledExpression extends Expression {
  readonly variables: readonly string[];
  readonly program: Program | null;
  readonly fast: FastExpression | null;
  readonly fastTests: FastTests | null;
  readonly inputType: TemporalType | null;
}

/** A rule longer than this is generated or hostile; parsing is linear, evaluating need not be. */
const TEXT_LIMIT = 20_000;

export function staticText(text: string): CompiledExpression {
  return freeze({ text, static: true, variables: [], program: null, fast: null, fastTests: null, inputType: null });
}

export function compileText(text: string, { shape = {} }: CompileOptions): CompiledExpression {
  const { root, variables, program } = read(text, 'expression', shape);
  const fast = compileFastExpression(root, text);
  return freeze({ text, static: false, variables, program, fast, fastTests: null, inputType: null });
}

export function compileTests(text: string, { shape = {}, inputType }: CompileOptions): CompiledExpression {
  const tests = text.trim() === '' ? '-' : text;
  const { root, variables, program } = read(tests, 'unaryTests', shape);
  const fastTests = inputType === undefined || tests.trim() === '-' ? compileFastTests(root, tests) : null;
  return freeze({ text, static: false, variables, program, fast: null, fastTests, inputType: inputType ?? null });
}

function read(text: string, kind: 'expression' | 'unaryTests', shape: NameShape) {
  if (text.length > TEXT_LIMIT) {
    throw new ExpressionSyntaxError({
      expression: `${text.slice(0, 80)}…`,
      at: 0,
      expected: `The expression has ${text.length} characters, more than ${TEXT_LIMIT}`,
      remedy: 'Split it into several variables or a decision table.',
    });
  }
  if (text.trim() === '') {
    throw new ExpressionSyntaxError({
      expression: text,
      at: 0,
      expected: 'Expected an expression, but it is empty',
      remedy: 'Write a FEEL expression, or remove the leading = for a plain text.',
    });
  }
  const root = parseFeel(text, kind, grammarContext(shape));
  refuseErrors(root, text);
  const edits = new TextEdits();
  const { variables, functions, quiet } = analyse(root, text, edits);
  const keys = new Map(Object.keys(shape).map((key) => [withoutBlanks(key), key]));
  const names = variables.map((name) => keys.get(withoutBlanks(name)) ?? name);
  const declared = names.filter((name) => name in shape && !/^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(name));
  return { root, variables: names, program: { ...edits.apply(text), functions, quiet, declared } };
}

/** Names with `or`, `else`, `-` in them are only read as one name when the grammar knows them. */
function grammarContext(shape: NameShape): FeelContext {
  const context = Object.create(null) as FeelContext;
  for (const name of ownFunctions.keys()) context[name] = null;
  for (const [name, below] of Object.entries(shape)) context[name] = below;
  return context;
}

function withoutBlanks(name: string): string {
  return name.replace(/\s+/g, '');
}

function freeze(expression: CompiledExpression): CompiledExpression {
  return Object.freeze(expression);
}

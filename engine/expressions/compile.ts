import { builtins } from './builtins/builtins.ts';
import type { Code } from './compiler/code.ts';
import { newCompilation } from './compiler/compile-node.ts';
import { anyOf, compileTest } from './compiler/compile-test.ts';
import type { Place } from './compiler/feel-run.ts';
import type { Expression } from './expression.ts';
import { ExpressionSyntaxError } from './expression-syntax-error.ts';
import type { TemporalType } from './json-boundary.ts';
import { KnownNames } from './syntax/known-names.ts';
import { parseExpression, parseUnaryTests } from './syntax/parse-feel.ts';
import type { ParseOptions } from './syntax/parsing.ts';
import type { Node, UnaryTests } from './syntax/syntax-tree.ts';
import type { TypeLookup } from './syntax/parse-type.ts';

/** Names that exist when the expression runs, nested as the data nests; `null` where nothing is known below. */
export interface NameShape {
  readonly [name: string]: NameShape | null;
}

export interface CompileOptions {
  readonly shape?: NameShape;
  readonly inputType?: TemporalType;
  /** Types that `instance of` and parameters may name besides the built-in ones. */
  readonly types?: TypeLookup;
  /** Names that may stand after a dot besides those of `shape`. */
  readonly members?: readonly string[];
}

export interface CompiledExpression extends Expression {
  readonly variables: readonly string[];
  /** Where each variable is first read. */
  readonly places: ReadonlyMap<string, Place>;
  /** Null for a static text. Of unary tests: whether `slots[0]`, the input, passes. */
  readonly code: Code | null;
  readonly inputType: TemporalType | null;
  /** In which surroundings the text is read. */
  readonly options: CompileOptions;
  /** Of unary tests: the literals they compare with, or `any`; null when they are something else. */
  readonly equalTo: readonly (string | number | boolean)[] | 'any' | null;
}

/** A rule longer than this is generated or hostile; parsing is linear, evaluating need not be. */
const TEXT_LIMIT = 20_000;

/** The same text in the same surroundings is compiled once; emptied when full, which no deployment reaches. */
const cache = new Map<string, CompiledExpression>();
const CACHE_LIMIT = 5_000;

const NO_TYPES: TypeLookup = new Map();

export function staticText(text: string): CompiledExpression {
  return Object.freeze({
    text,
    static: true,
    variables: [],
    places: new Map(),
    code: null,
    inputType: null,
    options: {},
    equalTo: null,
  });
}

export function compileText(text: string, options: CompileOptions): CompiledExpression {
  return cached(`=${text}`, options, () => {
    checkText(text);
    const { shape = {}, types = NO_TYPES, members = [] } = options;
    const node = parseExpression(text, { ...namesOf(shape, members), types });
    const compilation = newCompilation({ text, builtins, declared: new Set(Object.keys(shape)) });
    const code = compilation.compile(node);
    return {
      text,
      static: false,
      variables: [...compilation.variables.keys()],
      places: compilation.variables,
      code,
      inputType: null,
      options,
      equalTo: null,
    };
  });
}

/** The tree of a FEEL expression, for whoever looks at it without running it; null for a static text. */
export function treeOf(expression: Expression): Node | null {
  return expression.static ? null : parseExpression(expression.text, parseOptionsOf(expression));
}

/** As `treeOf`, of unary tests. */
export function treeOfTests(tests: Expression): UnaryTests {
  return parseUnaryTests(tests.text, parseOptionsOf(tests));
}

function parseOptionsOf(expression: Expression): ParseOptions {
  const { shape = {}, types = NO_TYPES, members = [] } = (expression as CompiledExpression).options;
  return { ...namesOf(shape, members), types };
}

/** Names that hide built-in functions of the same name. */
export function declaredNamesOf(expression: Expression): ReadonlySet<string> {
  return new Set(Object.keys((expression as CompiledExpression).options.shape ?? {}));
}

export function compileTests(text: string, options: CompileOptions): CompiledExpression {
  const { shape = {}, inputType, types = NO_TYPES, members = [] } = options;
  return cached(`?${inputType ?? ''}${text}`, options, () => {
    if (text.length > TEXT_LIMIT) checkText(text);
    const { any, negated, tests } = parseUnaryTests(text, { ...namesOf(shape, members), types });
    const compilation = newCompilation({ text, builtins, declared: new Set(Object.keys(shape)) });
    const input = compilation.bindInput();
    const codes = tests.map((test) => compileTest(compilation, test, input, true));
    const [only] = codes;
    const positive: Code = codes.length === 1 ? only! : (slots, run) => anyOf(codes, slots, run);
    const code: Code = any
      ? () => true
      : negated
        ? (slots, run) => positive(slots, run) !== true
        : (slots, run) => positive(slots, run) === true;
    const equalTo = any ? 'any' : negated ? null : literalsOf(tests);
    return {
      text,
      static: false,
      variables: [...compilation.variables.keys()],
      places: compilation.variables,
      code,
      inputType: inputType ?? null,
      options,
      equalTo,
    };
  });
}

function cached(key: string, { shape, types }: CompileOptions, compile: () => CompiledExpression): CompiledExpression {
  if (types !== undefined) return Object.freeze(withinStack(compile, key));
  const full = shape === undefined ? key : `${key}\u0000${JSON.stringify(shape)}`;
  let compiled = cache.get(full);
  if (compiled === undefined) {
    compiled = Object.freeze(withinStack(compile, key));
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(full, compiled);
  }
  return compiled;
}

/** Long chains (`a.b.b.b …`) nest without brackets; what overflows the stack here would overflow it when evaluated. */
function withinStack(compile: () => CompiledExpression, key: string): CompiledExpression {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ExpressionSyntaxError({
      expression: `${key.slice(1, 80)}…`,
      at: 0,
      expected: 'The expression nests too deeply',
      remedy: 'Split it into several variables.',
    });
  }
}

function checkText(text: string): void {
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
}

/** Names of more than one word that the grammar must know: built-in functions, declared variables and their members. */
function namesOf(shape: NameShape, more: readonly string[]): Pick<ParseOptions, 'common' | 'names' | 'members'> {
  const members = new Set(more);
  const collect = (below: NameShape | null): void => {
    for (const [name, inner] of Object.entries(below ?? {})) {
      members.add(name);
      collect(inner);
    }
  };
  for (const below of Object.values(shape)) collect(below);
  return { common: LONG_BUILTINS, names: Object.keys(shape), members: [...members] };
}

/** Only names with keywords or signs need to be known; plain words are read as one name anyway. */
const LONG_BUILTINS = new KnownNames([...builtins.keys()].filter((name) => name.includes(' ')));

function literalsOf(tests: readonly Node[]): readonly (string | number | boolean)[] | null {
  const values: (string | number | boolean)[] = [];
  for (const test of tests) {
    const value = test.kind === 'literal' ? test.value : null;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
    values.push(value);
  }
  return values;
}

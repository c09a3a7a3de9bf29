import type { JsonValue } from '../json.ts';
import type { CompiledExpression, Program } from './compile.ts';
import type { Evaluation, EvaluationScope, FeelWarning } from './expression.ts';
import { NOT_FAST } from './fast-path.ts';
import { runFeel, runFeelTests, temporalOf, type FeelContext, type FeelRun } from './feelin.ts';
import { fromJson, toJson } from './json-boundary.ts';
import type { CallScope, OwnFunction } from './own-function.ts';
import { guardFunctions, ownFunctions } from './own-functions.ts';
import { WorkBudget } from './work-budget.ts';

const NO_WARNINGS: readonly FeelWarning[] = Object.freeze([]);

/** More would only repeat what the first ones say. */
const WARNING_LIMIT = 20;

/** feelin's warnings after which its null means "this cannot be computed", not "unknown". */
const FATAL: ReadonlySet<string> = new Set(['NO_FUNCTION_FOUND', 'FUNCTION_INVOCATION_FAILURE', 'UNSUPPORTED']);

export function run(expression: CompiledExpression, scope: EvaluationScope): Evaluation {
  const { program, fast, text } = expression;
  if (program === null) return { ok: true, value: text, warnings: NO_WARNINGS };
  if (fast !== null) {
    const value = fast(scope.variables);
    if (value !== NOT_FAST) return { ok: true, value: fromJson(value), warnings: NO_WARNINGS };
  }
  return interpret(expression, program, scope, (context) => runFeel(program.text, context));
}

export function runTests(expression: CompiledExpression, input: JsonValue, scope: EvaluationScope): Evaluation {
  const { program, fastTests, inputType } = expression;
  if (program === null) throw new TypeError('Expected unary tests, got a static text');
  if (fastTests !== null) {
    const value = fastTests(input);
    if (value !== NOT_FAST) return { ok: true, value, warnings: NO_WARNINGS };
  }
  const tested = typeof input === 'string' && inputType !== null ? temporalOf(input, inputType) : fromJson(input);
  return interpret(expression, program, scope, (context) => {
    context['?'] = tested;
    return runFeelTests(program.text, context);
  });
}

function interpret(
  expression: CompiledExpression,
  program: Program,
  scope: EvaluationScope,
  evaluate: (context: FeelContext) => FeelRun,
): Evaluation {
  const fail = (message: string, warnings: readonly FeelWarning[]): Evaluation => ({
    ok: false,
    failure: { expression: expression.text, message, warnings },
  });
  const context = contextFor(expression, program, scope);
  try {
    const { value, warnings } = evaluate(context);
    const fatal = warnings.find(({ type }) => FATAL.has(type));
    const placed = placeWarnings(warnings, program);
    if (fatal !== undefined) return fail(fatal.message, placed);
    const json = toJson(value, placed);
    return { ok: true, value: json, warnings: placed.length === 0 ? NO_WARNINGS : placed };
  } catch (error) {
    // Our refusals and TimeError, feelin's exceptions, and a stack overflow: data and text decide them, so none is a bug of ours.
    return fail(failureMessage(error as Error), NO_WARNINGS);
  }
}

/** In the author's text, each once: a loop repeats its warning for every element. */
function placeWarnings(warnings: FeelRun['warnings'], program: Program): FeelWarning[] {
  const placed = new Map<string, FeelWarning>();
  for (const { message, position } of warnings) {
    const from = program.toOriginal(position.from);
    const to = program.toOriginal(position.to);
    if (program.quiet.some((range) => range.from <= from && to <= range.to)) continue;
    placed.set(`${from} ${message}`, { message, from, to });
    if (placed.size === WARNING_LIMIT) break;
  }
  return [...placed.values()];
}

function failureMessage(error: Error): string {
  if (error instanceof RangeError) return 'The expression nests or recurses too deeply. Split it up.';
  const bounds = /^unsupported range: (.*)\.\.(.*)$/s.exec(error.message);
  if (bounds === null) return error.message;
  const [, low, high] = bounds;
  return `Expected numbers, texts or dates of one kind to compare, got ${[low, high].filter((bound) => bound !== 'null').join(' and ')}.`;
}

/**
 * Only what the expression names: feelin walks its whole context on every parse, and a name it does not see cannot change
 * how the text is read. A null prototype keeps feelin from copying the data once more.
 */
function contextFor(expression: CompiledExpression, program: Program, scope: EvaluationScope): FeelContext {
  const context = Object.create(null) as FeelContext;
  for (const name of expression.variables) {
    const value = scope.variables.get(name);
    if (value !== undefined) context[name] = fromJson(value);
    else if (program.declared.includes(name)) context[name] = null;
  }
  const call: CallScope = { ...scope, budget: new WorkBudget() };
  for (const own of guardFunctions.values()) context[own.name] = bind(own, call);
  for (const name of program.functions) context[name] = bind(ownFunctions.get(name)!, call);
  return context;
}

function bind(own: OwnFunction, scope: CallScope): unknown {
  return Object.assign((...args: unknown[]) => own.call(args, scope), { $args: own.parameters });
}

import type { CalendarSet } from '../time/build-calendar-set.ts';
import type { JsonValue } from '../json.ts';
import { closestName } from './compiler/closest-name.ts';
import { compileTests, compileText, staticText, type CompiledExpression, type CompileOptions } from './compile.ts';
import { run, runTests } from './run.ts';

/** A compiled expression: frozen, made once at deployment, shared by every evaluation. */
export interface Expression {
  readonly text: string;
  /** True for a plain string (no leading `=`): its value is the text itself. */
  readonly static: boolean;
}

/** Variables as an expression sees them. `get` is cheap and is the only one evaluation calls; `undefined` = no such variable. */
export interface VariableReader {
  get(name: string): JsonValue | undefined;
  /** All visible variables; may be costly. */
  toContext(): Readonly<Record<string, JsonValue>>;
}

/** Everything an expression may depend on. The same expression and scope always give the same evaluation. */
export interface EvaluationScope {
  readonly variables: VariableReader;
  /** Epoch milliseconds answered by `now()` and `today()`. */
  readonly now: number;
  /** IANA zone in which `now()`, `today()` and date-times without a zone are read. */
  readonly zone: string;
  readonly calendars: CalendarSet;
}

/** Why a null may hide an error (missing variable, wrong operand type). `from`/`to` are offsets into the FEEL text, without the leading `=`. */
export interface FeelWarning {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

export interface FeelFailure {
  readonly expression: string;
  readonly message: string;
  readonly warnings: readonly FeelWarning[];
}

export type Evaluation =
  | { readonly ok: true; readonly value: JsonValue; readonly warnings: readonly FeelWarning[] }
  | { readonly ok: false; readonly failure: FeelFailure };

/**
 * Camunda 8 convention: text that starts with `=` is FEEL, anything else is a static string.
 * Throws ExpressionSyntaxError (line, column, remedy).
 */
export function compileExpression(text: string): Expression {
  const trimmed = text.trimStart();
  return trimmed.startsWith('=') ? compileText(trimmed.slice(1), {}) : staticText(text);
}

/**
 * Always FEEL, no `=` needed. `options.shape` declares names that the grammar cannot know by itself (DMN input data such
 * as `Monthly-Fee`, nested `unit-price`); plain identifiers and blanks between words need no declaration.
 * Throws ExpressionSyntaxError.
 */
export function compileFeel(text: string, options: CompileOptions = {}): Expression {
  return compileText(text, options);
}

/**
 * DMN unary tests (input entries): `-` or nothing is always true, `?` is the input. With `options.inputType` the ISO text
 * of a date, time, date-time or duration is read as such before it is tested. Throws ExpressionSyntaxError.
 */
export function compileUnaryTests(text: string, options: CompileOptions = {}): Expression {
  return compileTests(text, options);
}

/**
 * Evaluates to JSON: dates `2026-11-20`, date-times ISO 8601 with offset, durations ISO 8601.
 *
 * The rule between the two outcomes. `ok: true`: FEEL gave a value; a null that hides an error (missing variable,
 * operands of different types) carries warnings, and the caller decides what null means there. `ok: false`: no value can be
 * trusted: one of our functions refused its arguments (unknown calendar, year without a calendar), something that is not a
 * function was called or with wrong parameters, an unsupported comparison, or the work budget was used up.
 */
export function evaluate(expression: Expression, scope: EvaluationScope): Evaluation {
  return run(expression as CompiledExpression, scope);
}

/** Evaluates DMN unary tests against `input`; the value is a boolean. Outcomes as for `evaluate`. */
export function evaluateUnaryTests(expression: Expression, input: JsonValue, scope: EvaluationScope): Evaluation {
  return runTests(expression as CompiledExpression, input, scope);
}

/**
 * Names of the variables the expression reads: top level only, built-ins and locals left out, in order of first use.
 * A name inside a filter (`items[price > 10]`) may be an element's property, so it is listed too; so is a built-in's name
 * that is not called, because a variable may be called `duration`.
 */
export function variablesOf(expression: Expression): readonly string[] {
  return (expression as CompiledExpression).variables;
}

/** A variable that an expression reads and nobody sets; `from`/`to` are offsets of its first use. */
export interface UnknownName {
  readonly name: string;
  /** The known name nearest to it, when one is near. */
  readonly suggestion: string | null;
  readonly from: number;
  readonly to: number;
}

/** The variables of an expression that are not among `known`: for lint and the editor. */
export function unknownNamesOf(expression: Expression, known: readonly string[]): readonly UnknownName[] {
  const { places } = expression as CompiledExpression;
  return [...places]
    .filter(([name]) => !known.includes(name))
    .map(([name, place]) => ({ name, suggestion: closestName(name, known), ...place }));
}

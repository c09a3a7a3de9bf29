import type { JsonValue } from '../json.ts';
import type { CompiledExpression } from './compile.ts';
import { FeelRun } from './compiler/feel-run.ts';
import type { Evaluation, EvaluationScope, Expression, FeelWarning } from './expression.ts';
import { temporalOf, toJson } from './json-boundary.ts';
import type { FeelValue } from './values/feel-value.ts';

const NO_WARNINGS: readonly FeelWarning[] = Object.freeze([]);

export function run(expression: CompiledExpression, scope: EvaluationScope): Evaluation {
  const { code, text } = expression;
  if (code === null) return { ok: true, value: text, warnings: NO_WARNINGS };
  const feelRun = new FeelRun(scope);
  try {
    const value = code([], feelRun);
    if (value === null && feelRun.failure !== null) return refused(expression, feelRun.failure, feelRun.warnings);
    // Scalars need no conversion, and most conditions give one.
    const json = isPlain(value)
      ? value
      : toJson(value, {
          warn: ({ message, ...place }) => feelRun.warn(message, place),
          spend: (work) => feelRun.spend(work),
        });
    return { ok: true, value: json, warnings: feelRun.warnings };
  } catch (error) {
    return refused(expression, failureMessage(error as Error), NO_WARNINGS);
  }
}

export function runTests(expression: CompiledExpression, input: JsonValue, scope: EvaluationScope): Evaluation {
  const { code, inputType } = expression;
  if (code === null) throw new TypeError('Expected unary tests, got a static text');
  const tested = typeof input === 'string' && inputType !== null ? temporalOf(input, inputType) : (input as FeelValue);
  const feelRun = new FeelRun(scope);
  try {
    return { ok: true, value: code([tested], feelRun) === true, warnings: feelRun.warnings };
  } catch (error) {
    return refused(expression, failureMessage(error as Error), NO_WARNINGS);
  }
}

function isPlain(value: FeelValue): value is boolean | string | number {
  return typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number';
}

function refused({ text }: CompiledExpression, message: string, warnings: readonly FeelWarning[]): Evaluation {
  return { ok: false, failure: { expression: text, message, warnings } };
}

/** Our refusals and TimeError, and a stack overflow: data and text decide them, so none is a bug of ours. */
export function failureMessage(error: Error): string {
  return error instanceof RangeError ? 'The expression nests or recurses too deeply. Split it up.' : error.message;
}

/** The value of an expression inside an evaluation that is under way (a decision), in its scope; refusals are thrown. */
export function valueIn(expression: Expression, run: FeelRun): FeelValue {
  const { code, text } = expression as CompiledExpression;
  return code === null ? text : code([], run);
}

/** Whether `slots[0]` passes unary tests, inside an evaluation that is under way. */
export function passesIn(tests: Expression, slots: FeelValue[], run: FeelRun): boolean {
  const { code } = tests as CompiledExpression;
  return code !== null && code(slots, run) === true;
}

/** The literals that unary tests compare with, `any` when they admit everything, null when they are something else. */
export function equalityValuesOf(tests: Expression): CompiledExpression['equalTo'] {
  return (tests as CompiledExpression).equalTo;
}

import { coerce } from '../values/conforms.ts';
import { costOf } from '../values/cost-of.ts';
import { isNumber } from '../values/decimal.ts';
import { kindName } from '../values/kind-name.ts';
import { typeText } from '../values/feel-type.ts';
import { closestName } from './closest-name.ts';
import type { FeelRun, Place } from './feel-run.ts';
import { isList, type FeelFunction, type FeelParameter, type FeelValue } from '../values/feel-value.ts';

export interface GivenArgument {
  readonly name: string | null;
  readonly value: FeelValue;
}

/**
 * Calls a function (DMN 1.5 §10.3.2.13.3): of its overloads the first whose parameters fit in number, names and types after
 * implicit conversion. None: null, and the evaluation fails unless the null is used further.
 */
export function invoke(fn: FeelFunction, given: readonly GivenArgument[], run: FeelRun, place: Place): FeelValue {
  for (const candidate of candidatesOf(fn, given)) {
    const args = arrange(candidate, given, run);
    if (args === null) continue;
    if (candidate.builtin) for (const value of args) run.spend(costOf(value));
    run.enterCall();
    run.place = place;
    const { warnings } = run;
    const result = candidate.call(args, run);
    run.leaveCall();
    if (candidate.builtin) {
      run.spend(2 * costOf(result));
      if (result === null && run.warnings === warnings) explainNull(candidate, args, run, place);
      return result;
    }
    const converted = coerce(result, candidate.result);
    if (converted !== undefined) return converted;
    return run.warn(`The result of <${fn.name}> is not of its declared type`, place);
  }
  const values = given.map(({ name, value }) => (name === null ? literal(value) : `${name}: ${literal(value)}`));
  return run.fail(`Cannot invoke <${fn.name}(${values.join(', ')})>: ${mismatchOf(fn, given)}.`, place);
}

/**
 * Named arguments fit `before(point, range)` and `before(range, point)` alike; then the order in which they are written tells
 * which is meant.
 */
function candidatesOf(fn: FeelFunction, given: readonly GivenArgument[]): readonly FeelFunction[] {
  if (fn.overloads === null) return [fn];
  if (given.length < 2 || given[0]!.name === null) return fn.overloads;
  const inOrder = ({ parameters }: FeelFunction): boolean =>
    given.every(({ name }, index) => parameters[index]?.name === name);
  const exact = fn.overloads.filter(inOrder);
  return exact.length === 0 ? fn.overloads : [...exact, ...fn.overloads];
}

/**
 * Why one of our functions gave null: an argument was null, or these arguments have no result (the 30th of February). Silent
 * where null may be the answer: functions of any value (`get value`), and null for a parameter that takes anything.
 */
function explainNull(fn: FeelFunction, args: readonly (FeelValue | undefined)[], run: FeelRun, place: Place): void {
  if (fn.result.kind === 'any') return;
  const at = args.indexOf(null);
  if (at < 0) {
    const values = args.filter((value) => value !== undefined).map(literal);
    run.warn(`<${fn.name}(${values.join(', ')})> has no result`, place);
    return;
  }
  const parameter = fn.parameters[Math.min(at, fn.parameters.length - 1)];
  if (parameter !== undefined && parameter.type.kind !== 'any') {
    run.warn(`The argument '${parameter.name}' of <${fn.name}> is null`, place);
  }
}

/** Arguments in the order of the parameters, or null when they do not fit. */
function arrange(fn: FeelFunction, given: readonly GivenArgument[], run: FeelRun): (FeelValue | undefined)[] | null {
  const { parameters, variadic } = fn;
  const named = given.length > 0 && given[0]!.name !== null;
  if (!named && given.length > parameters.length && !variadic) return null;
  if (!named && given.length === 1 && parameters.length === 1 && !variadic) {
    const { value } = given[0]!;
    const { type } = parameters[0]!;
    if (type.kind === 'list' && type.of.kind !== 'any' && isList(value)) run.spend(value.length);
    const only = coerce(value, type);
    return only === undefined ? null : [only];
  }
  const args = new Array<FeelValue | undefined>(Math.max(parameters.length, named ? 0 : given.length)).fill(undefined);
  for (const [index, { name, value }] of given.entries()) {
    const at = name === null ? index : parameters.findIndex((parameter) => parameter.name === name);
    if (at < 0) return null;
    const { type } = parameters[Math.min(at, parameters.length - 1)] as FeelParameter;
    if (type.kind === 'list' && type.of.kind !== 'any' && isList(value)) run.spend(value.length);
    const converted = coerce(value, type);
    if (converted === undefined || args[at] !== undefined) return null;
    args[at] = converted;
  }
  const missing = parameters.some(({ optional }, index) => optional !== true && args[index] === undefined);
  return missing && !(variadic && given.length === 0) ? null : args;
}

/** What does not fit. With several signatures these are listed, since each fails for a reason of its own. */
function mismatchOf(fn: FeelFunction, given: readonly GivenArgument[]): string {
  const { parameters, variadic, overloads } = fn;
  const expected = `expected ${signatures(fn)}`;
  if (overloads !== null) return expected;
  if (given.length > parameters.length && !variadic)
    return `it takes ${parameters.length} ${parameters.length === 1 ? 'argument' : 'arguments'}; ${expected}`;
  for (const [index, { name, value }] of given.entries()) {
    const known =
      name === null ? parameters[Math.min(index, parameters.length - 1)] : parameters.find((one) => one.name === name);
    if (known === undefined) {
      const close = closestName(
        name ?? '',
        parameters.map((one) => one.name),
      );
      return `it has no parameter '${name}'${close === null ? '' : `, did you mean '${close}'?`}; ${expected}`;
    }
    if (coerce(value, known.type) === undefined) {
      return `'${known.name}' must be ${typeText(known.type)}, but is ${kindName(value)}; ${expected}`;
    }
  }
  return `an argument is missing; ${expected}`;
}

function signatures(fn: FeelFunction): string {
  return (fn.overloads ?? [fn])
    .map(
      ({ parameters }) =>
        `(${parameters.map(({ name, type, optional }) => `${name}${optional ? '?' : ''}: ${typeText(type)}`).join(', ')})`,
    )
    .join(' or ');
}

function literal(value: FeelValue): string {
  return typeof value === 'string' ? `"${shown(value)}"` : shown(value);
}

function shown(value: FeelValue): string {
  if (typeof value === 'string' || typeof value === 'boolean' || isNumber(value)) return String(value).slice(0, 40);
  return kindName(value);
}

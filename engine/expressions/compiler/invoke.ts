import { coerce } from '../values/conforms.ts';
import { isNumber } from '../values/decimal.ts';
import { kindName } from '../values/kind-name.ts';
import type { FeelRun, Place } from './feel-run.ts';
import type { FeelFunction, FeelParameter, FeelValue } from '../values/feel-value.ts';

export interface GivenArgument {
  readonly name: string | null;
  readonly value: FeelValue;
}

/**
 * Calls a function (DMN 1.5 §10.3.2.13.3): of its overloads the first whose parameters fit in number, names and types after
 * implicit conversion. None: null, and the evaluation fails unless the null is used further.
 */
export function invoke(fn: FeelFunction, given: readonly GivenArgument[], run: FeelRun, place: Place): FeelValue {
  for (const candidate of fn.overloads ?? [fn]) {
    const args = arrange(candidate, given);
    if (args === null) continue;
    run.enterCall();
    const result = candidate.call(args, run);
    run.leaveCall();
    const converted = coerce(result, candidate.result);
    if (converted !== undefined) return converted;
    return run.warn(`The result of <${fn.name}> is not of its declared type`, place);
  }
  const values = given.map(({ name, value }) => (name === null ? shown(value) : `${name}: ${shown(value)}`));
  return run.fail(`Cannot invoke <${fn.name}(${values.join(', ')})>: expected ${signatures(fn)}.`, place);
}

/** Arguments in the order of the parameters, or null when they do not fit. */
function arrange(fn: FeelFunction, given: readonly GivenArgument[]): (FeelValue | undefined)[] | null {
  const { parameters, variadic } = fn;
  const named = given.length > 0 && given[0]!.name !== null;
  if (!named && given.length > parameters.length && !variadic) return null;
  if (!named && given.length === 1 && parameters.length === 1 && !variadic) {
    const only = coerce(given[0]!.value, parameters[0]!.type);
    return only === undefined ? null : [only];
  }
  const args = new Array<FeelValue | undefined>(Math.max(parameters.length, named ? 0 : given.length)).fill(undefined);
  for (const [index, { name, value }] of given.entries()) {
    const at = name === null ? index : parameters.findIndex((parameter) => parameter.name === name);
    if (at < 0) return null;
    const { type } = parameters[Math.min(at, parameters.length - 1)] as FeelParameter;
    const converted = coerce(value, type);
    if (converted === undefined || args[at] !== undefined) return null;
    args[at] = converted;
  }
  const missing = parameters.some(({ optional }, index) => optional !== true && args[index] === undefined);
  return missing && !(variadic && given.length === 0) ? null : args;
}

function signatures(fn: FeelFunction): string {
  return (fn.overloads ?? [fn])
    .map(({ parameters }) => `(${parameters.map(({ name, type }) => `${name}: ${type.kind}`).join(', ')})`)
    .join(' or ');
}

function shown(value: FeelValue): string {
  if (typeof value === 'string' || typeof value === 'boolean' || isNumber(value)) return String(value).slice(0, 40);
  return kindName(value);
}

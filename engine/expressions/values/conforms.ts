import { isNumber } from './decimal.ts';
import type { FeelType } from './feel-type.ts';
import { entryOf, FeelFunction, FeelRange, isContext, isList, type FeelValue } from './feel-value.ts';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration } from './temporal.ts';

/** Whether a value belongs to a type (`instance of`, DMN 1.5 §10.3.2.9.1–3). Null belongs to `Any`'s checks only. */
export function isInstance(value: FeelValue, type: FeelType): boolean {
  switch (type.kind) {
    case 'any':
      return value !== null;
    case 'null':
      return value === null;
    case 'number':
      return isNumber(value);
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return value instanceof FeelDate;
    case 'time':
      return value instanceof FeelTime;
    case 'date and time':
      return value instanceof FeelDateTime;
    case 'days and time duration':
      return value instanceof DaysDuration;
    case 'years and months duration':
      return value instanceof MonthsDuration;
    case 'list':
      return isList(value) && (type.of.kind === 'any' || value.every((item) => conforms(item, type.of)));
    case 'range':
      return (
        value instanceof FeelRange &&
        [value.start, value.end].every((bound) => bound === undefined || bound === null || isInstance(bound, type.of))
      );
    case 'context': {
      if (!isContext(value)) return false;
      if (type.entries === null) return true;
      return [...type.entries].every(([name, entry]) => {
        const item = entryOf(value, name);
        return item !== undefined && conforms(item, entry);
      });
    }
    case 'function':
      return value instanceof FeelFunction && isFunctionOf(value, type);
    case 'constrained':
      return isInstance(value, type.base) && type.allowed(value);
  }
}

/** Null belongs to every type. */
export function conforms(value: FeelValue, type: FeelType): boolean {
  if (value === null) return true;
  // What a function returns is seldom declared: as an argument any function passes, and its calls are checked.
  if (type.kind === 'function') return value instanceof FeelFunction;
  return type.kind === 'any' || isInstance(value, type);
}

function isFunctionOf(value: FeelFunction, type: Extract<FeelType, { kind: 'function' }>): boolean {
  const { parameters, result } = type;
  if (parameters === null) return true;
  if (value.overloads !== null) return value.overloads.some((one) => isFunctionOf(one, type));
  return (
    parameters.length === value.parameters.length &&
    parameters.every((parameter, index) => typeConforms(parameter, value.parameters[index]!.type)) &&
    typeConforms(value.result, result)
  );
}

/** `a` conforms to `b` (§10.3.2.9.2): functions are contravariant in parameters. */
function typeConforms(a: FeelType, b: FeelType): boolean {
  if (b.kind === 'any' || a.kind === 'null') return true;
  if (a.kind === 'constrained') return typeConforms(a.base, b);
  if (b.kind === 'constrained') return typeConforms(a, b.base);
  if (a.kind === 'list' && b.kind === 'list') return typeConforms(a.of, b.of);
  if (a.kind === 'range' && b.kind === 'range') return typeConforms(a.of, b.of);
  if (a.kind === 'context' && b.kind === 'context') {
    const { entries } = a;
    if (b.entries === null) return true;
    if (entries === null) return false;
    return [...b.entries].every(([name, type]) => entries.has(name) && typeConforms(entries.get(name)!, type));
  }
  if (a.kind === 'function' && b.kind === 'function') {
    const { parameters } = a;
    if (b.parameters === null) return true;
    return (
      parameters !== null &&
      parameters.length === b.parameters.length &&
      b.parameters.every((parameter, index) => typeConforms(parameter, parameters[index]!)) &&
      typeConforms(a.result, b.result)
    );
  }
  return a.kind === b.kind;
}

/**
 * The implicit conversions of §10.3.2.9.4: a value to a list of one, a list of one to its value, a date to its midnight in
 * UTC. Undefined when the value does not conform even then.
 */
export function coerce(value: FeelValue, type: FeelType): FeelValue | undefined {
  if (conforms(value, type)) return value;
  const base = type.kind === 'constrained' ? type.base : type;
  if (isList(value) && value.length === 1 && base.kind !== 'list') {
    const only = value[0]!;
    return conforms(only, type) ? only : undefined;
  }
  if (base.kind === 'list' && !isList(value)) {
    const wrapped = [value];
    return conforms(wrapped, type) ? wrapped : undefined;
  }
  if (base.kind === 'date and time' && value instanceof FeelDate) {
    const midnight = new FeelDateTime(value.days, 0, 0);
    return conforms(midnight, type) ? midnight : undefined;
  }
  return undefined;
}

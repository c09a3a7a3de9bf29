import type { JsonValue } from '../../json.ts';
import { fromJson, toJson } from '../json-boundary.ts';
import type { FeelValue } from '../values/feel-value.ts';
import { FeelRefusal, type OwnFunction } from '../own-function.ts';

/** Functions that Camunda 8.7 documents beyond DMN ("FEEL built-in functions": boolean, conversion, context). */

/**
 * `get or else(value, default)`: the default when the value is null or missing.
 */
export const getOrElse: OwnFunction = {
  name: 'get or else',
  signature: 'value: Any, default: Any -> Any',
  call: ([value, fallback]) => value ?? fallback ?? null,
};

/** `is empty(list)`. */
export const isEmpty: OwnFunction = {
  name: 'is empty',
  signature: 'list: list -> boolean',
  call: ([list]) => (Array.isArray(list) ? list.length === 0 : null),
};

/** `from json(text)`: null for null, refusal for text that is not JSON. */
export const fromJsonText: OwnFunction = {
  name: 'from json',
  signature: 'value: string -> Any',
  call: ([text], _scope, spend) => {
    if (typeof text !== 'string') return null;
    spend(text.length / 4);
    try {
      return fromJson(JSON.parse(text) as JsonValue);
    } catch {
      throw new FeelRefusal(`Expected JSON text in from json(…), got "${text.slice(0, 40)}".`);
    }
  },
};

/** `to json(value)`: compact JSON text; temporal values as they leave an expression. */
export const toJsonText: OwnFunction = {
  name: 'to json',
  signature: 'value: Any -> string',
  call: ([value], _scope, spend) => JSON.stringify(toJson((value ?? null) as FeelValue, { spend })),
};

/** `is blank(text)`: only white space, or nothing. */
export const isBlank: OwnFunction = {
  name: 'is blank',
  signature: 'string: string -> boolean',
  call: ([text]) => (typeof text === 'string' ? text.trim() === '' : null),
};

/** `trim(text)`. */
export const trim: OwnFunction = {
  name: 'trim',
  signature: 'string: string -> string',
  call: ([text]) => (typeof text === 'string' ? text.trim() : null),
};

/** `assert(value, condition, cause?)`: the value when the condition is true, otherwise the evaluation fails with the cause. */
export const assertThat: OwnFunction = {
  name: 'assert',
  signature: 'value: Any, condition: boolean, cause?: string -> Any',
  call: ([value, condition, cause]) => {
    if (condition === true) return value ?? null;
    throw new FeelRefusal(typeof cause === 'string' ? cause : 'The condition of assert(…) is not true.');
  },
};

/** `cycle(repetitions, interval)` or `cycle(interval)`: the ISO 8601 text of a timer cycle. */
export const cycle: OwnFunction = {
  name: 'cycle',
  signature: 'repetitions: number, interval: days and time duration -> string',
  call: ([first, second]) => {
    const isEndless = second === undefined;
    const interval = toJson(((isEndless ? first : second) ?? null) as FeelValue);
    const times = isEndless ? null : toJson((first ?? null) as FeelValue);
    if (typeof interval !== 'string' || (times !== null && typeof times !== 'number')) return null;
    return `R${times ?? ''}/${interval}`;
  },
};

import type { FeelRun } from '../compiler/feel-run.ts';
import type { FeelType } from './feel-type.ts';
import { Decimal, type FeelNumber } from './decimal.ts';
import { TemporalValue } from './temporal.ts';

/**
 * What an expression computes with (DMN 1.5 §10.3.2): null, boolean, string, number, temporal value, list, context, range,
 * function. Lists and contexts are plain arrays and objects, read by own properties only, so that JSON data needs no copy.
 */
export type FeelValue =
  null | boolean | string | FeelNumber | TemporalValue | FeelRange | FeelFunction | readonly FeelValue[] | FeelContext;

export interface FeelContext {
  readonly [key: string]: FeelValue;
}

/** A bound of `undefined` is open to infinity: `(> 5)` is `]5..`. */
export class FeelRange {
  readonly start: FeelValue | undefined;
  readonly end: FeelValue | undefined;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
  constructor(bounds: {
    readonly start: FeelValue | undefined;
    readonly end: FeelValue | undefined;
    readonly startIncluded: boolean;
    readonly endIncluded: boolean;
  }) {
    this.start = bounds.start;
    this.end = bounds.end;
    this.startIncluded = bounds.startIncluded;
    this.endIncluded = bounds.endIncluded;
  }
}

export interface FeelParameter {
  readonly name: string;
  readonly type: FeelType;
  readonly optional?: boolean;
}

export class FeelFunction {
  readonly name: string;
  readonly parameters: readonly FeelParameter[];
  readonly result: FeelType;
  /** Several values may follow as the last parameter (`sum(1, 2, 3)`). */
  readonly variadic: boolean;
  /** Written by us: its result is of its declared type without a check. */
  readonly builtin: boolean;
  /** Functions of one name with different parameters; the first that fits is called. */
  readonly overloads: readonly FeelFunction[] | null;
  /** Arguments in the order of the parameters; `undefined` for those left out. */
  readonly call: (args: readonly (FeelValue | undefined)[], run: FeelRun) => FeelValue;
  constructor(options: {
    readonly name: string;
    readonly parameters: readonly FeelParameter[];
    readonly result: FeelType;
    readonly builtin?: boolean;
    readonly variadic?: boolean;
    readonly overloads?: readonly FeelFunction[];
    readonly call: (args: readonly (FeelValue | undefined)[], run: FeelRun) => FeelValue;
  }) {
    this.name = options.name;
    this.parameters = options.parameters;
    this.result = options.result;
    this.builtin = options.builtin ?? false;
    this.variadic = options.variadic ?? false;
    this.overloads = options.overloads ?? null;
    this.call = options.call;
  }
}

export function isList(value: unknown): value is readonly FeelValue[] {
  return Array.isArray(value);
}

export function isContext(value: unknown): value is FeelContext {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof TemporalValue) &&
    !(value instanceof Decimal) &&
    !(value instanceof FeelRange) &&
    !(value instanceof FeelFunction)
  );
}

/** Names that reach a prototype when somebody writes them carelessly; no data of ours is called so. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export function newContext(): Record<string, FeelValue> {
  return Object.create(null) as Record<string, FeelValue>;
}

export function entryOf(context: FeelContext, name: string): FeelValue | undefined {
  return Object.hasOwn(context, name) && !FORBIDDEN_NAMES.has(name) ? context[name] : undefined;
}

/** Keys that may be seen. */
export function keysOf(context: FeelContext): string[] {
  return Object.keys(context).filter((key) => !FORBIDDEN_NAMES.has(key));
}

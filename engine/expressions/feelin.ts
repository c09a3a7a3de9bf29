import { Temporal } from 'temporal-polyfill';
import {
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelTime,
  date,
  duration,
  evaluate,
  isFunction,
  isRange,
  parseDateTime,
  parseExpression,
  parseUnaryTests,
  time,
  toFeel,
  unaryTest,
} from 'feelin';

/**
 * The only file that imports feelin; replacing the interpreter means replacing this file.
 * feelin 8.2.0 has no compile step: `runFeel` parses on every call (0.1–0.9 ms), hence `fast-path.ts`.
 */

/** feelin's dialect that reads `backticked names`, as Camunda 8 does. */
const DIALECT = 'camunda';

export interface SyntaxNode {
  readonly name: string;
  readonly isError: boolean;
  readonly from: number;
  readonly to: number;
  readonly children: readonly SyntaxNode[];
}

export type FeelContext = Record<string, unknown>;

export interface FeelRun {
  readonly value: unknown;
  readonly warnings: readonly { type: string; message: string; position: { from: number; to: number } }[];
}

/** Parses, never throws on bad text: errors are nodes with `isError`. Comments are left out. */
export function parseFeel(text: string, kind: 'expression' | 'unaryTests', context: FeelContext): SyntaxNode {
  const tree =
    kind === 'expression' ? parseExpression(text, context, DIALECT) : parseUnaryTests(text, context, DIALECT);
  const root: { children: SyntaxNode[] } = { children: [] };
  const stack = [root];
  tree.iterate({
    enter({ type, from, to }) {
      if (type.isSkipped && !type.isError) return false;
      const node = { name: type.name, isError: type.isError, from, to, children: [] };
      stack[stack.length - 1]!.children.push(node);
      stack.push(node);
      return undefined;
    },
    leave({ type }) {
      if (!type.isSkipped || type.isError) stack.pop();
    },
  });
  return root.children[0]!;
}

export function runFeel(text: string, context: FeelContext): FeelRun {
  return evaluate(text, context, DIALECT);
}

export function runFeelTests(text: string, context: FeelContext): FeelRun {
  return unaryTest(text, context, DIALECT);
}

const builtinNames = new Map<string, boolean>();

/** Whether feelin itself knows a function of this name. `name` must come from a parsed VariableName. */
export function isBuiltin(name: string): boolean {
  let known = builtinNames.get(name);
  if (known === undefined) {
    known = typeof evaluate(`\`${name}\``, {}, DIALECT).value === 'function';
    if (known) builtinNames.set(name, known);
  }
  return known;
}

export function dateTimeAt(epochMs: number, zone: string): FeelDateTime {
  return toFeel(Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone)) as FeelDateTime;
}

export function dateAt(epochMs: number, zone: string): FeelDate {
  return new FeelDate(Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDate());
}

export function dateOf(isoDate: string): FeelDate {
  return new FeelDate(Temporal.PlainDate.from(isoDate));
}

/** Epoch milliseconds of a FEEL date-time or an ISO date-time string; a value without a zone is read in `zone`. */
export function epochMsOf(value: unknown, zone: string): number | undefined {
  const dateTime = typeof value === 'string' && value.includes('T') ? parseDateTime(value) : value;
  if (!(dateTime instanceof FeelDateTime)) return undefined;
  return dateTime.unwrap().toZonedDateTime(dateTime.zone ?? zone).epochMilliseconds;
}

/** ISO text of a FEEL duration; undefined for anything else. */
export function durationTextOf(value: unknown): string | undefined {
  return value instanceof FeelDuration ? value.toString() : undefined;
}

/**
 * JSON text of a FEEL temporal value, undefined for other values. A named zone becomes its offset
 * (`2026-11-20T10:00:00+03:00`): `…@Europe/Moscow` is FEEL notation, which no ISO 8601 reader accepts.
 */
export function temporalText(value: unknown): string | undefined {
  if (value instanceof FeelDateTime && value.zone !== null && /[A-Za-z]/.test(value.zone) && value.zone !== 'UTC') {
    return value.unwrap().toZonedDateTime(value.zone).toString({ timeZoneName: 'never' });
  }
  const isTemporal =
    value instanceof FeelDateTime ||
    value instanceof FeelDate ||
    value instanceof FeelTime ||
    value instanceof FeelDuration;
  return isTemporal ? value.toString() : undefined;
}

/** DMN types whose values arrive as text in JSON data. */
export type TemporalType = 'date' | 'time' | 'dateTime' | 'duration';

/** A FEEL value for ISO text of a declared type; the text itself when it is not of that type. */
export function temporalOf(text: string, type: TemporalType): unknown {
  switch (type) {
    case 'date':
      return date(text.slice(0, 10)) ?? text;
    case 'time':
      return time(text) ?? text;
    case 'dateTime':
      return parseDateTime(text) ?? text;
    case 'duration':
      return duration(text) ?? text;
  }
}

export function isFunctionOrRange(value: unknown): boolean {
  return typeof value === 'function' || isFunction(value) || isRange(value);
}

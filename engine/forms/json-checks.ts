import type { ProblemList } from './invalid-form.ts';

/** A JSON object, not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The number written there, or undefined when it is absent or, with a problem added, not a finite number. */
export function optionalNumber(value: unknown, path: string, problems: ProblemList): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  problems.add(path, `Expected a number, found ${JSON.stringify(value)}`, 'Write a plain number.');
  return undefined;
}

interface IntegerRange {
  readonly from: number;
  readonly to: number;
}

export function optionalInteger(
  value: unknown,
  path: string,
  problems: ProblemList,
  { from, to }: IntegerRange,
): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && (value as number) >= from && (value as number) <= to) return value as number;
  problems.add(
    path,
    `Expected a whole number from ${from} to ${to}, found ${JSON.stringify(value)}`,
    `Write a number between ${from} and ${to}.`,
  );
  return undefined;
}

/** Deepest nesting of a JSON value, counted only up to `limit` + 1 so that a hostile value cannot overflow the stack. */
export function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (limit <= 0) return 1;
  let deepest = 0;
  for (const child of Object.values(value)) {
    deepest = Math.max(deepest, depthOf(child, limit - 1));
    if (deepest >= limit) break;
  }
  return deepest + 1;
}

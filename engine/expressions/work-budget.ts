import { FeelRefusal, type OwnFunction } from './own-function.ts';

/**
 * Steps one evaluation may take: loop bodies, elements of ranges and products, calls of user functions.
 * feelin needs 3.6 s and 480 MB for 1,000,000 (`reliability.md` §3.2); no rule of a business process needs 100,000.
 */
export const STEP_LIMIT = 100_000;

/** Counts steps of one evaluation; the functions below are written into the expression by `analyse.ts`. */
export class WorkBudget {
  #left = STEP_LIMIT;

  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) {
      throw new FeelRefusal(`The expression takes more than ${STEP_LIMIT} steps. Narrow its lists and ranges.`);
    }
  }
}

/** `__step(value)` wraps loop and function bodies. */
export const step: OwnFunction = {
  name: '__step',
  parameters: ['value'],
  call: ([value], { budget }) => {
    budget.spend(1);
    return value;
  },
};

/** `a..__upto(a, b)` guards iteration ranges: feelin never ends on `1..2.5`, which no integer step reaches. */
export const upto: OwnFunction = {
  name: '__upto',
  parameters: ['start', 'end'],
  call: ([start, end], { budget }) => {
    if (typeof start === 'number' && typeof end === 'number') budget.spend(rangeSize(start, end));
    return end;
  },
};

/** `__span(source)` guards iteration sources that may be ranges or multiply each other. */
export const span: OwnFunction = {
  name: '__span',
  parameters: ['source'],
  call: ([source], { budget }) => {
    if (Array.isArray(source)) budget.spend(source.length);
    else if (isNumberRange(source)) budget.spend(rangeSize(source.start, source.end));
    return source;
  },
};

function isNumberRange(value: unknown): value is { start: number; end: number } {
  const range = value as { start?: unknown; end?: unknown } | null;
  return typeof value === 'object' && typeof range?.start === 'number' && typeof range.end === 'number';
}

function rangeSize(start: number, end: number): number {
  const size = Math.abs(end - start) + 1;
  if (Number.isSafeInteger(start) && Number.isSafeInteger(size)) return size;
  throw new FeelRefusal(
    `Expected whole numbers in the range ${start}..${end}. Round its ends, for example with floor().`,
  );
}

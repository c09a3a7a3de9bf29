import type { EvaluationScope, FeelWarning } from '../expression.ts';
import { FeelRefusal } from '../own-function.ts';

/**
 * Work one evaluation may do: nodes evaluated in loops and calls, elements and 16 characters of text allocated. At 10–50 ns
 * each a hostile expression ends within 100 ms; a loop of ten operations over 10,000 rows takes a tenth of it.
 */
const FUEL = 1_000_000;
/** FEEL functions calling each other; every level takes several frames of the JavaScript stack. */
const CALL_DEPTH = 400;
/** More would only repeat what the first ones say. */
const WARNING_LIMIT = 20;

const NO_WARNINGS: readonly FeelWarning[] = Object.freeze([]);

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** One evaluation: what it may read, what it has used up, what it noticed. */
export class FeelRun {
  /** What names are looked up in; a function brings its own while it runs. */
  scope: EvaluationScope;
  warnings: readonly FeelWarning[] = NO_WARNINGS;
  /** The call being made: where our functions say that something is wrong. */
  place: Place = { from: 0, to: 0 };
  /** The first reason why a null is a failure and not an answer. */
  failure: string | null = null;
  #fuel: number;
  #depth = 0;

  constructor(scope: EvaluationScope, fuel = FUEL) {
    this.scope = scope;
    this.#fuel = fuel;
  }

  spend(work: number): void {
    this.#fuel -= work;
    if (this.#fuel < 0) {
      throw new FeelRefusal(`The expression takes more than ${FUEL} steps. Narrow its lists and ranges.`);
    }
  }

  enterCall(): void {
    this.#depth += 1;
    if (this.#depth > CALL_DEPTH) {
      throw new FeelRefusal('The expression nests or recurses too deeply. Split it up.');
    }
  }

  leaveCall(): void {
    this.#depth -= 1;
  }

  /** Evaluates in another scope. A refusal ends the whole evaluation, so the scope need not be put back then. */
  within<Result>(scope: EvaluationScope, evaluate: () => Result): Result {
    const outer = this.scope;
    this.scope = scope;
    const result = evaluate();
    this.scope = outer;
    return result;
  }

  /** The warnings since the last call. */
  takeWarnings(): readonly FeelWarning[] {
    const { warnings } = this;
    this.warnings = NO_WARNINGS;
    return warnings;
  }

  /** The reason noted since the last call. */
  takeFailure(): string | null {
    const { failure } = this;
    this.failure = null;
    return failure;
  }

  /** Says why a null came out; returns it. */
  warn(message: string, { from, to }: Place): null {
    this.spend(2);
    if (this.warnings.length >= WARNING_LIMIT) return null;
    if (!this.warnings.some((known) => known.from === from && known.message === message)) {
      this.warnings = [...this.warnings, { message, from, to }];
    }
    return null;
  }

  /** As `warn`, and the evaluation fails should its result be null. */
  fail(message: string, place: Place): null {
    this.failure ??= message;
    return this.warn(message, place);
  }
}

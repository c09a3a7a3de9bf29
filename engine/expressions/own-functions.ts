import {
  assertThat,
  fromJsonText,
  getOrElse,
  isBlank,
  isDefined,
  isEmpty,
  toJsonText,
  trim,
} from './functions/camunda-extensions.ts';
import { now, today } from './functions/clock.ts';
import { matches, replace, split } from './functions/regular-expressions.ts';
import { nthWorkingDay, workingDurationBetween, workingTimeAfter } from './functions/working-time.ts';
import type { OwnFunction } from './own-function.ts';
import { span, step, upto } from './work-budget.ts';

/** The table of contents of our functions. */
const FUNCTIONS: readonly OwnFunction[] = [
  // deterministic clock
  now,
  today,
  // linear-time regular expressions
  matches,
  replace,
  split,
  // working time
  workingTimeAfter,
  workingDurationBetween,
  nthWorkingDay,
  // Camunda 8 beyond DMN
  getOrElse,
  isDefined,
  isEmpty,
  isBlank,
  trim,
  fromJsonText,
  toJsonText,
  assertThat,
];

/** Written into expressions by `analyse.ts`, never by people. */
const GUARDS: readonly OwnFunction[] = [step, upto, span];

export const ownFunctions: ReadonlyMap<string, OwnFunction> = new Map(FUNCTIONS.map((one) => [one.name, one]));
export const guardFunctions: ReadonlyMap<string, OwnFunction> = new Map(GUARDS.map((one) => [one.name, one]));

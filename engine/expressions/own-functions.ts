import {
  assertThat,
  cycle,
  fromJsonText,
  getOrElse,
  isBlank,
  isEmpty,
  toJsonText,
  trim,
} from './functions/camunda-extensions.ts';
import { nthWorkingDay, workingDurationBetween, workingTimeAfter } from './functions/working-time.ts';
import { isWorkingDay, legalDeadline, workingDayAfter } from './functions/working-days.ts';
import type { OwnFunction } from './own-function.ts';

/** The table of contents of our functions. `is defined(path)` is compiled, not called: it looks at the path and not at a value. */
const FUNCTIONS: readonly OwnFunction[] = [
  // working time
  workingTimeAfter,
  workingDurationBetween,
  nthWorkingDay,
  isWorkingDay,
  workingDayAfter,
  legalDeadline,
  // Camunda 8 beyond DMN
  getOrElse,
  { name: 'is defined', signature: 'value: Any -> boolean', call: ([value]) => value !== null && value !== undefined },
  isEmpty,
  isBlank,
  trim,
  fromJsonText,
  toJsonText,
  assertThat,
  cycle,
];

export const ownFunctions: ReadonlyMap<string, OwnFunction> = new Map(FUNCTIONS.map((one) => [one.name, one]));

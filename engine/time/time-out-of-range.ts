import { TimeError } from './time-error.ts';

/** A result outside what can be computed or written as a four-digit year; `expected` ends the sentence "Expected …". */
export class TimeOutOfRange extends TimeError {
  readonly code = 'timeOutOfRange';
  readonly params: { readonly expected: string };

  constructor(expected: string) {
    super(`Expected ${expected}.`);
    this.params = { expected };
  }
}

import { TimeError } from './time-error.ts';

/** A model or an expression names working hours that are not deployed; `known` lists what would be accepted. */
export class UnknownCalendar extends TimeError {
  readonly code = 'unknownCalendar';
  readonly params: { readonly id: string; readonly known: string };

  constructor(id: string, known: readonly string[]) {
    super(
      `Expected a deployed calendar, but got "${id}". Known: ${known.join(', ') || 'none; deploy the pack "calendars"'}.`,
    );
    this.params = { id, known: known.join(', ') };
  }
}

import { TimeError } from './time-error.ts';

/** A calendar or schedule file that cannot be used: names the file, the field (as a path, `days[3].d`) and the remedy. */
export class CalendarFileError extends TimeError {
  readonly code = 'badCalendarFile';
  readonly params: { readonly file: string; readonly field: string; readonly expected: string };

  constructor(params: { readonly file: string; readonly field: string; readonly expected: string }) {
    super(`Expected ${params.expected} in ${params.field || 'the file'} of ${params.file}.`);
    this.params = params;
  }
}

import { TimeError } from './time-error.ts';

/**
 * A deadline needs a year that nobody has entered. It is raised instead of assuming Monday to Friday: a wrong due date looks
 * right, a missing one is repaired by an administrator (`domain.md` §4).
 */
export class MissingCalendarYear extends TimeError {
  readonly code = 'missingCalendarYear';
  readonly params: { readonly calendar: string; readonly layer: string; readonly year: number };

  constructor(params: { readonly calendar: string; readonly layer: string; readonly year: number }) {
    super(
      `Expected calendar "${params.calendar}" to have a file for ${params.year} in layer "${params.layer}". ` +
        `Add ${params.layer}-${params.year}.calendar.json (with "provisional": true until the decree is published) and deploy it.`,
    );
    this.params = params;
  }
}

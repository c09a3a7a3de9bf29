import { buildCalendarSet } from '../../time/build-calendar-set.ts';
import { readForm } from '../read-form.ts';
import type { SchemaValidator } from '../schema-validator.ts';
import { runGoldenCase, type GoldenFile, type GoldenOutcome } from './golden-case.ts';

/**
 * The browser's half of `designer/form-viewer/golden.browser.test.ts`: a page that runs a golden file by itself. It must not be told
 * what to run through the debugger, because what the debugger evaluates is exempt from the page's CSP.
 */
export interface GoldenRunReport {
  readonly evalAllowed: boolean;
  readonly outcomes: readonly GoldenOutcome[];
}

interface Web {
  fetch(url: string): Promise<{ json(): Promise<unknown> }>;
  report?: GoldenRunReport;
}

const web = globalThis as unknown as Web;
const load = async (url: string): Promise<unknown> => (await web.fetch(url)).json();

const golden = (await load('/golden.json')) as GoldenFile;
const form = readForm(await load('/form.json'));
const address = '/validator.mjs';
const { validate } = (await import(address)) as { validate: SchemaValidator };
const surroundings = {
  form,
  validate,
  now: Date.parse(golden.now),
  zone: golden.zone,
  calendars: buildCalendarSet([]),
};
web.report = { evalAllowed: canEval(), outcomes: golden.cases.map((fixture) => runGoldenCase(fixture, surroundings)) };

function canEval(): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the very thing the policy must forbid
    return new Function('return true')() === true;
  } catch {
    return false;
  }
}

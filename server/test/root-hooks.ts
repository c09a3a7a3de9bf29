import { runEndings } from './at-end.ts';
import { failOnViolations } from './sql-violations.ts';

/**
 * Loaded by .mocharc.json: ends what the tests of this run share (database server, browser). It imports neither of them:
 * loading Playwright and pg costs 0.9 s, which the tests without I/O shall not pay.
 */
export async function mochaGlobalTeardown(): Promise<void> {
  await runEndings();
}

/**
 * A statement that breaks the schema rules fails the test that sent it (or the next one, when a hook did). Not in `afterEach`:
 * a hook that fails ends the whole run.
 */
export const mochaHooks = {
  beforeEach(this: Mocha.Context): void {
    const test = this.currentTest!;
    const { fn } = test;
    if (fn === undefined || fn.length > 0) return;
    test.fn = async function (this: Mocha.Context) {
      await (fn as (this: Mocha.Context) => unknown).call(this);
      await failOnViolations();
    } as Mocha.AsyncFunc;
  },
};

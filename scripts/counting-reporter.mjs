import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/**
 * Mocha's spec reporter that also writes `{ passed, failed, pending, failures }` to the file named by REGLAMENT_TEST_COUNTS,
 * for the summary over the suites; `failures` are titles with their errors. Counting the printed lines was rejected: a test's
 * own output may look like them.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}\n    ${error.stack ?? error.message}`));
    runner.once('end', () => {
      const { passes: passed, failures: failed, pending } = this.stats;
      writeFileSync(process.env.REGLAMENT_TEST_COUNTS, JSON.stringify({ passed, failed, pending, failures }));
    });
  }
}

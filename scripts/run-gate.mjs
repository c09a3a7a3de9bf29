// node scripts/run-gate.mjs GATE: one gate of `npm test`, which names them all.
import { buildProduct } from './build-product.mjs';
import { DISTRIBUTED } from './gates.mjs';
import { ROOT } from './list-files.mjs';
import { runNode, TOOLS } from './run-command.mjs';
import { listDistributedTests, listTests } from './suites.mjs';

const CHECKS = {
  format: () => runNode([TOOLS.prettier, '--check', '--log-level=warn', '.']),
  types: () => runNode(['scripts/check-types.mjs']),
  lint: () => runNode([TOOLS.eslint, '.', '--max-warnings=0']),
  boundaries: () => runNode(['scripts/check-boundaries.mjs']),
  // What was built is loaded too (tests run the sources, `npm start` runs this), and the first screen is weighed.
  build: async () => {
    if (!(await buildProduct()) || (await runNode(['scripts/check-first-load.mjs'])) !== 0) return 1;
    return runNode(['--input-type=module', '--eval', LOAD]);
  },
};
const LOAD = "await import('./dist/engine/index.js'); await import('./dist/server/app.js');";

const [gate] = process.argv.slice(2);
process.exitCode = await (CHECKS[gate]?.() ?? runSuite(gate));

function runSuite(suite) {
  const distributed = suite === DISTRIBUTED;
  const tests = distributed ? listDistributedTests() : listTests(suite);
  return runNode([TOOLS.mocha, '--reporter', `${ROOT}scripts/counting-reporter.mjs`, ...tests], {
    env: distributed ? { DIALECTS: DISTRIBUTED } : {},
  });
}

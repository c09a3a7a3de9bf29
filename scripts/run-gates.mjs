// npm test [-- gate…]: every gate in order, cheap ones first, all of them even after a failure; then the summary.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProduct } from './build-product.mjs';
import { ROOT } from './list-files.mjs';
import { runNode, TOOLS } from './run-command.mjs';
import { SUITES, listDistributedTests, listTests } from './suites.mjs';

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

/** Part of the database suite again, in distributed mode; all of it: `DIALECTS=distributed npm run test:db`. */
const DISTRIBUTED = 'distributed';
const LOAD = "await import('./dist/engine/index.js'); await import('./dist/server/app.js');";
const counts = mkdtempSync(join(tmpdir(), 'reglament-test-'));
const wanted = process.argv.slice(2);
const gates = [...Object.keys(CHECKS), ...SUITES, DISTRIBUTED].filter(
  (gate) => wanted.length === 0 || wanted.includes(gate),
);
const results = [];

try {
  for (const gate of gates) {
    console.log(`\n── ${gate} ${'─'.repeat(Math.max(0, 60 - gate.length))}`);
    const startedAt = performance.now();
    const outcome = gate in CHECKS ? { failed: (await CHECKS[gate]()) !== 0 } : await runSuite(gate);
    results.push({ gate, seconds: (performance.now() - startedAt) / 1000, ...outcome });
  }
} finally {
  rmSync(counts, { recursive: true, force: true });
}
summarise();

/** A suite that dies before it reports counts as one failed test. */
async function runSuite(suite) {
  const distributed = suite === DISTRIBUTED;
  const tests = distributed ? listDistributedTests() : listTests(suite);
  if (tests.length === 0) return { failed: false, tests: { passed: 0, failed: 0, pending: 0 } };
  const path = join(counts, `${suite}.json`);
  const code = await runNode([TOOLS.mocha, '--reporter', `${ROOT}scripts/counting-reporter.mjs`, ...tests], {
    env: { REGLAMENT_TEST_COUNTS: path, ...(distributed ? { DIALECTS: DISTRIBUTED } : {}) },
  });
  try {
    const counted = JSON.parse(readFileSync(path, 'utf8'));
    // A hook of the run itself (the global teardown) fails without a failed test.
    return { failed: code !== 0, tests: code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted };
  } catch {
    return { failed: true, tests: { passed: 0, failed: 1, pending: 0 } };
  }
}

function summarise() {
  console.log(`\n── summary ${'─'.repeat(53)}`);
  for (const { gate, failed, seconds, tests } of results) {
    const detail =
      tests === undefined ? '' : `${tests.passed} passed, ${tests.failed} failed, ${tests.pending} pending`;
    console.log(`${failed ? 'FAILED' : 'ok    '}  ${gate.padEnd(11)} ${seconds.toFixed(1).padStart(6)} s  ${detail}`);
  }
  const sum = (key) => results.reduce((total, { tests }) => total + (tests?.[key] ?? 0), 0);
  const broken = results.filter(({ failed }) => failed).map(({ gate }) => gate);
  if (broken.length > 0) console.log(`\nFailed gates: ${broken.join(', ')}`);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}

import { listFiles } from './list-files.mjs';

const FOLDERS = ['engine', 'server', 'designer', 'scripts', 'bench', 'forms', 'processes', 'templates'];

/** The suffix of a test file selects its suite; the plain `.test.ts` is the suite without I/O. */
const SUFFIXES = { db: '.db.test.ts', e2e: '.e2e.test.ts', browser: '.browser.test.ts' };

export const SUITES = ['unit', ...Object.keys(SUFFIXES)];

/** What of the database suite runs in distributed mode, too: the commands, what the server does by itself, and the nodes. */
const DISTRIBUTED = /^server\/(runtime\/(runner|batches)|worker\/[\w-]+|messages\/\w+|nodes\/\w+)\.db\.test\.ts$/;

/** @returns {string[]} */
export function listDistributedTests() {
  return listTests('db').filter((path) => DISTRIBUTED.test(path));
}

/**
 * @param {string} suite one of `SUITES`
 * @returns {string[]} its test files, as paths from the root
 */
export function listTests(suite) {
  const tests = listFiles(FOLDERS, (path) => path.endsWith('.test.ts'));
  if (suite !== 'unit') return tests.filter((path) => path.endsWith(SUFFIXES[suite]));
  return tests.filter((path) => !Object.values(SUFFIXES).some((suffix) => path.endsWith(suffix)));
}

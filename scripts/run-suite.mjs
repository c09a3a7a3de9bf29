// npm run test:unit | test:db | test:e2e | test:browser [-- mocha arguments, e.g. --grep claim]
import { runNode, TOOLS } from './run-command.mjs';
import { SUITES, listTests } from './suites.mjs';

const [suite, ...args] = process.argv.slice(2);
if (!SUITES.includes(suite)) throw new Error(`Expected one of ${SUITES.join(', ')}, but got "${suite}".`);
const tests = listTests(suite);
if (tests.length === 0) console.log(`No ${suite} tests yet.`);
else process.exitCode = await runNode([TOOLS.mocha, ...args, ...tests]);

// npm run types: each project of the compiler, all of them even after a failure.
import { runNode, TOOLS } from './run-command.mjs';

/** engine: no Node, no DOM; root: engine, server, tests, benches; designer: DOM, no Node; its tests: both. */
const PROJECTS = ['engine', '.', 'designer', 'designer/test'];

for (const project of PROJECTS) {
  console.log(`tsc -p ${project}`);
  if ((await runNode([TOOLS.tsc, '-p', project])) !== 0) process.exitCode = 1;
}

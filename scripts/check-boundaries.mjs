// npm run boundaries: the rules of .dependency-cruiser.cjs, and no code in packs.
import { listFiles } from './list-files.mjs';
import { runNode, TOOLS } from './run-command.mjs';

const ROOMS = ['engine', 'server', 'designer', 'bench', 'scripts'].filter((room) => listFiles([room]).length > 0);

// Plain JavaScript that nothing imports has no edge for a rule to catch, so packs are also searched by name.
const code = listFiles(['processes', 'forms', 'templates', 'registers'], (path) => /\.([cm]?[jt]sx?)$/.test(path));
for (const path of code) {
  console.error(
    `${path}: packs are data only. If it needs code, the engine or a connector lacks something: add it there.`,
  );
}

const violations = await runNode([
  TOOLS.depcruise,
  '--config',
  '.dependency-cruiser.cjs',
  '--output-type',
  'err-long',
  ...ROOMS,
]);
process.exitCode = violations === 0 && code.length === 0 ? 0 : 1;

// npm run docs:dependencies: draws the folders and their imports into docs/dependencies.md.
// Mermaid instead of SVG: Graphviz is no npm package, and forges and editors draw Mermaid in place.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { ROOT } from './list-files.mjs';
import { TOOLS } from './run-command.mjs';

const FOLDERS = '^(engine|server|designer)/[^/]+';
const options = {
  config: '.dependency-cruiser.cjs',
  'output-type': 'mermaid',
  collapse: FOLDERS,
  'include-only': `${FOLDERS}/|^engine/index\\.ts$|^server/app\\.ts$`,
  exclude: '\\.test\\.tsx?$|/test/',
};
const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
const { stdout, stderr, status } = spawnSync(
  process.execPath,
  [TOOLS.depcruise, ...args, 'engine', 'server', 'designer'],
  { cwd: ROOT, encoding: 'utf8' },
);
if (status !== 0) throw new Error(`dependency-cruiser failed: ${stderr}`);

writeFileSync(
  `${ROOT}docs/dependencies.md`,
  `# Who imports whom

Drawn by \`npm run docs:dependencies\` from the sources; the rules are in \`.dependency-cruiser.cjs\`.

\`\`\`mermaid
${stdout.trim()}
\`\`\`
`,
);

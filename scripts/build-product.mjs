import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ROOT, listFiles } from './list-files.mjs';
import { runNode, TOOLS } from './run-command.mjs';

const isProduct = (path) => !/\.test\.tsx?$|\/test\/|\.md$/.test(path);

/** What `dist/` is made of. A part is stale when a file it is made from is newer than its stamp, or was removed. */
const PARTS = [
  {
    name: 'server',
    sources: ['engine', 'server'],
    settings: ['tsconfig.base.json', 'tsconfig.build.json', 'package-lock.json'],
    outputs: ['dist/engine', 'dist/server'],
    build: buildServer,
  },
  {
    name: 'designer',
    sources: ['designer', 'engine', 'server/contract'],
    settings: ['package-lock.json'],
    outputs: ['dist/designer'],
    build: () =>
      runNode([
        TOOLS.vite,
        'build',
        'designer',
        '--outDir',
        `${ROOT}dist/designer`,
        '--emptyOutDir',
        '--logLevel',
        'warn',
      ]),
  },
];

/**
 * Builds the parts of `dist/` that are missing or stale: engine and server with tsc, the designer with Vite.
 *
 * @param {{ readonly force?: boolean }} [options] `force` builds every part
 * @returns {Promise<boolean>} false when a part failed; the tool has said why
 */
export async function buildProduct({ force = false } = {}) {
  for (const [index, part] of PARTS.entries()) {
    const label = `[${index + 1}/${PARTS.length}] ${part.name}`;
    const files = listFiles(part.sources, isProduct);
    if (!force && isFresh(part, files)) {
      console.log(`${label}: up to date`);
      continue;
    }
    console.log(`${label}: building`);
    // The stamp carries the time before the build, so a file saved while it runs is built next time.
    const startedAt = new Date();
    for (const output of part.outputs) rmSync(ROOT + output, { recursive: true, force: true });
    if ((await part.build()) !== 0) {
      console.error(`${label}: failed`);
      return false;
    }
    stamp(part, files, startedAt);
    console.log(`${label}: built in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s`);
  }
  return true;
}

async function buildServer() {
  const code = await runNode([TOOLS.tsc, '-p', 'tsconfig.build.json']);
  if (code !== 0) return code;
  // tsc emits only what is imported; schemas and other files read at run time are copied as they are.
  const assets = listFiles(['engine', 'server'], (path) => isProduct(path) && !/\.tsx?$|tsconfig\.json$/.test(path));
  for (const path of assets) {
    mkdirSync(dirname(`${ROOT}dist/${path}`), { recursive: true });
    copyFileSync(ROOT + path, `${ROOT}dist/${path}`);
  }
  return 0;
}

function isFresh(part, files) {
  const path = stampPath(part);
  if (!existsSync(path) || part.outputs.some((output) => !existsSync(ROOT + output))) return false;
  const stamped = statSync(path);
  // The stamp's size tells the number of files, so that a removed file is noticed too.
  if (stamped.size !== files.length) return false;
  return [...files, ...part.settings].every((file) => statSync(ROOT + file).mtimeMs <= stamped.mtimeMs);
}

function stamp(part, files, startedAt) {
  mkdirSync(dirname(stampPath(part)), { recursive: true });
  writeFileSync(stampPath(part), '.'.repeat(files.length));
  utimesSync(stampPath(part), startedAt, startedAt);
}

function stampPath(part) {
  return `${ROOT}dist/.stamps/${part.name}`;
}

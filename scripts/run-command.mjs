import { spawn } from 'node:child_process';
import { ROOT } from './list-files.mjs';

/**
 * Runs one of our development tools (a `bin` of node_modules, by its file) or Node itself in the repository's root,
 * its output going to ours or, piece by piece, to `print`. No shell and no npx: arguments arrive as they are, on every system.
 *
 * @param {readonly string[]} args arguments of Node
 * @param {{ readonly env?: Readonly<Record<string, string>>, readonly print?: (text: Buffer) => void }} [options] `env` is
 *   added to our environment
 * @returns {Promise<number>} the exit code; 1 when a signal ended it
 */
export function runNode(args, { env = {}, print } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = print === undefined ? 'inherit' : ['inherit', 'pipe', 'pipe'];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } });
    child.stdout?.on('data', print);
    child.stderr?.on('data', print);
    const forward = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward);
    child.once('error', reject);
    child.once('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, forward);
      resolve(code ?? 1);
    });
  });
}

/** Files that start each tool. */
export const TOOLS = {
  tsc: 'node_modules/typescript/bin/tsc',
  vite: 'node_modules/vite/bin/vite.js',
  mocha: 'node_modules/mocha/bin/mocha.js',
  eslint: 'node_modules/eslint/bin/eslint.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  depcruise: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
};

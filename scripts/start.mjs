// npm start [-- arguments]: builds what is missing or stale, then runs the server with the same arguments and environment.
import { existsSync } from 'node:fs';
import { buildProduct } from './build-product.mjs';
import { ROOT } from './list-files.mjs';
import { runNode, TOOLS } from './run-command.mjs';

const SERVER = 'dist/server/main.js';

// An installation without development packages (npm ci --omit=dev) runs the dist/ it was shipped with.
const canBuild = existsSync(ROOT + TOOLS.tsc) && existsSync(ROOT + TOOLS.vite);
if (canBuild ? await buildProduct() : existsSync(ROOT + SERVER)) {
  // --disable-proto=delete: FEEL and templates of strangers must not reach Object.prototype through __proto__.
  process.exitCode = await runNode(['--disable-proto=delete', SERVER, ...process.argv.slice(2)], {
    env: { NODE_ENV: process.env.NODE_ENV ?? 'production' },
  });
} else {
  if (!canBuild)
    console.error('Expected a built dist/. Run "npm ci && npm run build" with development packages first.');
  process.exitCode = 1;
}

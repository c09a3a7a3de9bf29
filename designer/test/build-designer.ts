import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Builds the designer into `.cache/designer-test` (≈ 6 s) and names the folder; REGLAMENT_TEST_DESIGNER names one already built.
 * In a process of its own, as `npm run build` does it: inside mocha with tsx, Vite's own virtual modules are not found.
 */
export async function buildDesigner(): Promise<string> {
  const given = process.env.REGLAMENT_TEST_DESIGNER;
  if (given) return given;
  const outDir = `${ROOT}.cache/designer-test`;
  const args = [
    'node_modules/vite/bin/vite.js',
    'build',
    'designer',
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ];
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '' } });
  return outDir;
}

import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the designer into `.cache/designer-test` (≈ 8 s) and names the folder; REGLAMENT_TEST_DESIGNER names one already built. */
export async function buildDesigner(): Promise<string> {
  const given = process.env.REGLAMENT_TEST_DESIGNER;
  if (given) return given;
  const outDir = fileURLToPath(new URL('../../.cache/designer-test', import.meta.url));
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}

// npm run traces:rewrite [-- folder or file …]   Only commit what it changed if you know why, and want it so.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runTrace } from '#engine/testing';
import { listScenarios } from './pack-scenarios/list-scenarios.ts';

/** Where scenarios live. */
export const SCENARIO_FOLDERS = ['processes', 'engine/test/scenarios'];

/** Runs the scenarios below the folders and writes down what happened. @returns paths of the files that changed */
export async function rewriteTraces(root: string, folders: readonly string[]): Promise<readonly string[]> {
  const scenarios = await listScenarios(root, folders);
  const changed = scenarios.flatMap(({ path, text, options }) => {
    try {
      const rewritten = runTrace(text, options);
      if (rewritten === text) return [];
      writeFileSync(join(root, path), rewritten);
      return [path];
    } catch (error) {
      throw new Error(`${path} ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
  return changed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folders = process.argv.slice(2);
  const root = fileURLToPath(new URL('../', import.meta.url));
  const changed = await rewriteTraces(root, folders.length > 0 ? folders : SCENARIO_FOLDERS);
  for (const path of changed) console.log(`rewritten ${path}`);
  console.log(changed.length === 0 ? 'Nothing changed.' : 'Read each change as if it were a specification.');
}

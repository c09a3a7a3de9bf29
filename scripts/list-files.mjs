import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's root folder, with a trailing slash. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

const SKIPPED = new Set(['node_modules', 'dist', 'data', '.cache', '.git']);

/**
 * Lists files below folders of the repository, sorted, as paths from its root with forward slashes.
 * A folder that does not exist gives nothing.
 *
 * @param {readonly string[]} folders e.g. `['engine', 'server']`
 * @param {(path: string) => boolean} isWanted
 * @returns {string[]}
 */
export function listFiles(folders, isWanted = () => true) {
  return folders.flatMap((folder) => walk(folder)).filter(isWanted);
}

function walk(folder) {
  let entries;
  try {
    entries = readdirSync(ROOT + folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(`${folder}/${entry.name}`);
      return [`${folder}/${entry.name}`];
    });
}

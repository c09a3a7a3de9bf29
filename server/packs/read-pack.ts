import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RowsToLoad } from '../registers/load-rows.ts';
import type { DeployedFile } from '../deployments/deployments.ts';

/** The places a pack's files lie in (style.md §3); the pack's name is the folder in each. */
const PLACES = ['processes', 'forms', 'templates', 'registers'] as const;
/** What of a pack is deployed; samples, expected results and scenarios are for its tests. */
const DEPLOYED = [
  '.bpmn',
  '.dmn',
  '.form.json',
  '.fragment.json',
  '.register.json',
  '.calendar.json',
  '.schedule.json',
  '.hbs',
  'pack.json',
];

/** The folder that holds `processes/`, `forms/` and `templates/`: that of `package.json`, from source and from `dist`. */
export function packsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('Expected a package.json above the server: it tells where the packs lie.');
    folder = parent;
  }
  return folder;
}

/**
 * The files of a pack as they are deployed, named `<pack>/<file>`.
 *
 * @throws Error when no folder of that name is there
 */
export async function readPack(name: string, root: string = packsFolder()): Promise<readonly DeployedFile[]> {
  const files: DeployedFile[] = [];
  for (const place of PLACES) {
    const folder = join(root, place, name);
    if (!existsSync(folder)) continue;
    const entries = (await readdir(folder)).filter((entry) => DEPLOYED.some((ending) => entry.endsWith(ending))).sort();
    for (const entry of entries) {
      files.push({ name: `${name}/${entry}`, content: await readFile(join(folder, entry), 'utf8') });
    }
  }
  if (files.length === 0) {
    throw new Error(
      `Expected a pack "${name}" in ${PLACES.map((place) => `${place}/${name}`).join(', ')} under ${root}.`,
    );
  }
  return files;
}

/** The demonstration rows of a pack's registers, `registers/<pack>/<key>.rows.json`, in the order in which `pack.json` lists the registers. */
export async function readPackRows(name: string, root: string = packsFolder()): Promise<readonly RowsToLoad[]> {
  const manifest = JSON.parse(await readFile(join(root, 'processes', name, 'pack.json'), 'utf8')) as {
    readonly registers?: readonly string[];
  };
  const files: RowsToLoad[] = [];
  for (const file of manifest.registers ?? []) {
    const registerKey = file.replace(/\.register\.json$/, '');
    const path = join(root, 'registers', name, `${registerKey}.rows.json`);
    if (!existsSync(path)) continue;
    files.push({ registerKey, rows: JSON.parse(await readFile(path, 'utf8')) as RowsToLoad['rows'] });
  }
  return files;
}

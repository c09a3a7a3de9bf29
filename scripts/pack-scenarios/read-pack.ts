import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `processes/<pack>/pack.json`: file names by kind, and what the business calls things. */
export interface PackManifest {
  readonly name: string;
  readonly title: { readonly ru: string; readonly en: string };
  readonly processes?: readonly string[];
  readonly decisions?: readonly string[];
  readonly forms?: readonly string[];
  readonly fragments?: readonly string[];
  readonly templates?: readonly string[];
  readonly registers?: readonly string[];
  readonly calendars?: readonly string[];
  readonly schedules?: readonly string[];
  /** Candidate groups that the processes name. */
  readonly groups?: readonly { readonly id: string; readonly name: { readonly ru: string; readonly en: string } }[];
}

export interface PackFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  /** As it is deployed: templates carry the pack (`claim-intake/answer.hbs`), the rest their plain name. */
  readonly name: string;
  readonly content: string;
}

export interface Pack {
  readonly manifest: PackManifest;
  readonly folder: string;
  /** What the manifest lists and the folders hold. */
  readonly files: readonly PackFile[];
  /** Listed but absent, or present but not listed. */
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

type ListName =
  'processes' | 'decisions' | 'forms' | 'fragments' | 'templates' | 'registers' | 'calendars' | 'schedules';

const LISTS: readonly { readonly list: ListName; readonly room: string; readonly ending: string }[] = [
  { list: 'processes', room: 'processes', ending: '.bpmn' },
  { list: 'decisions', room: 'processes', ending: '.dmn' },
  { list: 'calendars', room: 'processes', ending: '.calendar.json' },
  { list: 'schedules', room: 'processes', ending: '.schedule.json' },
  { list: 'forms', room: 'forms', ending: '.form.json' },
  { list: 'fragments', room: 'forms', ending: '.fragment.json' },
  { list: 'registers', room: 'registers', ending: '.register.json' },
  { list: 'templates', room: 'templates', ending: '.hbs' },
];

/** Names of the packs below `root`, a path that ends with a slash. */
export function listPacks(root: string): readonly string[] {
  return namesIn(join(root, 'processes')).filter((name) => existsSync(join(root, 'processes', name, 'pack.json')));
}

/** Reads a pack from its three folders, comparing them with its manifest. @throws SyntaxError for a broken pack.json */
export function readPack(root: string, name: string): Pack {
  const folder = `processes/${name}`;
  const manifest = JSON.parse(readFileSync(join(root, folder, 'pack.json'), 'utf8')) as PackManifest;
  const problems: { file: string; message: string }[] = [];
  if (manifest.name !== name) {
    problems.push({ file: `${folder}/pack.json`, message: `Expected the name "${name}", the name of its folder.` });
  }
  const files = LISTS.flatMap(({ list, room, ending }) => {
    const listed = manifest[list] ?? [];
    const present = namesIn(join(root, room, name)).filter((file) => file.endsWith(ending));
    for (const file of listed.filter((one) => !present.includes(one))) {
      problems.push({
        file: `${room}/${name}/${file}`,
        message: `pack.json lists it under "${list}", but it is absent.`,
      });
    }
    for (const file of present.filter((one) => !listed.includes(one))) {
      problems.push({ file: `${room}/${name}/${file}`, message: `Add it to "${list}" in pack.json, or remove it.` });
    }
    return listed
      .filter((file) => present.includes(file))
      .map((file) => ({
        path: `${room}/${name}/${file}`,
        name: ending === '.hbs' ? `${name}/${file}` : file,
        content: readFileSync(join(root, room, name, file), 'utf8'),
      }));
  });
  return { manifest, folder, files, problems };
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

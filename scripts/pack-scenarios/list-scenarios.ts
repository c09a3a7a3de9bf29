import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readBpmn, type ProcessModel, type SimulationOptions } from '#engine';
import { buildCalendarSet, readDmn, readForm, type CalendarSet, type DecisionModel } from '#engine';
import { listPacks, readPack, type PackFile } from './read-pack.ts';

/** A `.trace` file and what it runs against. */
export interface Scenario {
  /** From the root. */
  readonly path: string;
  readonly text: string;
  readonly options: Omit<SimulationOptions, 'now'>;
}

/**
 * Every scenario below the folders (paths from `root`). One in a pack's `scenarios/` runs against the whole pack; any
 * other stands beside the `.bpmn` of its base name and runs against that file and, if there is one, its `.dmn`.
 */
export async function listScenarios(root: string, folders: readonly string[]): Promise<readonly Scenario[]> {
  const calendars = shippedCalendars(root);
  const packs = new Map<string, Promise<Scenario['options']>>();
  const paths = folders.flatMap((folder) => tracesBelow(root, folder.replace(/\/+$/, '')));
  return Promise.all(
    paths.map(async (path) => {
      const [, pack] = /^processes\/([^/]+)\/scenarios\//.exec(path) ?? [];
      let options: Promise<Scenario['options']>;
      if (pack === undefined) options = optionsBeside(root, path, calendars);
      else {
        options = packs.get(pack) ?? optionsOf(readPack(root, pack).files, calendars);
        packs.set(pack, options);
      }
      return { path, text: readFileSync(join(root, path), 'utf8'), options: await options };
    }),
  );
}

/** The calendars and schedules of every pack: deadlines of a pack count by the shared ones. */
export function shippedCalendars(root: string): CalendarSet {
  const files = listPacks(root).flatMap((name) => readPack(root, name).files);
  return buildCalendarSet(
    files
      .filter(({ name }) => /\.(calendar|schedule)\.json$/.test(name))
      .map(({ name, content }) => ({ name, content: JSON.parse(content) as unknown })),
  );
}

async function optionsOf(files: readonly PackFile[], calendars: CalendarSet): Promise<Scenario['options']> {
  const contents = (ending: string) => files.filter(({ name }) => name.endsWith(ending)).map(({ content }) => content);
  return {
    processes: await processesOf(contents('.bpmn')),
    decisions: await decisionsOf(contents('.dmn')),
    forms: contents('.form.json').map((content) => readForm(JSON.parse(content)).key),
    calendars,
  };
}

async function optionsBeside(root: string, path: string, calendars: CalendarSet): Promise<Scenario['options']> {
  const base = join(root, dirname(path), basename(path, '.trace'));
  if (!existsSync(`${base}.bpmn`)) throw new Error(`Expected ${basename(base)}.bpmn beside ${path}.`);
  const processes = await processesOf([readFileSync(`${base}.bpmn`, 'utf8')]);
  const forms = processes.flatMap(({ nodes }) =>
    [...nodes.values()].flatMap((node) => ('form' in node && node.form !== undefined ? [node.form.id.text] : [])),
  );
  const decisions = existsSync(`${base}.dmn`) ? await decisionsOf([readFileSync(`${base}.dmn`, 'utf8')]) : [];
  return { processes, decisions, forms, calendars };
}

async function processesOf(xmls: readonly string[]): Promise<readonly ProcessModel[]> {
  return (await Promise.all(xmls.map(readBpmn))).flatMap(({ processes }) => processes);
}

async function decisionsOf(xmls: readonly string[]): Promise<readonly DecisionModel[]> {
  return (await Promise.all(xmls.map(readDmn))).flatMap(({ decisions }) => decisions);
}

function tracesBelow(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  if (!statSync(join(root, folder)).isDirectory()) return folder.endsWith('.trace') ? [folder] : [];
  return readdirSync(join(root, folder))
    .sort()
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => tracesBelow(root, `${folder}/${name}`));
}

import { createHash } from 'node:crypto';
import {
  InvalidBpmn,
  InvalidDmn,
  InvalidForm,
  InvalidRegister,
  readBpmn,
  readerFinding,
  readForm,
  readRegister,
  readDmnFiles,
  type DmnFileReading,
  type Key,
  type ProcessModel,
} from '#engine';
import { readFragmentFile } from '../form-fragments/read-fragment-file.ts';
import type { DefinitionKind } from '../runtime/catalog.ts';
import { problemFound, problemIn, type DeploymentProblem } from './invalid-deployment.ts';

/** A file to deploy: its name decides how it is read. */
export interface DeployedFile {
  /** At most 200 characters; folders with `/`. */
  readonly name: string;
  readonly content: string;
}

/** A DMN file that another one imports. */
export interface DmnSource extends DeployedFile {
  /** Of one deployed before; null among the files of this deployment. */
  readonly resourceKey: Key | null;
}

/** What one file defines. */
export interface FileReading extends DeployedFile {
  readonly format: 'bpmn' | 'dmn' | 'form' | 'register' | 'calendar' | 'schedule' | 'template' | 'fragment' | 'pack';
  /** SHA-256 of the content. */
  readonly checksum: string;
  readonly defines: readonly {
    readonly kind: DefinitionKind;
    readonly id: string;
    readonly name: string;
    readonly versionTag: string | null;
    readonly requirementsId: string | null;
  }[];
  readonly processes: readonly ProcessModel[];
  /** The DMN files that this one is read with. */
  readonly imports: readonly DmnSource[];
  /** Parsed content of JSON files. */
  readonly json: unknown;
}

type Contents = Pick<FileReading, 'defines'> & Partial<Pick<FileReading, 'processes' | 'json' | 'imports'>>;
type DmnReadings = ReadonlyMap<string, DmnFileReading<DmnSource>>;
type Reader = (file: DeployedFile, dmn: DmnReadings) => Promise<Contents> | Contents;

const FORMATS: readonly { readonly ending: string; readonly format: FileReading['format']; readonly read: Reader }[] = [
  { ending: '.bpmn', format: 'bpmn', read: readBpmnFile },
  { ending: '.dmn', format: 'dmn', read: readDmnFile },
  { ending: '.form.json', format: 'form', read: readFormFile },
  { ending: '.register.json', format: 'register', read: readRegisterFile },
  {
    ending: '.calendar.json',
    format: 'calendar',
    read: (file) => readJsonFile(file, 'calendar', fileId(file, '.calendar.json')),
  },
  {
    ending: '.schedule.json',
    format: 'schedule',
    read: (file) => readJsonFile(file, 'schedule', fileId(file, '.schedule.json')),
  },
  { ending: '.fragment.json', format: 'fragment', read: readFragment },
  { ending: '.hbs', format: 'template', read: readTemplate },
  { ending: 'pack.json', format: 'pack', read: readPack },
];

const MAX_NAME_LENGTH = 200;

/** The DMN files among those deployed together, by name; `findDeployed` gives a model deployed before by its namespace. */
export async function readDmnResources(
  files: readonly DeployedFile[],
  findDeployed: (namespace: string) => Promise<DmnSource | undefined>,
): Promise<DmnReadings> {
  const dmn = files.filter(({ name }) => name.endsWith('.dmn')).map((file) => ({ ...file, resourceKey: null }));
  const readings = await readDmnFiles<DmnSource>(dmn, findDeployed);
  return new Map(readings.map((reading, index) => [dmn[index]!.name, reading]));
}

/**
 * Reads and compiles one file; whatever is wrong with it comes back as problems, all of them.
 * @param dmn DMN files by name: they were read together, because they may import each other
 */
export async function readResource(
  file: DeployedFile,
  dmn: DmnReadings,
): Promise<FileReading | readonly DeploymentProblem[]> {
  const found = FORMATS.find(({ ending }) => file.name.endsWith(ending));
  if (found === undefined || file.name.length > MAX_NAME_LENGTH) {
    const endings = FORMATS.map(({ ending }) => ending).join(', ');
    return [
      problemIn(file.name.slice(0, MAX_NAME_LENGTH), {
        code: 'unsupported-resource',
        message: `Files of this kind are not deployed.`,
        remedy: `Give the file one of the endings ${endings} and a name of at most ${MAX_NAME_LENGTH} characters.`,
      }),
    ];
  }
  try {
    const contents = await found.read(file, dmn);
    const checksum = checksumOf(file.content);
    return { ...file, format: found.format, checksum, processes: [], imports: [], json: null, ...contents };
  } catch (error) {
    return problemsOf(file.name, error);
  }
}

async function readBpmnFile({ content }: DeployedFile): Promise<Contents> {
  const { processes } = await readBpmn(content);
  const defines = processes.map(({ processId, name, versionTag = null }) => ({
    kind: 'process' as const,
    id: processId,
    name,
    versionTag,
    requirementsId: null,
  }));
  return { processes, defines };
}

function readDmnFile(file: DeployedFile, dmn: DmnReadings): Contents {
  const read = dmn.get(file.name)!;
  if (!read.ok) throw new InvalidDmn(read.problems);
  const { definitionsId, name, decisions } = read.reading;
  const graph = {
    kind: 'decisionRequirements' as const,
    id: definitionsId,
    name,
    versionTag: null,
    requirementsId: null,
  };
  const own = decisions.map((decision) => ({
    kind: 'decision' as const,
    id: decision.decisionId,
    name: decision.name,
    versionTag: decision.versionTag,
    requirementsId: definitionsId,
  }));
  return { defines: [graph, ...own], imports: read.imports };
}

function readFormFile({ content }: DeployedFile): Contents {
  const json: unknown = JSON.parse(content);
  const { key, title } = readForm(json);
  return { json, defines: [{ kind: 'form', id: key, name: title.ru, versionTag: null, requirementsId: null }] };
}

function readFragment(file: DeployedFile): Contents {
  const { fragmentId, title } = readFragmentFile(file);
  return { defines: [{ kind: 'fragment', id: fragmentId, name: title, versionTag: null, requirementsId: null }] };
}

function readRegisterFile({ content }: DeployedFile): Contents {
  const json: unknown = JSON.parse(content);
  const { key, form } = readRegister(json);
  return {
    json,
    defines: [{ kind: 'register', id: key, name: form.title.ru, versionTag: null, requirementsId: null }],
  };
}

/** Years of one calendar are files of their own, so the file name is the id. */
function readJsonFile({ content }: DeployedFile, kind: 'calendar' | 'schedule', id: string): Contents {
  return {
    json: JSON.parse(content) as unknown,
    defines: [{ kind, id, name: id, versionTag: null, requirementsId: null }],
  };
}

function readTemplate(file: DeployedFile): Contents {
  const id = fileId(file, '.hbs');
  return { defines: [{ kind: 'template', id, name: id, versionTag: null, requirementsId: null }] };
}

function readPack({ content }: DeployedFile): Contents {
  const json = JSON.parse(content) as { readonly name?: unknown; readonly title?: { readonly ru?: unknown } } | null;
  if (typeof json?.name !== 'string' || json.name === '') {
    throw new SyntaxError('Expected a field "name" with the name of the pack');
  }
  const title = typeof json.title?.ru === 'string' ? json.title.ru : json.name;
  return { json, defines: [{ kind: 'pack', id: json.name, name: title, versionTag: null, requirementsId: null }] };
}

/** `claim-intake/answer.hbs` → `claim-intake/answer`; a calendar's folder is not part of its id. */
function fileId({ name }: DeployedFile, ending: string): string {
  const path = name.slice(0, -ending.length);
  return ending === '.hbs' ? path : path.slice(path.lastIndexOf('/') + 1);
}

function problemsOf(resource: string, error: unknown): readonly DeploymentProblem[] {
  if (error instanceof InvalidBpmn || error instanceof InvalidDmn) {
    return error.problems.map((problem) => problemFound(resource, readerFinding(problem)));
  }
  if (error instanceof InvalidForm) {
    return error.problems.map((problem) => problemIn(resource, { code: 'invalid-form', ...problem }));
  }
  if (error instanceof InvalidRegister) {
    return error.problems.map((problem) => problemIn(resource, { code: 'invalid-register', ...problem }));
  }
  if (error instanceof SyntaxError) {
    const remedy = 'Correct the JSON.';
    return [problemIn(resource, { code: 'invalid-json', message: `${error.message}.`, remedy })];
  }
  throw error;
}

/** SHA-256 of a file as it was sent: the same bytes are the same version. */
export function checksumOf(content: DeployedFile['content']): string {
  return createHash('sha256').update(content).digest('hex');
}

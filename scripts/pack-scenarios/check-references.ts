import { isActivity, type FlowNode, type JobDefinition } from '#engine';
import { lintReadings, referenceProblems } from '../../server/deployments/lint-readings.ts';
import { lookupProblems } from '../../server/deployments/lookup-problems.ts';
import { readDmnResources, readResource, type FileReading } from '../../server/deployments/read-resource.ts';
import { createCatalog } from '../../server/runtime/catalog.ts';
import { checkBinding, readForm, type CalendarSet, type FormModel } from '#engine';
import type { PackProblem } from './pack-problem.ts';
import type { Pack } from './read-pack.ts';

/** A calendar id as FEEL names it: the last argument of our working-time functions. */
const CALENDAR_USE = /working (?:time after|duration between)\([^"]*(?:"[^"]*"[^"]*)*?"([^"]+)"\)/g;

/**
 * Reads every file as deployment does, and resolves what the processes refer to within the pack: forms, decisions, called
 * processes, templates, fields of form bindings, calendars and candidate groups. A pack must stand on its own feet.
 */
export async function checkReferences(pack: Pack, calendars: CalendarSet): Promise<readonly PackProblem[]> {
  const read: FileReading[] = [];
  const problems: PackProblem[] = [];
  const pathOf = (name: string): string => pack.files.find((file) => file.name === name)?.path ?? name;
  const dmn = await readDmnResources(pack.files, () => Promise.resolve(undefined));
  for (const file of pack.files) {
    const reading = await readResource(file, dmn);
    if ('format' in reading) read.push(reading);
    else problems.push(...reading.map(({ message, remedy }) => ({ file: file.path, message: `${message} ${remedy}` })));
  }
  const deployed = [...lintReadings(read), ...referenceProblems(read, { catalog: createCatalog(0, []), calendars })];
  const lookups = lookupProblems(read, () => undefined);
  problems.push(...[...deployed, ...lookups].map(({ resource, message }) => ({ file: pathOf(resource), message })));
  const known = {
    templates: new Set(idsOf(read, 'template')),
    groups: new Set((pack.manifest.groups ?? []).map(({ id }) => id)),
    forms: new Map(read.filter(({ format }) => format === 'form').map(({ json }) => [keyOf(json), readForm(json)])),
  };
  for (const { name, processes, content, format } of read) {
    const nodes = processes.flatMap((process) => [...process.nodes.values()]);
    const found = nodes.flatMap((node) =>
      nodeProblems(node, known).map((message) => `«${node.name}» (${node.id}): ${message}`),
    );
    const unknown = format === 'bpmn' ? unknownCalendars(content, calendars) : [];
    problems.push(...[...found, ...unknown].map((message) => ({ file: pathOf(name), message })));
  }
  return problems;
}

interface Known {
  readonly templates: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly forms: ReadonlyMap<string, FormModel>;
}

function nodeProblems(node: FlowNode, { templates, groups, forms }: Known): readonly string[] {
  const problems: string[] = [];
  const template = jobOf(node)?.headers['template'];
  if (template !== undefined && !templates.has(template)) problems.push(`there is no template "${template}".`);
  if (node.type !== 'userTask') return problems;
  const candidates = node.candidateGroups;
  if (candidates?.static === true) {
    const unknown = candidates.text.split(',').filter((group) => !groups.has(group.trim()));
    problems.push(...unknown.map((group) => `pack.json has no group "${group.trim()}".`));
  }
  const form = node.form === undefined ? undefined : forms.get(node.form.id.text);
  if (node.form === undefined || form === undefined) {
    if (node.form === undefined) problems.push('a person gets this task without a form.');
    return problems;
  }
  const wrong = node.form.binding === undefined ? [] : checkBinding(form, node.form.binding);
  return [...problems, ...wrong.map(({ message, remedy }) => `${message}. ${remedy}`)];
}

function jobOf(node: FlowNode): JobDefinition | undefined {
  if (isActivity(node))
    return 'implementation' in node && node.implementation.kind === 'job' ? node.implementation.job : undefined;
  return 'event' in node && node.event.kind === 'message' ? node.event.job : undefined;
}

function unknownCalendars(xml: string, calendars: CalendarSet): readonly string[] {
  const ids = new Set([...xml.replaceAll('&quot;', '"').matchAll(CALENDAR_USE)].map((match) => match[1]!));
  return [...ids].flatMap((id) => {
    try {
      calendars.resolve(id);
      return [];
    } catch (error) {
      return [`a timer counts by an unknown calendar. ${(error as Error).message}`];
    }
  });
}

function idsOf(read: readonly FileReading[], kind: string): readonly string[] {
  return read.flatMap(({ defines }) => defines.filter((one) => one.kind === kind).map(({ id }) => id));
}

function keyOf(json: unknown): string {
  return String((json as { readonly key?: unknown }).key);
}

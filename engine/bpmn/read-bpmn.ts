import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import type { ProcessModel } from '../model/process-model.ts';
import { compileProcess } from './compile-process.ts';
import { guardBpmn } from './guard-bpmn.ts';
import { InvalidBpmn } from './invalid-bpmn.ts';
import { elementOf, elementsOf, flagOf, type ModdleElement } from './moddle-element.ts';
import { ProblemList } from './problem-list.ts';
import { refuseUnexecuted } from './refuse-unexecuted.ts';
import reglament from './reglament.json' with { type: 'json' };

export interface BpmnReading {
  /** Executable processes of the file, in file order. */
  readonly processes: readonly ProcessModel[];
}

/**
 * Reads BPMN 2.0 XML (OMG formal/2013-12-09) with `zeebe:` and `reglament:` extensions into executable models.
 * Throws `InvalidBpmn` with every problem found; what the engine does not execute is among them, by element name.
 */
export async function readBpmn(xml: string): Promise<BpmnReading> {
  const problems = new ProblemList(xml);
  const definitions = guardBpmn(xml, problems) ? await parse(xml, problems) : null;
  const processes = definitions === null ? [] : compileAll(definitions, problems);
  if (problems.problems.length > 0) throw new InvalidBpmn(problems.problems);
  return { processes };
}

async function parse(xml: string, problems: ProblemList): Promise<ModdleElement | null> {
  const malformed = (message: string, element?: ModdleElement) => {
    // moddle counts lines and columns from 0.
    const [place = '', line, column] = /\s*line: (\d+)\s*column: (\d+)/.exec(message) ?? [];
    const where = line === undefined ? '' : ` at line ${Number(line) + 1}, column ${Number(column) + 1}`;
    const what = message.replace(place, where).split(/\s+/).join(' ');
    problems.add(element, {
      code: 'malformed-xml',
      message: `The file is not well-formed BPMN 2.0 XML: ${what}`,
      remedy: 'Open the file in a BPMN modeler, mend the place named and save it again.',
      ...(line === undefined ? {} : { line: Number(line) + 1 }),
    });
  };
  try {
    const { rootElement, warnings } = await new BpmnModdle({ zeebe, reglament }).fromXML(xml);
    for (const warning of warnings) malformed(warning.message, warning.element);
    return rootElement;
  } catch (error) {
    malformed(error instanceof Error ? error.message : String(error));
    return null;
  }
}

function compileAll(definitions: ModdleElement, problems: ProblemList): readonly ProcessModel[] {
  const roots = elementsOf(definitions, 'rootElements');
  const executable = roots.filter((root) => root.$type === 'bpmn:Process' && flagOf(root, 'isExecutable') === true);
  if (executable.length === 0) {
    problems.add(undefined, {
      code: 'no-executable-process',
      message: 'The file has no executable process.',
      remedy: 'Set isExecutable="true" on the process that should run.',
    });
  }
  refuseUnexecuted(definitions, problems);
  for (const root of roots) refuseRoot(root, executable, problems);
  for (const process of executable) refuseUnexecuted(process, problems);
  return executable.map((process) => compileProcess(process, problems));
}

/** Root elements beside the processes: definitions that are looked up by reference, and pools. */
const HARMLESS_ROOTS = new Set([
  'bpmn:Message',
  'bpmn:Error',
  'bpmn:Signal',
  'bpmn:Escalation',
  'bpmn:ItemDefinition',
  'bpmn:Category',
  'bpmn:Interface',
]);

function refuseRoot(root: ModdleElement, executable: readonly ModdleElement[], problems: ProblemList): void {
  if (HARMLESS_ROOTS.has(root.$type)) return;
  if (root.$type === 'bpmn:Process') return;
  if (root.$type !== 'bpmn:Collaboration') {
    if (!/EventDefinition$/.test(root.$type)) problems.unsupported(root, root.$type.slice(5));
    return;
  }
  const runs = new Set(executable);
  const poolOf = new Map(
    elementsOf(root, 'participants').map((pool) => [pool, elementOf(pool, 'processRef')] as const),
  );
  for (const flow of elementsOf(root, 'messageFlows')) {
    const ends = [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')];
    const insideExecutable = ends.every((end) => {
      const process = end === undefined ? undefined : (poolOf.get(end) ?? processAround(end));
      return process !== undefined && runs.has(process);
    });
    if (insideExecutable) {
      problems.unsupported(
        flow,
        'A message flow between two executable processes',
        'Use a message name and a correlation key.',
      );
    }
  }
}

function processAround(element: ModdleElement): ModdleElement | undefined {
  let at: ModdleElement | undefined = element;
  while (at !== undefined && at.$type !== 'bpmn:Process') at = elementOf(at, '$parent');
  return at;
}

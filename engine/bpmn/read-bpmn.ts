import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import type { ProcessModel } from '../model/process-model.ts';
import { checkMessageFlows } from './check-message-flows.ts';
import { compileGlobalTask, isGlobalTask } from './compile-global-task.ts';
import { compileProcess } from './compile-process.ts';
import { guardBpmn } from './guard-bpmn.ts';
import { InvalidBpmn } from './invalid-bpmn.ts';
import { elementsOf, flagOf, type ModdleElement } from './moddle-element.ts';
import { ProblemList } from './problem-list.ts';
import { isSilentReference, refuseUnexecuted } from './refuse-unexecuted.ts';
import { resolveReference } from './resolve-reference.ts';
import reglament from './reglament.json' with { type: 'json' };

export interface BpmnReading {
  /** Executable processes of the file, in file order, then its global tasks. */
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

/** Holds the metamodel and nothing of a file. Made once: making it takes longer than reading a small file (2.1 of 2.5 ms). */
const moddle = new BpmnModdle({ zeebe, reglament });

async function parse(xml: string, problems: ProblemList): Promise<ModdleElement | null> {
  let elementWith = (_id: string): ModdleElement | undefined => undefined;
  const malformed = (message: string, element?: ModdleElement) => {
    // moddle counts lines and columns from 0.
    const [place = '', line, column] = /\s*line: (\d+)\s*column: (\d+)/.exec(message) ?? [];
    const where = line === undefined ? '' : ` at line ${Number(line) + 1}, column ${Number(column) + 1}`;
    // What is twice is dropped with everything in it, and what refers to it means the first: name it before all else.
    const twin = /duplicate ID <([^>]*)>/.exec(message)?.[1];
    if (twin !== undefined) {
      problems.add(elementWith(twin), {
        code: 'duplicate-id',
        message: `The id "${twin}" is given twice${where}.`,
        remedy: 'Give each element an id of its own.',
        ...(line === undefined ? {} : { line: Number(line) + 1 }),
      });
      return;
    }
    const what = message.replace(place, where).split(/\s+/).join(' ');
    problems.add(element, {
      code: 'malformed-xml',
      message: `The file is not well-formed BPMN 2.0 XML: ${what}`,
      remedy: 'Open the file in a BPMN modeler, mend the place named and save it again.',
      ...(line === undefined ? {} : { line: Number(line) + 1 }),
    });
  };
  try {
    const { rootElement, warnings, elementsById } = await moddle.fromXML(xml);
    elementWith = (id) => elementsById[id];
    for (const warning of warnings) {
      const { message, element, property } = warning;
      if (resolveReference(warning, elementsById)) continue;
      if (element !== undefined && property !== undefined && isSilentReference(element, property)) continue;
      malformed(message, element);
    }
    return rootElement;
  } catch (error) {
    malformed(error instanceof Error ? error.message : String(error));
    return null;
  }
}

function compileAll(definitions: ModdleElement, problems: ProblemList): readonly ProcessModel[] {
  const roots = elementsOf(definitions, 'rootElements');
  const executable = roots.filter((root) => root.$type === 'bpmn:Process' && flagOf(root, 'isExecutable') === true);
  const tasks = roots.filter(isGlobalTask);
  if (executable.length + tasks.length === 0) {
    problems.add(undefined, {
      code: 'no-executable-process',
      message: 'The file has no executable process.',
      remedy: 'Set isExecutable="true" on the process that should run.',
    });
  }
  refuseUnexecuted(definitions, problems);
  for (const root of roots) refuseRoot(root, problems);
  checkMessageFlows(definitions, problems);
  for (const process of executable) refuseUnexecuted(process, problems);
  const processes = executable.map((process) => compileProcess(process, problems));
  return [...processes, ...tasks.map((task) => compileGlobalTask(task, problems)).filter((task) => task !== null)];
}

/** Root elements beside the processes: definitions that are looked up by reference, and pools. */
const HARMLESS_ROOTS = new Set([
  'bpmn:Process',
  'bpmn:Collaboration',
  'bpmn:Message',
  'bpmn:Error',
  'bpmn:Signal',
  'bpmn:Escalation',
  'bpmn:ItemDefinition',
  'bpmn:Category',
  'bpmn:Interface',
  // Drawn only (ADR 0009).
  'bpmn:DataStore',
]);

const CORRELATE = 'Give the message a correlation key (zeebe:subscription), or none to correlate by conversation.';
const REMEDIES: Readonly<Record<string, string>> = {
  'bpmn:CorrelationProperty': CORRELATE,
  'bpmn:GlobalConversation': 'Draw the message flows of a collaboration.',
  'bpmn:Choreography': 'Draw each participant as a pool with a process of its own, and message flows between them.',
  'bpmn:GlobalChoreographyTask': 'Draw a send task, a receive task and a message flow between them.',
  'bpmn:PartnerEntity': 'Name the pool instead.',
  'bpmn:PartnerRole': 'Name the pool instead.',
};

function refuseRoot(root: ModdleElement, problems: ProblemList): void {
  if (HARMLESS_ROOTS.has(root.$type) || isGlobalTask(root) || /EventDefinition$/.test(root.$type)) return;
  problems.unsupported(root, root.$type.slice(5), REMEDIES[root.$type]);
}

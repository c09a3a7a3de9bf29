import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import type { ProcessModel } from '../model/process-model.ts';
import { bpmnDescriptor, metamodelOf } from './bpmn-descriptor.ts';
import { ID_REMEDY } from './check-id.ts';
import { checkMessageFlows } from './check-message-flows.ts';
import { checkShape } from './check-shape.ts';
import { compileGlobalTask, isGlobalTask } from './compile-global-task.ts';
import { compileProcess } from './compile-process.ts';
import { isExecutableProcess } from './executable-process.ts';
import { guardBpmn } from './guard-bpmn.ts';
import { InvalidBpmn } from './invalid-bpmn.ts';
import { elementsOf, flagOf, type ModdleElement } from './moddle-element.ts';
import { nameFlows } from './name-flows.ts';
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
const moddle = new BpmnModdle({ bpmn: bpmnDescriptor(), zeebe, reglament });
const metamodel = metamodelOf(moddle);
/** A text has been decoded, whatever its first line says of the bytes that it came in. */
const ENCODING = /^unsupported document encoding/;

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
    const illegal = /illegal ID <([^>]*)>/.exec(message)?.[1];
    if (illegal !== undefined) {
      problems.add(element, {
        code: 'invalid-id',
        message: `The id "${illegal}"${where} has signs that an id here cannot have.`,
        remedy: ID_REMEDY,
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
    const text = checkShape(xml, metamodel, problems);
    const { rootElement, warnings, elementsById } = await moddle.fromXML(text);
    elementWith = (id) => elementsById[id];
    for (const warning of warnings) {
      const { message, element, property } = warning;
      if (ENCODING.test(message)) continue;
      if (resolveReference(warning, elementsById)) continue;
      if (element !== undefined && property !== undefined && isSilentReference(element, property)) continue;
      malformed(message, element);
    }
    nameFlows(rootElement, new Set(Object.keys(elementsById)));
    return rootElement;
  } catch (error) {
    malformed(error instanceof Error ? error.message : String(error));
    return null;
  }
}

function compileAll(definitions: ModdleElement, problems: ProblemList): readonly ProcessModel[] {
  const roots = elementsOf(definitions, 'rootElements');
  const executable = roots.filter(isExecutableProcess);
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
  // What concerns the whole file is said once, with its first process.
  const compile = assuming(problems);
  const processes = executable.map((process) =>
    compile(() => {
      if (flagOf(process, 'isExecutable') === undefined) problems.assume(process, 'executable', process.id ?? '');
      refuseUnexecuted(process, problems);
      return compileProcess(process, problems);
    }),
  );
  const called = tasks.map((task) => compile(() => compileGlobalTask(task, problems)));
  return [...processes, ...called].filter((model) => model !== null);
}

/** Gives each model what was taken for granted since the one before it. */
function assuming(problems: ProblemList) {
  let given = 0;
  return (compile: () => ProcessModel | null): ProcessModel | null => {
    const model = compile();
    const assumptions = problems.assumptions.slice(given);
    given = problems.assumptions.length;
    return model === null || assumptions.length === 0 ? model : Object.freeze({ ...model, assumptions });
  };
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
  'bpmn:DataStore',
  'bpmn:Resource',
  'bpmn:CorrelationProperty',
  // Names of pools (§9.3.1).
  'bpmn:PartnerEntity',
  'bpmn:PartnerRole',
  'bpmn:EndPoint',
]);

/** What two participants agree on beside their processes (§9.5, §11): it is drawn, and the processes run without it. */
const AGREEMENTS = /^bpmn:(GlobalConversation|Choreography|GlobalChoreographyTask)$/;

function refuseRoot(root: ModdleElement, problems: ProblemList): void {
  if (HARMLESS_ROOTS.has(root.$type) || isGlobalTask(root) || /EventDefinition$/.test(root.$type)) return;
  if (AGREEMENTS.test(root.$type)) problems.assume(root, 'not-executed', root.$type.slice(5));
  else problems.unsupported(root, root.$type.slice(5));
}

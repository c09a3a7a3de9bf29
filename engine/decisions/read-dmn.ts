import type { DmnElement } from 'dmn-moddle';
import { compileGraph, namespaceOf, type DmnFile } from './compile-graph.ts';
import type { DecisionModel, GraphElement } from './decision-model.ts';
import { listOf } from './dmn-element.ts';
import { parseDmn } from './dmn-metamodel.ts';
import { guardDmn } from './guard-dmn.ts';
import { InvalidDmn, type DmnProblem } from './invalid-dmn.ts';
import { findCycle } from './requirement-cycle.ts';
import { ID_PATTERN } from '../xml/id-pattern.ts';

/** The content of one DMN file. */
export interface DmnReading {
  readonly definitionsId: string;
  readonly name: string;
  /** In file order; each one's required decisions are among them. */
  readonly decisions: readonly DecisionModel[];
}

const ID_REMEDY = 'Use a Latin letter or _, then up to 99 letters, digits, _ . or -.';

/** What was read from files that belong together, and what is wrong with them. */
export interface GraphReading {
  readonly graph: ReadonlyMap<string, GraphElement>;
  readonly definitions: readonly DmnElement[];
  readonly problems: readonly DmnProblem[];
}

/**
 * Reads DMN 1.2–1.5 XML, compiled and frozen: decision tables, every boxed expression, knowledge models, decision services.
 * Throws InvalidDmn with every problem found.
 */
export async function readDmn(xml: string): Promise<DmnReading> {
  return readDmnWithImports(xml, []);
}

/** As `readDmn`; `imports` are the texts of the files that this one imports, and of those they import (DMN 1.5 §6.3.2). */
export async function readDmnWithImports(xml: string, imports: readonly string[]): Promise<DmnReading> {
  const { graph, definitions: all, problems: found } = await readGraph([xml, ...imports]);
  const problems = [...found];
  const definitions = all[0]!;
  const own = `${namespaceOf(definitions)}#`;
  const decisions = [...graph.values()].filter(
    (element): element is DecisionModel => element.kind === 'decision' && element.key.startsWith(own),
  );
  // A library of knowledge models and types may have no decision of its own.
  const empty =
    [...graph.keys()].every((key) => !key.startsWith(own) || graph.get(key)!.kind === 'input') &&
    listOf(definitions, 'itemDefinition').length === 0;
  if (empty && problems.length === 0) {
    problems.push(problemOf(definitions, 'no-decision', 'The file has no decision.', 'Draw at least one decision.'));
  }
  const cycle = findCycle(graph);
  if (cycle !== undefined) {
    const element = listOf(definitions, 'drgElement').find(({ id }) => id === cycle[0]);
    problems.push(
      problemOf(
        element ?? definitions,
        'requirement-cycle',
        `Decisions require each other: ${cycle.join(' → ')}.`,
        'Cut one requirement.',
      ),
    );
  }
  if (problems.length > 0) throw new InvalidDmn(problems);
  return Object.freeze({ definitionsId: definitions.id!, name: definitions.name ?? definitions.id!, decisions });
}

/**
 * Reads files that belong together without refusing them for what is wrong: elements with problems are not in the graph.
 * Throws InvalidDmn for text that is not DMN.
 */
export async function readGraph(xmls: readonly string[]): Promise<GraphReading> {
  const problems: DmnProblem[] = [];
  const files: DmnFile[] = [];
  for (const xml of xmls) {
    const parsed = await parse(xml);
    problems.push(...parsed.problems);
    const add: DmnFile['add'] = (element, code, message, remedy) => {
      problems.push(problemOf(element, code, message, remedy));
    };
    for (const element of [parsed.definitions, ...listOf(parsed.definitions, 'drgElement')]) checkId(element, add);
    files.push({ definitions: parsed.definitions, add });
  }
  return { graph: compileGraph(files), definitions: files.map(({ definitions }) => definitions), problems };
}

function problemOf(element: DmnElement, code: string, message: string, remedy: string): DmnProblem {
  return { code, elementId: element.id ?? null, elementName: element.name ?? null, message, remedy };
}

/** A file parsed without being compiled. Throws InvalidDmn for text that is not DMN. */
export async function parse(xml: string): Promise<{ definitions: DmnElement; problems: DmnProblem[] }> {
  const refused = guardDmn(xml);
  if (refused !== undefined) throw new InvalidDmn([refused]);
  try {
    const { rootElement, warnings } = await parseDmn(xml);
    return { definitions: rootElement, problems: warnings.flatMap(({ message }) => unreadProblems(message)) };
  } catch (error) {
    const [what] = (error as Error).message.split('\n');
    throw new InvalidDmn([
      fileProblem('malformed', `The file is not DMN 1.2–1.5: ${what}.`, 'Save it again from a DMN editor.'),
    ]);
  }
}

/**
 * What dmn-moddle left out, from its warning (lines count from 0 there). An element of the DMN namespace that is not known
 * would be lost silently; foreign elements and drawings may be.
 */
function unreadProblems(warning: string): DmnProblem[] {
  const {
    name = '',
    line = '',
    cause = '',
  } = /unparsable content <(?<name>[^>\s/]+)\/?> detected\s+line: (?<line>\d+)[\s\S]*nested error: (?<cause>.*)/.exec(
    warning,
  )?.groups ?? {};
  const place = `(line ${Number(line) + 1})`;
  const [, id] = /(?:illegal|duplicate) ID <(.*)>/.exec(cause) ?? [];
  if (cause.startsWith('duplicate ID')) {
    return [fileProblem('duplicate-id', `The id <${id}> occurs twice ${place}.`, 'Give each element its own id.')];
  }
  if (cause.startsWith('illegal ID')) {
    return [fileProblem('invalid-id', `The id <${id}> of <${name}> cannot be used ${place}.`, ID_REMEDY)];
  }
  if (name !== '') {
    const [, type = name] = /<(.+)>/.exec(cause) ?? [];
    if (type.includes(':') && !type.startsWith('dmn:')) return [];
    return [
      fileProblem('unsupported-element', `<${name}> is not executed ${place}.`, 'Write it as a FEEL expression.'),
    ];
  }
  if (/^unknown attribute|^unresolved reference/.test(warning)) return [];
  return [fileProblem('malformed', `${warning.split('\n')[0]}.`, 'Save the file again from a DMN editor.')];
}

function fileProblem(code: string, message: string, remedy: string): DmnProblem {
  return { code, elementId: null, elementName: null, message, remedy };
}

function checkId(element: DmnElement, add: DmnFile['add']): void {
  if (element.id !== undefined && ID_PATTERN.test(element.id)) return;
  add(element, 'invalid-id', `The id <${element.id ?? ''}> of <${plainType(element)}> cannot be used.`, ID_REMEDY);
}

function plainType(element: DmnElement): string {
  const name = element.$type.slice(element.$type.indexOf(':') + 1);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

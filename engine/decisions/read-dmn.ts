/// <reference path="./dmn-moddle.d.ts" />
import { DmnModdle, type DmnElement } from 'dmn-moddle';
import { compileDecision, type CompileScope } from './compile-decision.ts';
import type { DecisionModel } from './decision-model.ts';
import { listOf } from './dmn-element.ts';
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

/** dmn-moddle knows the names of DMN 1.3; 1.2, 1.4 and 1.5 differ in elements that are refused by name below. */
const MODEL_NAMESPACE = /https?:\/\/www\.omg\.org\/spec\/DMN\/(20180521|20191111|20211108|20230324)\/(MODEL|DMNDI)\//g;

const ID_REMEDY = 'Use a Latin letter or _, then up to 99 letters, digits, _ . or -.';

/** Parts of a file that say nothing to an engine. */
const SILENT_ELEMENTS: ReadonlySet<string> = new Set(['dmn:InputData', 'dmn:KnowledgeSource']);

/**
 * Reads DMN 1.2–1.5 XML: decision tables, literal expressions and requirement graphs, compiled and frozen. Whatever is not
 * executed (business knowledge models, decision services, invocations, contexts, imports …) is refused by name.
 * Throws InvalidDmn with every problem found.
 */
export async function readDmn(xml: string): Promise<DmnReading> {
  const refused = guardDmn(xml);
  if (refused !== undefined) throw new InvalidDmn([refused]);
  const { definitions, problems } = await parse(xml);
  const add = (element: DmnElement, code: string, message: string, remedy: string): void => {
    problems.push({ code, elementId: element.id ?? null, elementName: element.name ?? null, message, remedy });
  };
  const elements = listOf(definitions, 'drgElement');
  for (const element of [definitions, ...elements]) checkId(element, add);
  for (const one of listOf(definitions, 'import')) {
    add(
      one,
      'unsupported-element',
      `Imports are not executed: <${one.name ?? one.id ?? ''}>.`,
      'Put the decisions in one file.',
    );
  }
  const byId = new Map<string, DmnElement>();
  for (const element of elements) {
    byId.set(element.id ?? '', element);
    if (element.$type === 'dmn:Decision' || SILENT_ELEMENTS.has(element.$type)) continue;
    const what = plainType(element);
    add(element, 'unsupported-element', `<${what}> is not executed: <${element.id ?? ''}>.`, 'Write it as a decision.');
  }
  const scope: CompileScope = {
    definitions,
    byId,
    itemDefinitions: new Map(listOf(definitions, 'itemDefinition').map((item) => [item.name ?? '', item])),
    add,
  };
  const decisions = elements
    .filter((element) => element.$type === 'dmn:Decision')
    .flatMap((element) => compileDecision(element, scope) ?? []);
  if (decisions.length === 0 && problems.length === 0) {
    add(definitions, 'no-decision', 'The file has no decision.', 'Draw at least one decision.');
  }
  const cycle = findCycle(decisions);
  if (cycle !== undefined) {
    add(
      byId.get(cycle[0]!)!,
      'requirement-cycle',
      `Decisions require each other: ${cycle.join(' → ')}.`,
      'Cut one requirement.',
    );
  }
  if (problems.length > 0) throw new InvalidDmn(problems);
  return Object.freeze({ definitionsId: definitions.id!, name: definitions.name ?? definitions.id!, decisions });
}

async function parse(xml: string): Promise<{ definitions: DmnElement; problems: DmnProblem[] }> {
  const known = xml.replace(MODEL_NAMESPACE, 'https://www.omg.org/spec/DMN/20191111/$2/');
  try {
    const { rootElement, warnings } = await new DmnModdle().fromXML(known);
    return { definitions: rootElement, problems: warnings.flatMap(({ message }) => unreadProblems(message)) };
  } catch (error) {
    const [what] = (error as Error).message.split('\n');
    throw new InvalidDmn([
      fileProblem('malformed', `The file is not DMN 1.2–1.5: ${what}.`, 'Save it again from a DMN editor.'),
    ]);
  }
}

/**
 * What dmn-moddle left out, from its warning (lines count from 0 there). An element of the DMN namespace that 1.3 does not
 * know (`conditional`, `for`, `filter` of 1.4) would be lost silently; foreign elements and drawings may be.
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

function checkId(element: DmnElement, add: CompileScope['add']): void {
  if (element.id !== undefined && ID_PATTERN.test(element.id)) return;
  add(element, 'invalid-id', `The id <${element.id ?? ''}> of <${plainType(element)}> cannot be used.`, ID_REMEDY);
}

function plainType(element: DmnElement): string {
  const name = element.$type.slice(element.$type.indexOf(':') + 1);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

import type { CaseView, FlowNode, ProcessModel, ScopeModel, SequenceFlow } from '../model/process-model.ts';
import { checkId } from './check-id.ts';
import { compileFlow } from './compile-flow.ts';
import { compileJobPriority } from './compile-job.ts';
import { compileNode } from './compile-node.ts';
import { checkReference, compileProcessIo, scopeVariables } from './compile-scope-items.ts';
import { compileStarts } from './compile-starts.ts';
import { isEngineExtension } from './engine-extension.ts';
import { elementsOf, extensionOf, extensionsOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';
import { refuseUnreachable } from './refuse-unreachable.ts';

/** Pictures and notes: no execution semantics (BPMN 2.0.2 §8.4.1, §10.8). */
const SILENT = new Set(['bpmn:TextAnnotation', 'bpmn:Association', 'bpmn:Group']);
const DATA = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference']);
const PROCESS_EXTENSIONS = new Set([
  'zeebe:VersionTag',
  'zeebe:JobPriorityDefinition',
  'reglament:CaseView',
  'zeebe:Properties',
]);

interface Building {
  readonly nodes: Map<string, FlowNode>;
  readonly flows: Map<string, SequenceFlow>;
  readonly scopes: Map<string, ScopeModel>;
  readonly problems: ProblemList;
}

/** Compiles one `bpmn:process` into a frozen model; problems go to the list. */
export function compileProcess(process: ModdleElement, problems: ProblemList): ProcessModel {
  const building: Building = { nodes: new Map(), flows: new Map(), scopes: new Map(), problems };
  const processId = process.id ?? '';
  for (const extension of extensionsOf(process)) {
    if (PROCESS_EXTENSIONS.has(extension.$type) || !isEngineExtension(extension.$type)) continue;
    problems.unsupported(process, extension.$type);
  }
  checkId(process, problems);
  compileScope(process, building);
  const caseView = compileCaseView(process, problems);
  const io = compileProcessIo(process, problems);
  const versionTag = textOf(extensionOf(process, 'zeebe:VersionTag'), 'value');
  const jobPriority = compileJobPriority(process, problems);
  return Object.freeze({
    processId,
    name: process.name ?? processId,
    ...(versionTag === undefined ? {} : { versionTag }),
    nodes: building.nodes,
    flows: building.flows,
    scopes: building.scopes,
    ...(caseView === undefined ? {} : { caseView }),
    ...(io === undefined ? {} : { io }),
    ...(jobPriority === undefined ? {} : { jobPriority }),
  });
}

function compileScope(scope: ModdleElement, building: Building): void {
  const { problems, nodes, flows } = building;
  const elements = elementsOf(scope, 'flowElements');
  const own: FlowNode[] = [];
  const before = problems.problems.length;
  for (const element of elements) {
    checkId(element, problems);
    if (element.$type === 'bpmn:SequenceFlow') {
      const flow = compileFlow(element, problems);
      if (flow !== null) flows.set(flow.id, flow);
      continue;
    }
    if (DATA.has(element.$type)) {
      checkReference(element, problems);
      continue;
    }
    const node = compileNode(element, scope.id ?? '', problems);
    if (node === null) continue;
    nodes.set(node.id, node);
    own.push(node);
    if (isScope(node)) compileScope(element, building);
  }
  for (const artifact of elementsOf(scope, 'artifacts')) {
    if (!SILENT.has(artifact.$type)) problems.unsupported(artifact, artifact.$type.slice(5));
  }
  const variableNames = scopeVariables(scope, problems);
  building.scopes.set(scope.id ?? '', {
    ...compileStarts(scope, own, problems),
    ...(variableNames.length === 0 ? {} : { variableNames }),
  });
  // A refused element breaks the paths behind it; only a scope that compiles can have steps nothing leads to.
  if (problems.problems.length === before) refuseUnreachable(own, building);
}

/** Nodes that hold elements of their own. */
function isScope({ type }: FlowNode): boolean {
  return ['subProcess', 'transaction', 'eventSubProcess', 'adHocSubProcess'].includes(type);
}

function compileCaseView(process: ModdleElement, problems: ProblemList): CaseView | undefined {
  const view = extensionOf(process, 'reglament:CaseView');
  if (view === undefined) return undefined;
  const title = problems.optionalExpression(process, 'case title', textOf(view, 'title'));
  return {
    ...(title === undefined ? {} : { title }),
    columns: namesOf(textOf(view, 'columns')),
    searchable: namesOf(textOf(view, 'searchable')),
  };
}

/** A comma-separated list of names. */
export function namesOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

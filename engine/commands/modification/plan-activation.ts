import type { ActivateInstruction } from '../../command.ts';
import type { ElementInstance } from '../../instance.ts';
import type { Key } from '../../key.ts';
import { isActivity, type FlowNode } from '../../model/process-model.ts';
import type { Run } from '../../behaviors/run.ts';
import { isLoop } from '../../behaviors/loop.ts';
import { findScopes, scopePath } from './find-scopes.ts';
import type { ProblemsFound } from './problems-found.ts';

/** An element that will start by hand: where, and which scopes are made for it. */
export interface Activation {
  readonly node: FlowNode;
  /** The scope that lives already. */
  readonly baseKey: Key;
  /** Scopes to make inside it, the outermost first. */
  readonly missing: readonly FlowNode[];
  readonly variables: ActivateInstruction['variables'];
  /** Made for this one alone; else it shares what another of the same command has made. */
  readonly apart: boolean;
}

/** Null, with a problem, when it cannot start there. `within`: the base is looked for from this scope outwards. */
export function planActivation(
  run: Run,
  { instruction, within }: { readonly instruction: ActivateInstruction; readonly within?: Key },
  problems: ProblemsFound,
): Activation | null {
  const { elementId, ancestorKey, variables } = instruction;
  const node = run.model.nodes.get(elementId);
  const no = (message: string, remedy: string): null => {
    problems.add(elementId, { message, remedy });
    return null;
  };
  if (node === undefined) {
    return no(`there is no element "${elementId}" in process "${run.model.processId}"`, 'Name an element by its id.');
  }
  const unfit = whyNotByHand(run, node);
  if (unfit !== null) return no(`"${node.name || elementId}" ${unfit.why}`, unfit.remedy);
  const path = scopePath(run, node);
  const foreign = variables.find(
    ({ scopeId = '' }) => scopeId !== '' && scopeId !== elementId && !path.includes(scopeId),
  );
  if (foreign !== undefined) {
    return no(
      `"${foreign.scopeId ?? ''}" is no scope around "${elementId}"`,
      `Name one of ${[elementId, ...path].join(', ')}, or leave it empty for the process.`,
    );
  }
  const found = findScopes(run, path, { ancestorKey, within });
  if ('why' in found) return no(found.why, found.remedy);
  const missing = path.slice(0, found.depth).map((id) => run.model.nodes.get(id));
  const unmade = missing.find((scope) => scope === undefined || !canBeMade(scope));
  if (unmade !== undefined) {
    return no(
      `"${unmade.name || unmade.id}" around "${elementId}" does not run, and it cannot be started in the middle`,
      'Activate it as a whole, or wait until it runs.',
    );
  }
  const base = run.draft.elements.get(found.baseKey);
  const shut = base === undefined ? null : whyShut(base);
  if (shut !== null) return no(shut.why, shut.remedy);
  const scopes = missing.filter((scope) => scope !== undefined).reverse();
  return { node, baseKey: found.baseKey, missing: scopes, variables, apart: ancestorKey !== undefined };
}

interface Unfit {
  readonly why: string;
  readonly remedy: string;
}

function whyNotByHand(run: Run, node: FlowNode): Unfit | null {
  if (node.type === 'startEvent' || node.type === 'eventSubProcess') {
    return { why: 'starts by its event only', remedy: 'Activate what follows the start event.' };
  }
  if (node.type === 'boundaryEvent') {
    return { why: 'starts from its activity only', remedy: 'Activate what follows the boundary event.' };
  }
  if (isActivity(node) && node.isForCompensation === true) {
    return { why: 'is a compensation handler', remedy: 'Throw compensation, or activate another element.' };
  }
  const gateway = node.incoming
    .map((id) => run.model.nodes.get(run.model.flows.get(id)?.sourceId ?? ''))
    .find((source) => source?.type === 'eventBasedGateway');
  if (gateway !== undefined) {
    return { why: 'waits at its event-based gateway', remedy: `Activate "${gateway.id}", or what follows the event.` };
  }
  return null;
}

/** A loop has its counters, an ad-hoc sub-process its choice, an event sub-process its event: nobody can make them up. */
function canBeMade(scope: FlowNode): boolean {
  return (scope.type === 'subProcess' || scope.type === 'transaction') && !isLoop(scope);
}

function whyShut({ elementId, elementType, memory }: ElementInstance): Unfit | null {
  if (memory?.interruptedBy !== undefined) {
    return {
      why: `"${elementId}" was interrupted by "${memory.interruptedBy}", and nothing else of it starts any more`,
      remedy: `Activate an element inside "${memory.interruptedBy}".`,
    };
  }
  if (elementType === 'adHocSubProcess') {
    return {
      why: `"${elementId}" is an ad-hoc sub-process, whose activities are chosen`,
      remedy: 'Activate it by the command for ad-hoc activities.',
    };
  }
  return null;
}

import type { ElementInstance } from '../../instance.ts';
import { definitionsOf } from '../../model/definitions-of.ts';
import { isActivity, type FlowNode } from '../../model/process-model.ts';
import { scopeIdOf, targetOf, type MigrationPlan } from './migration-plan.ts';

/** Whether what runs can go to the element it is mapped to; a problem says why not. */
export function checkElement(plan: MigrationPlan, element: ElementInstance): void {
  const { elementId, scopeKey, memory } = element;
  const { from, to, problems } = plan;
  const no = (message: string, remedy: string): void => problems.add(elementId, { message, remedy });
  if (memory?.undoing !== undefined || memory?.undoneFor !== undefined || memory?.undoes !== undefined) {
    no(`"${elementId}" is undoing what has completed`, 'Wait until the compensation is over.');
    return;
  }
  if (scopeKey === null) return;
  const source = from.nodes.get(elementId);
  const targetId = targetOf(plan, elementId);
  const target = targetId === undefined ? undefined : to.nodes.get(targetId);
  if (source === undefined) throw new Error(`Expected ${elementId} in process ${from.processId}`);
  if (target === undefined) {
    const same = to.nodes.get(elementId)?.type === source.type;
    no(
      `${titleOf(source)} runs, and the plan does not say where it goes`,
      same ? `Map "${elementId}" to "${elementId}".` : `Map it to an element of type ${source.type}.`,
    );
    return;
  }
  const differs = whatDiffers(source, target);
  if (differs !== null) {
    no(
      `"${elementId}" is ${differs.source}, but "${target.id}" is ${differs.target}`,
      'Map it to one of its own kind.',
    );
  }
  const scope = targetOf(plan, scopeIdOf(plan, element));
  if (scope !== undefined && scope !== target.scopeId) {
    no(
      `"${elementId}" lies in what becomes "${scope}", but "${target.id}" lies in "${target.scopeId}"`,
      'Map it to an element of the same scope, or move its token first (modification).',
    );
  }
}

function titleOf({ id, name }: FlowNode): string {
  return name === '' || name === id ? `"${id}"` : `"${name}" (${id})`;
}

/** What an instance of an element is made of: its kind, its loop, what does its work, what it waits for. */
function whatDiffers(source: FlowNode, target: FlowNode): { readonly source: string; readonly target: string } | null {
  for (const describe of [({ type }: FlowNode) => type, loopOf, workOf, eventsOf]) {
    const found = { source: describe(source), target: describe(target) };
    if (found.source !== found.target) return found;
  }
  return null;
}

function loopOf(node: FlowNode): string {
  if (!isActivity(node)) return 'no activity';
  if (node.standardLoop !== undefined) return 'a standard loop';
  if (node.multiInstance === undefined) return 'without a loop';
  return node.multiInstance.sequential ? 'a sequential multi-instance activity' : 'a parallel multi-instance activity';
}

function workOf(node: FlowNode): string {
  if (node.type === 'adHocSubProcess') return node.choice === undefined ? 'ad-hoc by itself' : 'ad-hoc by choice';
  return 'implementation' in node ? `done by ${node.implementation.kind}` : 'done by itself';
}

export function eventsOf(node: FlowNode): string {
  if (!('event' in node)) return 'no event';
  const kinds = definitionsOf(node.event).map(({ kind }) => kind);
  return `an event of ${kinds.join(', ')}${node.event.kind === 'multiple' && node.event.parallel ? ' together' : ''}`;
}

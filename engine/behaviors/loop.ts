import type { ElementInstance } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import type { InnerCompletion } from './inner-completion.ts';
import { instanceVariables, planInstanceEnd, startMultiInstance } from './multi-instance.ts';
import type { Iteration, Run } from './run.ts';
import { planPassEnd, startStandardLoop } from './standard-loop.ts';

/*
 * Both loop markers work alike (BPMN 2.0.2 §13.3.6, §13.3.7): a body holds the iterations, and carries the boundary events
 * of the activity; it completes when nothing lives inside it.
 */

export function isLoop(node: FlowNode): boolean {
  return isActivity(node) && (node.multiInstance !== undefined || node.standardLoop !== undefined);
}

export function startLoop(run: Run, node: FlowNode, body: ElementInstance): void {
  if (isActivity(node) && node.multiInstance !== undefined) startMultiInstance(run, node, body);
  else if (isActivity(node) && node.standardLoop !== undefined) startStandardLoop(run, node, body);
}

/** What each iteration has for itself. */
export function iterationVariables(node: FlowNode, iteration: Iteration): VariableMap {
  if (isActivity(node) && node.multiInstance !== undefined) return instanceVariables(node.multiInstance, iteration);
  return { loopCounter: iteration.index };
}

export function planIterationEnd(run: Run, node: FlowNode, iteration: ElementInstance): InnerCompletion | null {
  const body = iteration.scopeKey === null ? undefined : run.draft.elements.get(iteration.scopeKey);
  if (!isActivity(node) || body === undefined) return null;
  const { multiInstance, standardLoop } = node;
  if (multiInstance !== undefined) return planInstanceEnd(run, node, { loop: multiInstance, body, iteration });
  if (standardLoop !== undefined) return planPassEnd(run, node, { loop: standardLoop, body, iteration });
  return null;
}

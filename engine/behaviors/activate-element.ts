import type { ElementInstance } from '../instance.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import { settleScope } from './complete-element.ts';
import { emit } from './emit.ts';
import { applyInputMappings, takeResult } from './map-variables.ts';
import { iterationVariables, startLoop } from './multi-instance.ts';
import { openBoundaryEvents } from './open-event.ts';
import { takeKey, type ActivateStep, type Run } from './run.ts';
import { setLocalVariables } from './write-variables.ts';

/** Creates the element instance and enters it. An activity with a loop marker gets a body that holds its iterations. */
export function activateElement(run: Run, node: FlowNode, step: Omit<ActivateStep, 'kind'>): ElementInstance {
  const isBody = step.iteration === undefined && isActivity(node) && node.multiInstance !== undefined;
  const element: ElementInstance = {
    key: takeKey(run),
    elementId: node.id,
    elementType: isBody ? 'multiInstanceBody' : node.type,
    scopeKey: step.scopeKey,
    state: 'active',
    startedAt: run.now,
    loop: null,
    loopIndex: step.iteration?.index ?? null,
    calledInstanceKey: null,
  };
  emit(run, { kind: 'elementActivated', element });
  if (step.variables !== undefined) takeResult(run, node, element, step.variables);
  if (step.iteration !== undefined) setLocalVariables(run, element.key, iterationVariables(node, step.iteration));
  return element;
}

/** The part of an activation that may get stuck and is tried again when its incident is resolved. */
export function enterElement(run: Run, node: FlowNode, element: ElementInstance): void {
  if (element.elementType === 'multiInstanceBody') {
    startLoop(run, node, element);
    // An empty collection is over at once.
    settleScope(run, element.key);
    return;
  }
  applyInputMappings(run, node, element);
  if (isActivity(node) && element.loopIndex === null) openBoundaryEvents(run, node, element);
  run.behaviorOf(node).activate(run, node, element);
}

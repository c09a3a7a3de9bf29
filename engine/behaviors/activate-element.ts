import type { ElementInstance } from '../instance.ts';
import { settleScope } from './complete-element.ts';
import { emit } from './emit.ts';
import { applyInputMappings, takeResult } from './map-variables.ts';
import { iterationVariables, startLoop } from './loop.ts';
import { openBoundaryEvents } from './open-event.ts';
import type { NodePlan } from './process-plan.ts';
import { takeKey, type ActivateStep, type Run } from './run.ts';
import { Stuck } from './stuck.ts';
import { takeInputs, type Entry } from './take-inputs.ts';
import { setLocalVariables } from './write-variables.ts';

/** Creates the element instance and enters it. An activity with a loop marker gets a body that holds its iterations. */
export function activateElement(run: Run, plan: NodePlan, step: Omit<ActivateStep, 'kind' | 'node'>): ElementInstance {
  const isBody = step.iteration === undefined && plan.isLoop;
  const element: ElementInstance = {
    key: takeKey(run),
    elementId: plan.id,
    elementType: isBody ? 'multiInstanceBody' : plan.type,
    scopeKey: step.scopeKey,
    state: 'active',
    startedAt: run.now,
    loop: null,
    loopIndex: step.iteration?.index ?? null,
    calledInstanceKey: null,
    memory: step.memory ?? null,
  };
  emit(run, { kind: 'elementActivated', element });
  // What an event brings to a container is taken by the event inside or behind it.
  if (step.occurrence !== undefined && step.occurrence.eventId === undefined) {
    takeResult(run, plan, element, step.occurrence.variables);
  }
  if (step.variables !== undefined) setLocalVariables(run, element.key, step.variables);
  if (step.iteration !== undefined) setLocalVariables(run, element.key, iterationVariables(plan.node, step.iteration));
  return element;
}

/** The part of an activation that may get stuck and is tried again when its incident is resolved. */
export function enterElement(run: Run, plan: NodePlan, element: ElementInstance, entry: Entry = {}): void {
  const { node, behavior, boundaryHost } = plan;
  if (element.elementType === 'multiInstanceBody') {
    startLoop(run, node, element);
    // An empty collection, or a condition that is false before the first pass, is over at once.
    settleScope(run, element.key);
    return;
  }
  if (plan.takesInputs) {
    if (!takeInputs(run, node, { element, entry })) return;
    applyInputMappings(run, node, element);
  }
  if (boundaryHost === null || element.loopIndex !== null) {
    behavior.activate(run, node, element, entry.occurrence);
    return;
  }
  if (entry.boundariesOpen !== true) openBoundaryEvents(run, boundaryHost, element);
  try {
    behavior.activate(run, node, element, entry.occurrence);
  } catch (reason) {
    // What happened on the border meanwhile must not happen again when the activation is retried.
    if (!(reason instanceof Stuck) || reason.retry !== null) throw reason;
    throw new Stuck(reason.type, reason.message, { kind: 'activate', ...entry, boundariesOpen: true });
  }
}

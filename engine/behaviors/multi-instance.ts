import type { ElementInstance } from '../instance.ts';
import type { JsonValue } from '../json.ts';
import { isActivity, type Activity, type FlowNode, type MultiInstance } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateValue, mismatch } from './evaluate-value.ts';
import { openBoundaryEvents } from './open-event.ts';
import { dropPending, schedule, takeKey, type Run } from './run.ts';
import { terminateChildren } from './terminate-element.ts';
import { propagateVariables } from './write-variables.ts';

/** Takes a snapshot of the collection and starts every iteration at once (parallel marker, BPMN 2.0.2 §13.3.7). */
export function startLoop(run: Run, node: FlowNode, body: ElementInstance): void {
  const { activity, loop } = loopOf(node);
  const items = collectionOf(run, loop, body);
  openBoundaryEvents(run, activity, body);
  emit(run, { kind: 'loopStarted', elementInstanceKey: body.key, total: items.length });
  items.forEach((item, index) => {
    schedule(run, { kind: 'activate', scopeKey: body.key, nodeId: node.id, iteration: { index, item } });
  });
}

/** Records the result of an iteration in its place; results come out in the order of the collection. */
export function finishIteration(run: Run, node: FlowNode, element: ElementInstance): void {
  const { loop } = loopOf(node);
  const bodyKey = element.scopeKey;
  if (bodyKey === null || element.loopIndex === null) return;
  const value =
    loop.outputElement === undefined
      ? undefined
      : evaluateValue(run, {
          expression: loop.outputElement,
          scopeKey: element.key,
          purpose: `the output element of "${node.name || node.id}"`,
        });
  emit(run, {
    kind: 'loopIterationCompleted',
    bodyKey,
    index: element.loopIndex,
    result: value === undefined ? null : { key: takeKey(run), bodyKey, index: element.loopIndex, value },
  });
}

/** True when every iteration has ended, or the completion condition holds and the rest were terminated. */
export function loopIsOver(run: Run, node: FlowNode, body: ElementInstance): boolean {
  if (body.loop === null) return false;
  const running = body.loop.total - body.loop.completed;
  if (running === 0) return true;
  if (!conditionHolds(run, node, body, running)) return false;
  dropPending(run, body.key);
  terminateChildren(run, body.key);
  return true;
}

/** The output collection leaves the body when it completes. */
export function publishLoopOutput(run: Run, node: FlowNode, body: ElementInstance): void {
  const { loop } = loopOf(node);
  if (loop.outputCollection === undefined || body.scopeKey === null || body.loop === null) return;
  const output: JsonValue[] = new Array<JsonValue>(body.loop.total).fill(null);
  for (const result of run.draft.loopResults.values()) {
    if (result.bodyKey === body.key) output[result.index] = result.value;
  }
  propagateVariables(run, body.scopeKey, { [loop.outputCollection]: output });
}

function collectionOf(run: Run, loop: MultiInstance, body: ElementInstance): readonly JsonValue[] {
  const request = {
    expression: loop.inputCollection,
    scopeKey: body.key,
    purpose: 'the input collection',
  };
  const value = evaluateValue(run, request);
  if (Array.isArray(value)) return value as readonly JsonValue[];
  throw mismatch(request, 'a list', value);
}

function conditionHolds(run: Run, node: FlowNode, body: ElementInstance, running: number): boolean {
  const { loop } = loopOf(node);
  if (loop.completionCondition === undefined || body.loop === null) return false;
  return (
    evaluateValue(run, {
      expression: loop.completionCondition,
      scopeKey: body.key,
      purpose: 'the completion condition',
      extra: {
        numberOfInstances: body.loop.total,
        numberOfActiveInstances: running,
        numberOfCompletedInstances: body.loop.completed,
        numberOfTerminatedInstances: 0,
      },
    }) === true
  );
}

function loopOf(node: FlowNode): { readonly activity: Activity; readonly loop: MultiInstance } {
  if (!isActivity(node) || node.multiInstance === undefined) {
    throw new Error(`Expected ${node.id} to be a multi-instance activity`);
  }
  return { activity: node, loop: node.multiInstance };
}

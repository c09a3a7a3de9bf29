import type { ElementInstance } from '../instance.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import { isActivity, type Activity, type FlowNode, type MultiInstance } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateValue, mismatch } from './evaluate-value.ts';
import { openBoundaryEvents } from './open-event.ts';
import { dropPending, schedule, takeKey, type Iteration, type Run } from './run.ts';
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

/** An expression that is one variable and nothing else. */
const PLAIN_NAME = /^(?!(?:null|true|false)$)[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * What each iteration has for itself: its item, its number from 1, and an empty place for its result when the output
 * element is a plain name, so that parallel iterations do not write over each other's result (Camunda 8).
 */
export function iterationVariables(node: FlowNode, { index, item }: Iteration): VariableMap {
  const { inputElement, outputElement } = loopOf(node).loop;
  const plainName = outputElement?.static === false && PLAIN_NAME.test(outputElement.text);
  return {
    ...(plainName ? { [outputElement.text]: null } : {}),
    ...(inputElement === undefined ? {} : { [inputElement]: item }),
    loopCounter: index + 1,
  };
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

/** Whether the loop is over early: asked once per finished iteration, which sees its own variables (Camunda 8). */
export function completionHolds(run: Run, node: FlowNode, iteration: ElementInstance): boolean {
  const { loop } = loopOf(node);
  const body = iteration.scopeKey === null ? undefined : run.draft.elements.get(iteration.scopeKey);
  if (loop.completionCondition === undefined || body === undefined || body.loop === null) return false;
  const completed = body.loop.completed + 1;
  const holds = evaluateValue(run, {
    expression: loop.completionCondition,
    scopeKey: iteration.key,
    purpose: 'the completion condition',
    extra: {
      numberOfInstances: body.loop.total,
      numberOfActiveInstances: body.loop.total - completed,
      numberOfCompletedInstances: completed,
      numberOfTerminatedInstances: 0,
    },
  });
  return holds === true;
}

/** Terminates the iterations that still run; the body then completes. */
export function endIterations(run: Run, bodyKey: Key): void {
  dropPending(run, bodyKey);
  terminateChildren(run, bodyKey);
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

function loopOf(node: FlowNode): { readonly activity: Activity; readonly loop: MultiInstance } {
  if (!isActivity(node) || node.multiInstance === undefined) {
    throw new Error(`Expected ${node.id} to be a multi-instance activity`);
  }
  return { activity: node, loop: node.multiInstance };
}

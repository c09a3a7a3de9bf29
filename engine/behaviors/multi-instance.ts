import type { ElementInstance } from '../instance.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import { variablesOf } from '../expressions/expression.ts';
import { isActivity, type Activity, type FlowNode, type MultiInstance } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateInteger, evaluateValue, mismatch } from './evaluate-value.ts';
import type { InnerCompletion } from './inner-completion.ts';
import { planLoopEvents } from './loop-events.ts';
import { openBoundaryEvents } from './open-event.ts';
import { dropPending, schedule, takeKey, type ActivateStep, type Iteration, type Run } from './run.ts';
import { terminateChildren } from './terminate-element.ts';
import { propagateVariables } from './write-variables.ts';

/** A cardinality beyond this is a slip of the model and would fill the memory; a collection is as long as it is. */
const CARDINALITY_LIMIT = 100_000;

/**
 * Multi-instance marker (BPMN 2.0.2 §10.3.8, §13.3.7): `isSequential`, `loopCardinality` or a collection,
 * `completionCondition`, `behavior`. Takes a snapshot of the collection and starts every instance at once, or the first.
 */
export function startMultiInstance(run: Run, node: Activity, body: ElementInstance): void {
  const loop = node.multiInstance;
  if (loop === undefined) throw new Error(`Expected ${node.id} to be a multi-instance activity`);
  const { total, items } = sizeOf(run, loop, body);
  openBoundaryEvents(run, node, body);
  emit(run, { kind: 'loopStarted', elementInstanceKey: body.key, total, items: loop.sequential ? items : null });
  if (loop.sequential) {
    startNext(run, node, body.key);
    return;
  }
  // What ends a loop early counts those that run: there all begin before any ends. Else they follow each other in lots:
  // 10,000 instances that pass straight through all lived at once, and an item cost three times what it does among 100.
  const lot = loop.completionCondition === undefined && loop.events.length === 0 ? LOT : total;
  scheduleLot(run, node, { bodyKey: body.key, first: 0, lots: { total, items, lot } });
}

/** Instances of a parallel loop that begin together. */
const LOT = 128;

/** The last instance of a lot brings the next lot into the queue. */
export function beginNextLot(run: Run, { node, scopeKey, iteration }: ActivateStep): void {
  if (iteration?.lots === undefined) return;
  scheduleLot(run, node, { bodyKey: scopeKey, first: iteration.index + 1, lots: iteration.lots });
}

/** A parallel loop that is begun in lots. */
export interface Lots extends Size {
  /** How many begin together. */
  readonly lot: number;
}

interface Lot {
  readonly bodyKey: Key;
  readonly first: number;
  readonly lots: Lots;
}

function scheduleLot(run: Run, node: FlowNode, { bodyKey, first, lots }: Lot): void {
  const end = Math.min(lots.total, first + lots.lot);
  for (let index = first; index < end; index += 1) {
    const item = lots.items?.[index] ?? null;
    const iteration = index === end - 1 && end < lots.total ? { index, item, lots } : { index, item };
    schedule(run, { kind: 'activate', scopeKey: bodyKey, node, iteration });
  }
}

/** The instance after those that are done; a step of the queue and not a call, so that no loop is too long for the stack. */
function startNext(run: Run, node: FlowNode, bodyKey: Key): void {
  const loop = run.draft.elements.get(bodyKey)?.loop;
  if (loop === undefined || loop === null || loop.total === null || loop.completed >= loop.total) return;
  const index = loop.completed;
  const item = run.draft.loopItems.get(bodyKey)?.items[index] ?? null;
  schedule(run, { kind: 'activate', scopeKey: bodyKey, node, iteration: { index, item } });
}

/** An expression that is one variable and nothing else. */
const PLAIN_NAME = /^(?!(?:null|true|false)$)[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * What each instance has for itself: its item, its number from 1, and an empty place for its result when the output
 * element is a plain name, so that parallel instances do not write over each other's result (Camunda 8).
 */
export function instanceVariables(loop: MultiInstance, { index, item }: Iteration): VariableMap {
  // Written one by one: this runs for every instance, and a spread of a condition makes an object to throw away.
  const variables: Record<string, JsonValue> = loop.outputElement === undefined ? {} : placeForResult(loop);
  if (loop.inputElement !== undefined) variables[loop.inputElement] = item;
  variables['loopCounter'] = index + 1;
  return variables;
}

export function placeForResult({ outputElement }: Pick<MultiInstance, 'outputElement'>): Record<string, JsonValue> {
  return outputElement?.static === false && PLAIN_NAME.test(outputElement.text) ? { [outputElement.text]: null } : {};
}

interface Finishing {
  readonly loop: MultiInstance;
  readonly body: ElementInstance;
  readonly iteration: ElementInstance;
}

/**
 * The result of an instance takes its place by index; then the events of `behavior` are thrown; then the loop ends early,
 * or the next instance starts. The conditions are asked once per instance, which sees its own variables (Camunda 8).
 */
export function planInstanceEnd(run: Run, node: Activity, finishing: Finishing): InnerCompletion {
  const { loop, body, iteration } = finishing;
  const value =
    loop.outputElement === undefined
      ? undefined
      : evaluateValue(run, {
          expression: loop.outputElement,
          scopeKey: iteration.key,
          purpose: `the output element of "${node.name || node.id}"`,
        });
  // Most loops ask and throw nothing.
  const attributes = loop.completionCondition === undefined && loop.events.length === 0 ? null : countsOf(finishing);
  const isOver =
    attributes !== null &&
    completionHolds(run, finishing, { ...attributes, ...gatheredSoFar(run, finishing, value ?? null) });
  const throwEvents = attributes === null ? null : planLoopEvents(run, node, { loop, body, iteration, attributes });
  return {
    takesFlows: false,
    record() {
      const index = iteration.loopIndex ?? 0;
      const result = value === undefined ? null : { key: takeKey(run), bodyKey: body.key, index, value };
      emit(run, { kind: 'loopIterationCompleted', bodyKey: body.key, index, result });
    },
    goOn() {
      throwEvents?.();
      // An interrupting handler of what was thrown has ended the loop.
      if (!run.draft.elements.has(body.key)) return;
      if (isOver) endInstances(run, body.key);
      else if (loop.sequential) startNext(run, node, body.key);
    },
  };
}

/** The runtime attributes of the activity (BPMN 2.0.2 table 10.30), the finishing instance counted as completed. */
function countsOf({ loop, body }: Finishing): Readonly<Record<string, number>> {
  const total = body.loop?.total ?? 0;
  const completed = (body.loop?.completed ?? 0) + 1;
  return {
    numberOfInstances: total,
    numberOfActiveInstances: loop.sequential ? 0 : total - completed,
    numberOfCompletedInstances: completed,
    numberOfTerminatedInstances: 0,
  };
}

/** As in Camunda 8, the condition sees the results so far, this one included; gathered only for a condition that reads them. */
function gatheredSoFar(run: Run, { loop, body, iteration }: Finishing, value: JsonValue): VariableMap {
  const { outputCollection: name, completionCondition: condition } = loop;
  if (name === undefined || condition === undefined || !variablesOf(condition).includes(name)) return {};
  const output = resultsOf(run, body);
  output[iteration.loopIndex ?? 0] = value;
  return { [name]: output };
}

function completionHolds(run: Run, { loop, iteration }: Finishing, extra: VariableMap): boolean {
  const { completionCondition: expression } = loop;
  if (expression === undefined) return false;
  return (
    evaluateValue(run, { expression, scopeKey: iteration.key, purpose: 'the completion condition', extra }) === true
  );
}

/** Terminates the instances that still run; the body then completes. */
function endInstances(run: Run, bodyKey: Key): void {
  dropPending(run, bodyKey);
  terminateChildren(run, bodyKey);
}

/** The output collection leaves the body when it completes. */
export function publishLoopOutput(run: Run, node: FlowNode, body: ElementInstance): void {
  const outputCollection = isActivity(node) ? node.multiInstance?.outputCollection : undefined;
  if (outputCollection === undefined || body.scopeKey === null) return;
  propagateVariables(run, body.scopeKey, { [outputCollection]: resultsOf(run, body) });
}

/** By index, not by who was first; null where nothing came. */
function resultsOf(run: Run, body: ElementInstance): JsonValue[] {
  const output: JsonValue[] = new Array<JsonValue>(body.loop?.total ?? 0).fill(null);
  for (const { index, value } of run.draft.resultsOf(body.key)) output[index] = value;
  return output;
}

interface Size {
  readonly total: number;
  readonly items: readonly JsonValue[] | null;
}

function sizeOf(run: Run, { size }: MultiInstance, { key: scopeKey }: ElementInstance): Size {
  if (size.kind === 'collection') {
    const request = { expression: size.collection, scopeKey, purpose: 'the input collection' };
    const value = evaluateValue(run, request);
    if (Array.isArray(value)) return { total: value.length, items: value as readonly JsonValue[] };
    throw mismatch(run, request, { expected: 'a list', value });
  }
  const request = { expression: size.cardinality, scopeKey, purpose: 'the loop cardinality' };
  const total = evaluateInteger(run, request);
  if (total >= 0 && total <= CARDINALITY_LIMIT) return { total, items: null };
  throw mismatch(run, request, { expected: `a whole number from 0 to ${CARDINALITY_LIMIT}`, value: total });
}

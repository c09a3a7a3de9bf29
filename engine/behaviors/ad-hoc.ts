import type { AdHocMemory, ElementInstance } from '../instance.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import { isActivity, type AdHocSubProcess, type FlowNode } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateValue } from './evaluate-value.ts';
import type { InnerCompletion } from './inner-completion.ts';
import { placeForResult } from './multi-instance.ts';
import { dropPending, nodeById, schedule, takeKey, type Run } from './run.ts';
import { terminateChildren } from './terminate-element.ts';
import { propagateVariables, setLocalVariables } from './write-variables.ts';

/** An ad-hoc sub-process that runs. */
export interface AdHocScope {
  readonly node: AdHocSubProcess;
  readonly element: ElementInstance;
}

/** An activity to start inside, with variables of its own. */
export interface AdHocStart {
  readonly elementId: string;
  readonly variables: VariableMap;
}

/** Starts an activity in the shared scope; one that was chosen in a flow of its own, which also holds what follows it. */
export function startInside(run: Run, { node, element }: AdHocScope, { elementId, variables }: AdHocStart): void {
  if (node.choice === undefined) {
    schedule(run, { kind: 'activate', scopeKey: element.key, node: nodeById(run, elementId), variables });
    return;
  }
  const inner: ElementInstance = {
    key: takeKey(run),
    elementId: node.id,
    elementType: 'adHocInnerInstance',
    scopeKey: element.key,
    state: 'active',
    startedAt: run.now,
    loop: null,
    loopIndex: null,
    calledInstanceKey: null,
    memory: null,
  };
  emit(run, { kind: 'elementActivated', element: inner });
  setLocalVariables(run, inner.key, { ...placeForResult(node.choice), ...variables });
  schedule(run, { kind: 'activate', scopeKey: inner.key, node: nodeById(run, elementId) });
}

/**
 * BPMN 2.0.2 §13.3.5: the completion condition is asked each time an inner activity, or with `zeebe:adHoc` an inner flow,
 * completes. It sees what that has of its own.
 */
export function planAdHocCompletion(run: Run, node: FlowNode, inside: ElementInstance): InnerCompletion | null {
  const scope = adHocAround(run, inside);
  if (scope === null) return null;
  if (inside.elementType === 'adHocInnerInstance') return planFlowEnd(run, scope, inside);
  // An event sub-process is beside what was chosen.
  if (scope.node.choice !== undefined || node.type === 'eventSubProcess') return null;
  if (memoryOf(scope)?.closing === true) return { takesFlows: false, record: nothing, goOn: nothing };
  const isOver = isActivity(node) && completionHolds(run, scope, { inside, extra: {} });
  return { takesFlows: !isOver, record: nothing, goOn: () => (isOver ? close(run, scope) : undefined) };
}

/** `outputElement` of the flow joins the collection, in the order in which flows complete (Camunda 8). */
function planFlowEnd(run: Run, scope: AdHocScope, inside: ElementInstance): InnerCompletion {
  const { outputCollection, outputElement } = scope.node.choice ?? {};
  const collected: VariableMap =
    outputCollection === undefined || outputElement === undefined
      ? {}
      : {
          [outputCollection]: [
            ...collectedIn(run, scope.element, outputCollection),
            evaluateValue(run, { expression: outputElement, scopeKey: inside.key, purpose: 'the output element' }),
          ],
        };
  const isOver = memoryOf(scope)?.closing !== true && completionHolds(run, scope, { inside, extra: collected });
  return {
    takesFlows: false,
    record: () => setLocalVariables(run, scope.element.key, collected),
    goOn: () => (isOver ? close(run, scope) : undefined),
  };
}

function collectedIn(run: Run, element: ElementInstance, name: string): readonly JsonValue[] {
  const value = run.draft.variables.get(element.key)?.get(name)?.value;
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function completionHolds(
  run: Run,
  { node }: AdHocScope,
  { inside, extra }: { readonly inside: ElementInstance; readonly extra: VariableMap },
): boolean {
  const { completionCondition: expression } = node;
  if (expression === undefined) return false;
  const request = { expression, scopeKey: inside.key, purpose: 'the completion condition', extra };
  return evaluateValue(run, { ...request, incident: 'CONDITION_ERROR' }) === true;
}

/** The completion condition holds: nothing more starts; what runs is cancelled, or waited for. */
function close(run: Run, { node, element }: AdHocScope): void {
  remember(run, element, { begun: true, left: [], closing: true });
  dropPending(run, element.key);
  if (node.cancelRemaining) {
    terminateChildren(run, element.key);
    return;
  }
  for (const wait of run.draft.waits.get(element.key) ?? []) {
    const token = wait.kind === 'token' ? run.draft.tokens.get(wait.key) : undefined;
    if (token !== undefined) emit(run, { kind: 'tokenConsumed', token });
  }
}

/** Nothing lives inside: starts the next in turn, waits for a choice, or says that the sub-process may complete. */
export function mayAdHocComplete(run: Run, element: ElementInstance): boolean {
  const node = nodeById(run, element.elementId);
  if (node.type !== 'adHocSubProcess') throw new Error(`Expected ${node.id} to be an ad-hoc sub-process`);
  const memory = element.memory?.adHoc;
  if (element.memory?.interruptedBy !== undefined || memory?.closing === true) return true;
  const [next, ...left] = memory?.left ?? [];
  if (memory !== undefined && next !== undefined) {
    remember(run, element, { ...memory, left });
    startInside(run, { node, element }, { elementId: next, variables: {} });
    return false;
  }
  return memory?.begun === true && node.completionCondition === undefined;
}

/** The collected outputs leave the sub-process when it completes; an iteration keeps them for the output of its loop. */
export function publishAdHocOutput(run: Run, node: FlowNode, element: ElementInstance): void {
  const name = node.type === 'adHocSubProcess' ? node.choice?.outputCollection : undefined;
  if (name === undefined || element.scopeKey === null || element.loopIndex !== null) return;
  propagateVariables(run, element.scopeKey, { [name]: [...collectedIn(run, element, name)] });
}

export function remember(run: Run, element: ElementInstance, adHoc: AdHocMemory): void {
  emit(run, {
    kind: 'elementRemembered',
    elementInstanceKey: element.key,
    elementId: element.elementId,
    memory: { adHoc },
  });
}

function adHocAround(run: Run, { scopeKey }: ElementInstance): AdHocScope | null {
  if (scopeKey === null || scopeKey === run.draft.header.processInstanceKey) return null;
  const element = run.draft.elements.get(scopeKey);
  if (element?.elementType !== 'adHocSubProcess') return null;
  const node = nodeById(run, element.elementId);
  return node.type === 'adHocSubProcess' ? { node, element } : null;
}

function memoryOf({ element }: AdHocScope): AdHocMemory | undefined {
  return element.memory?.adHoc;
}

function nothing(): void {
  return undefined;
}

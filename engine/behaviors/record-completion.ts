import type { CompensationRecord, ElementInstance, ElementType } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import { dropRecords } from './drop-records.ts';
import { emit } from './emit.ts';
import { eventHandlersOf, type EventHandler } from './event-sub-process.ts';
import type { NodePlan } from './process-plan.ts';
import type { Run } from './run.ts';

/**
 * Notes that an activity has completed and can be undone (BPMN 2.0.2 §13.5.5): it has a handler, or something inside it
 * can be undone, which a scope takes along with its variables as they are now. Called before the element goes.
 */
export function recordCompletion(run: Run, plan: NodePlan, element: ElementInstance): void {
  if (element.scopeKey === null) return;
  const handlerId = plan.compensationHandlerId === null ? null : handlerOf(plan.node, element);
  // A compensation handler is not undone, and a handler of its own hides what lies inside an activity.
  if (element.memory?.undoneFor !== undefined || handlerId !== null) dropRecords(run, element);
  if (element.memory?.undoneFor !== undefined) return;
  if (handlerId === null && !holdsSomething(run, element)) return;
  const calls = handlerId === null && element.memory?.compensable === true;
  record(run, element, {
    scopeKey: element.scopeKey,
    handlerId,
    snapshot: handlerId === null && !calls ? snapshotOf(run, element.key) : null,
    calledInstanceKey: calls ? element.calledInstanceKey : null,
  });
}

/** A called process that completes keeps itself for its caller; returns whether there is anything to keep. */
export function recordCalledProcess(run: Run, process: ElementInstance): boolean {
  const { parent } = run.draft.header;
  if (parent === null || process.state === 'compensating' || !holdsSomething(run, process)) {
    dropRecords(run, process);
    return false;
  }
  record(run, process, {
    scopeKey: parent.elementInstanceKey,
    handlerId: null,
    snapshot: snapshotOf(run, process.key),
    calledInstanceKey: null,
  });
  return true;
}

/** The compensation event sub-process of a scope, which undoes it in place of the default order. */
export function compensationSubProcessOf(run: Run, { elementId, elementType }: Scope): EventHandler | undefined {
  if (!mayHold(elementType)) return undefined;
  return eventHandlersOf(run, elementId).find(isCompensation);
}

const isCompensation = ({ start }: EventHandler) => start.event.kind === 'compensate';

/**
 * Whether event sub-processes may lie in it. Asked before they are looked for, because every element that completes asks.
 * The body of a loop and an inner flow of an ad-hoc sub-process have the id of the activity without being it.
 */
function mayHold(type: ElementType): boolean {
  return (
    type === 'process' ||
    type === 'subProcess' ||
    type === 'adHocSubProcess' ||
    type === 'transaction' ||
    type === 'eventSubProcess'
  );
}

type Scope = Pick<ElementInstance, 'elementId' | 'elementType'>;

function holdsSomething(run: Run, element: ElementInstance): boolean {
  return (
    element.memory?.compensable === true ||
    run.draft.recordsIn(element.key).size > 0 ||
    compensationSubProcessOf(run, element) !== undefined
  );
}

/** A handler on a multi-instance activity undoes the whole of it; on a standard loop, each pass (ADR 0007). */
function handlerOf(node: FlowNode, { elementType, loopIndex }: ElementInstance): string | null {
  if (!isActivity(node) || elementType === 'adHocInnerInstance') return null;
  const isOne = elementType === 'multiInstanceBody' ? node.multiInstance !== undefined : loopIndex === null;
  const isPass = loopIndex !== null && node.standardLoop !== undefined;
  return isOne || isPass ? (node.compensationHandlerId ?? null) : null;
}

function snapshotOf(run: Run, scopeKey: Key): VariableMap {
  const own = run.draft.variables.get(scopeKey)?.values() ?? [];
  return Object.fromEntries([...own].map(({ name, value }) => [name, value]));
}

type RecordedParts = Pick<CompensationRecord, 'scopeKey' | 'handlerId' | 'snapshot' | 'calledInstanceKey'>;

function record(run: Run, element: ElementInstance, parts: RecordedParts): void {
  const { key: elementInstanceKey, elementId, elementType } = element;
  emit(run, {
    kind: 'compensationRecorded',
    record: { key: run.draft.historyLength + 1, elementInstanceKey, elementId, elementType, ...parts },
  });
}

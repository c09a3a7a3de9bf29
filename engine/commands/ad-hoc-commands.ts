import { remember, startInside, type AdHocScope } from '../behaviors/ad-hoc.ts';
import { Refusal } from '../behaviors/refusal.ts';
import { dropPending, nodeById, type Run } from '../behaviors/run.ts';
import { terminateChildren } from '../behaviors/terminate-element.ts';
import type { CommandOfKind } from '../command.ts';
import type { AdHocMemory } from '../instance.ts';
import type { Key } from '../key.ts';

type ActivateAdHocElements = CommandOfKind<'activateAdHocElements'>;

/** Starts activities of an ad-hoc sub-process by choice (BPMN 2.0.2 §13.3.5; Camunda 8 «activate ad-hoc activities»). */
export function activateAdHocElements(run: Run, command: ActivateAdHocElements): void {
  const scope = adHocOf(run, command.adHocInstanceKey);
  const memory = openMemory(scope);
  refuseElements(run, scope, command);
  const { key } = scope.element;
  if (command.cancelRemaining) {
    dropPending(run, key);
    terminateChildren(run, key);
  }
  if (!memory.begun) remember(run, scope.element, { ...memory, begun: true });
  for (const start of command.elements) startInside(run, scope, start);
}

function adHocOf(run: Run, key: Key): AdHocScope {
  const element = run.draft.elements.get(key);
  const node = element?.elementType === 'adHocSubProcess' ? nodeById(run, element.elementId) : undefined;
  if (element !== undefined && node?.type === 'adHocSubProcess') return { node, element };
  throw new Refusal('NOT_FOUND', `Expected an active ad-hoc sub-process ${key}, but it has ended or never existed`);
}

function openMemory({ node, element }: AdHocScope): AdHocMemory {
  const memory = element.memory?.adHoc;
  const name = node.name || node.id;
  const refuse = (why: string) =>
    new Refusal('INVALID_STATE', `Expected "${name}" to take more activities, but ${why}`);
  if (memory === undefined) throw refuse('it has not begun, because of an incident');
  if (memory.closing) throw refuse('its completion condition has held');
  if (element.state !== 'active' || element.memory?.interruptedBy !== undefined) throw refuse('it is ending');
  return memory;
}

function refuseElements(
  run: Run,
  { node, element }: AdHocScope,
  { elements, cancelRemaining }: ActivateAdHocElements,
): void {
  const name = node.name || node.id;
  if (elements.length === 0) {
    throw new Refusal('INVALID_ARGUMENT', `Expected at least one activity of "${name}" to activate, but got none`);
  }
  const possible = run.model.scopes.get(node.id)?.implicitStartIds ?? [];
  for (const { elementId } of elements) {
    if (possible.includes(elementId)) continue;
    const found = run.model.nodes.get(elementId);
    throw new Refusal(
      'INVALID_ARGUMENT',
      found?.scopeId === node.id
        ? `Expected an activity of "${name}" that nothing leads to, but "${elementId}" is reached from inside it`
        : `Expected one of ${possible.join(', ')} in "${name}", but got "${elementId}"`,
    );
  }
  if (!node.sequential) return;
  const runs = !cancelRemaining && run.draft.childrenOf(element.key).size > 0;
  if (!runs && elements.length === 1) return;
  const found = runs ? 'one is running' : `${elements.length} are asked for`;
  throw new Refusal('INVALID_STATE', `Expected one activity at a time in "${name}", but ${found}`);
}

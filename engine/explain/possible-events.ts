import { assertNever } from '../assert-never.ts';
import type { ElementInstance } from '../instance.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import type { CaughtTrigger, PossibleEvent } from './explanation.ts';
import { explainSubscription, explainTimer, named, type Explained, type HangingRows } from './explain-rows.ts';

/** What may still happen to an element: events on its border, and event sub-processes of a scope that none interrupts. */
export function possibleEvents(
  element: ElementInstance,
  rows: HangingRows,
  explained: Explained,
): readonly PossibleEvent[] {
  const { model } = explained;
  const node = model.nodes.get(element.elementId);
  // The border of a loop is that of its body.
  const border = node !== undefined && isActivity(node) && element.loopIndex === null ? node.boundaryEventIds : [];
  const scope = element.memory?.interruptedBy === undefined ? model.scopes.get(element.elementId) : undefined;
  const isBody = element.elementType === 'multiInstanceBody';
  const handlers = isBody ? [] : (scope?.eventSubProcessIds ?? []);
  return [
    ...border.flatMap((id) => eventsOf(model.nodes.get(id), { place: 'boundary', rows, explained })),
    ...handlers.flatMap((id) => {
      const handler = model.nodes.get(id);
      if (handler?.type !== 'eventSubProcess') return [];
      return eventsOf(model.nodes.get(handler.startEventId), { place: 'eventSubProcess', rows, explained });
    }),
  ];
}

function eventsOf(
  node: FlowNode | undefined,
  at: { readonly place: PossibleEvent['place']; readonly rows: HangingRows; readonly explained: Explained },
): readonly PossibleEvent[] {
  if (node?.type !== 'boundaryEvent' && node?.type !== 'startEvent') return [];
  const { id, event, interrupting } = node;
  const { place, rows, explained } = at;
  const open = [
    ...rows.timers.filter(({ elementId }) => elementId === id).map((timer) => explainTimer(timer, explained)),
    ...rows.subscriptions.filter(({ elementId }) => elementId === id).map((one) => explainSubscription(one, explained)),
  ];
  const caught = definitionsOf(event).flatMap((definition): readonly CaughtTrigger[] => {
    switch (definition.kind) {
      case 'error':
      case 'escalation':
        return [{ kind: definition.kind, code: definition.code ?? null }];
      case 'cancel':
        return [{ kind: 'cancel' }];
      // What waits as a row is among the open ones; compensation is thrown by the model, and the rest stands on no border.
      case 'timer':
      case 'message':
      case 'signal':
      case 'conditional':
      case 'compensate':
      case 'none':
      case 'link':
      case 'terminate':
        return [];
      default:
        return assertNever(definition);
    }
  });
  return [...open, ...caught].map((trigger) => ({ place, ...named(explained.model, id), interrupting, trigger }));
}

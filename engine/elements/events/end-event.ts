import { cancelTransaction } from '../../behaviors/cancel-transaction.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { dropPending } from '../../behaviors/run.ts';
import { terminateChildren } from '../../behaviors/terminate-element.ts';
import { reachThrow } from '../../behaviors/throw-event.ts';
import { definitionsOf } from '../../model/definitions-of.ts';

/**
 * BPMN 2.0.2 §10.5.3, §13.5.6: throws all it defines, in file order, compensation after the rest and an error last; then its token is gone. No attributes of its own; a
 * message may be sent by a job worker (`zeebe:taskDefinition`).
 */
export const endEvent: ElementBehavior<'endEvent'> = {
  type: 'endEvent',
  activate: (run, node, element) => reachThrow(run, node, element),
  /** Terminate ends its own scope only; the scope then completes and its parent goes on. Cancel undoes its transaction. */
  afterComplete(run, node, element) {
    if (node.event.kind === 'none' || element.scopeKey === null) return;
    const kinds = definitionsOf(node.event).map(({ kind }) => kind);
    if (kinds.includes('cancel')) cancelTransaction(run, element.scopeKey);
    if (!kinds.includes('terminate')) return;
    dropPending(run, element.scopeKey);
    terminateChildren(run, element.scopeKey);
  },
};

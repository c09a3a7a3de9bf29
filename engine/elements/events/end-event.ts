import { assertNever } from '../../assert-never.ts';
import { completeElement } from '../../behaviors/complete-element.ts';
import { createJob } from '../../behaviors/create-job.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import type { Run } from '../../behaviors/run.ts';
import { dropPending } from '../../behaviors/run.ts';
import { sendMessage } from '../../behaviors/send-message.ts';
import { Stuck } from '../../behaviors/stuck.ts';
import { terminateChildren } from '../../behaviors/terminate-element.ts';
import { findCatcher, throwError } from '../../behaviors/throw-error.ts';
import type { ElementInstance } from '../../instance.ts';
import type { EndEvent } from '../../model/process-model.ts';

/** BPMN 2.0.2 §10.5.3, §13.5.6: none, message, error and terminate ends. */
export const endEvent: ElementBehavior<'endEvent'> = {
  type: 'endEvent',
  activate(run, node, element) {
    const { event } = node;
    switch (event.kind) {
      case 'none':
      case 'terminate':
        completeElement(run, element.key);
        return;
      case 'message':
        if (event.job !== undefined) createJob(run, event.job, element);
        else {
          sendMessage(run, event.message, element);
          completeElement(run, element.key);
        }
        return;
      case 'error':
        throwFrom(run, node, element, event.error.code ?? '');
        return;
      default:
        assertNever(event);
    }
  },
  /** Terminate ends its own scope only; the scope then completes and its parent goes on. */
  afterComplete(run, node, element) {
    if (node.event.kind !== 'terminate' || element.scopeKey === null) return;
    dropPending(run, element.scopeKey);
    terminateChildren(run, element.scopeKey);
  },
};

function throwFrom(run: Run, node: EndEvent, element: ElementInstance, errorCode: string): void {
  const catcher = findCatcher(run, element.key, errorCode);
  if (catcher === null) {
    throw new Stuck(
      'UNHANDLED_ERROR_EVENT',
      `Expected a boundary event that catches error "${errorCode}" thrown by "${node.name || node.id}", but there is none`,
    );
  }
  throwError(run, catcher, { errorCode, errorMessage: '', variables: {} });
}

import { assertNever } from '../assert-never.ts';
import type { ElementInstance } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import type { SingleEventDefinition } from '../model/event-definition.ts';
import type { EndEvent, IntermediateThrowEvent } from '../model/process-model.ts';
import { completeElement } from './complete-element.ts';
import { createJob } from './create-job.ts';
import { emit } from './emit.ts';
import { evaluateText } from './evaluate-value.ts';
import { findCatcher } from './find-catcher.ts';
import { nodeById, schedule, type Run } from './run.ts';
import { sendMessage } from './send-message.ts';
import { Stuck } from './stuck.ts';
import { throwError } from './throw-error.ts';
import { throwEscalation } from './throw-escalation.ts';

/** Throws everything the event defines, in file order, and completes it unless it waits for what it threw, or is gone. */
export function throwEvent(run: Run, node: IntermediateThrowEvent | EndEvent, element: ElementInstance): void {
  let waits = false;
  definitionsOf(node.event).forEach((definition, index) => {
    if (!run.draft.elements.has(element.key)) return;
    waits = throwDefinition(run, definition, { node, element, index }) || waits;
  });
  if (!waits && run.draft.elements.has(element.key)) completeElement(run, element.key);
}

interface Thrower {
  readonly node: IntermediateThrowEvent | EndEvent;
  readonly element: ElementInstance;
  readonly index: number;
}

/** Returns true when the event has to wait for what it threw. */
function throwDefinition(run: Run, definition: SingleEventDefinition, { node, element, index }: Thrower): boolean {
  switch (definition.kind) {
    // A terminate end ends its scope when it has completed: `afterComplete`.
    case 'none':
    case 'terminate':
      return false;
    case 'message':
      if (definition.job === undefined) {
        sendMessage(run, definition.message, { element, index });
        return false;
      }
      createJob(run, definition.job, element);
      return true;
    case 'signal':
      broadcast(
        run,
        evaluateText(run, { expression: definition.name, scopeKey: element.key, purpose: 'the signal name' }),
        {
          element,
          index,
        },
      );
      return false;
    case 'escalation': {
      const escalationCode = definition.code ?? '';
      emit(run, { kind: 'escalationThrown', elementId: node.id, escalationCode });
      throwEscalation(run, element.key, { escalationCode, variables: ownVariables(run, element) });
      return false;
    }
    case 'error':
      throwErrorFrom(run, node, element, definition.code ?? '');
      return false;
    case 'link':
      jump(run, node, { element, linkName: definition.linkName });
      return false;
    case 'compensate':
    case 'cancel':
    case 'timer':
    case 'conditional':
      throw new Error(`Expected ${node.id} to throw something that can be thrown, not ${definition.kind}`);
    default:
      return assertNever(definition);
  }
}

/** To everybody who waits for it at this moment, and to none later (§10.5.1): the shell delivers it after the commit. */
function broadcast(run: Run, name: string, { element, index }: Pick<Thrower, 'element' | 'index'>): void {
  emit(run, { kind: 'signalBroadcast', elementId: element.elementId, signalName: name });
  run.effects.push({
    kind: 'broadcastSignal',
    signalId: `${element.key}:${index}`,
    name,
    variables: ownVariables(run, element),
  });
}

/** What the input mappings of the event give along. */
function ownVariables(run: Run, element: ElementInstance): VariableMap {
  const own = run.draft.variables.get(element.key)?.values() ?? [];
  return Object.fromEntries([...own].map(({ name, value }) => [name, value]));
}

function throwErrorFrom(run: Run, node: Thrower['node'], element: ElementInstance, errorCode: string): void {
  const catcher = findCatcher(run, element.key, { kind: 'error', code: errorCode });
  if (catcher === null) {
    throw new Stuck(
      'UNHANDLED_ERROR_EVENT',
      `Expected a boundary event or event sub-process that catches error "${errorCode}" thrown by "${node.name || node.id}", but there is none`,
    );
  }
  throwError(run, catcher, { errorCode, errorMessage: '', variables: {} });
}

/** Link (§10.5.5): the token goes on at the catch event of the same name in the same scope. */
function jump(
  run: Run,
  node: Thrower['node'],
  { element, linkName }: { readonly element: ElementInstance; readonly linkName: string },
): void {
  const targetId = run.model.scopes.get(node.scopeId)?.links.get(linkName);
  if (targetId === undefined || element.scopeKey === null) throw new Error(`Expected a link "${linkName}" to lead on`);
  schedule(run, {
    kind: 'activate',
    scopeKey: element.scopeKey,
    nodeId: nodeById(run, targetId).id,
    occurrence: { variables: {}, definitionIndex: 0 },
  });
}

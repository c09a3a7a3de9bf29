import { assertNever } from '../assert-never.ts';
import type { ElementInstance } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { SingleEventDefinition } from '../model/event-definition.ts';
import type { FlowNode } from '../model/process-model.ts';
import { createJob } from './create-job.ts';
import { emit } from './emit.ts';
import { evaluateText } from './evaluate-value.ts';
import { findCatcher } from './find-catcher.ts';
import { planHearing } from './hear-signal.ts';
import { ownVariables } from './own-variables.ts';
import { nodeById, schedule, type Run } from './run.ts';
import { planMessage } from './send-message.ts';
import { Stuck } from './stuck.ts';
import { throwCompensation } from './throw-compensation.ts';
import { throwError } from './throw-error.ts';
import { throwEscalation } from './throw-escalation.ts';

/** Who throws: an event that is reached, or a loop at one of its instances. */
export interface Thrower {
  readonly node: FlowNode;
  /** Where expressions are evaluated; its key makes the ids of what is sent unique. */
  readonly element: ElementInstance;
  /** From where a handler is looked for: the element itself, or the loop around it. */
  readonly from: Key;
  /** The place of the definition among those thrown together. */
  readonly index: number;
  /** What goes with it; what the element has of its own when absent. */
  readonly variables?: VariableMap;
}

/** Evaluates what throwing needs; the answer throws it and says whether the thrower has to wait for what it threw. */
export function planThrow(run: Run, definition: SingleEventDefinition, thrower: Thrower): () => boolean {
  const { node, element, index } = thrower;
  switch (definition.kind) {
    // What ends with the scope comes when the event has completed: `afterComplete` of the end event.
    case 'none':
    case 'terminate':
    case 'cancel':
      return () => false;
    case 'message': {
      const { job, message } = definition;
      if (job === undefined) {
        const { variables } = thrower;
        return goesOn(planMessage(run, message, { element, index, ...(variables === undefined ? {} : { variables }) }));
      }
      return () => {
        createJob(run, job, element);
        return true;
      };
    }
    case 'signal': {
      const name = evaluateText(run, {
        expression: definition.name,
        scopeKey: element.key,
        purpose: 'the signal name',
      });
      return goesOn(() => broadcast(run, name, thrower));
    }
    case 'escalation': {
      const escalationCode = definition.code ?? '';
      return goesOn(() => {
        emit(run, { kind: 'escalationThrown', elementId: node.id, escalationCode });
        throwEscalation(run, thrower.from, { escalationCode, variables: variablesOf(run, thrower) });
      });
    }
    case 'error':
      return goesOn(planError(run, definition.code ?? '', thrower));
    case 'link':
      return goesOn(() => jump(run, thrower, definition.linkName));
    case 'compensate':
      return () => {
        throwCompensation(run, definition, { node, element, next: index + 1 });
        return true;
      };
    case 'timer':
    case 'conditional':
      throw new Error(`Expected ${node.id} to throw something that can be thrown, not ${definition.kind}`);
    default:
      return assertNever(definition);
  }
}

function goesOn(throwIt: () => void): () => boolean {
  return () => {
    throwIt();
    return false;
  };
}

/** To everybody who waits for it at this moment, and to none later (§10.5.1): other instances get it after the commit. */
function broadcast(run: Run, name: string, thrower: Thrower): void {
  const { element, index } = thrower;
  const variables = variablesOf(run, thrower);
  const hear = planHearing(run, name);
  emit(run, { kind: 'signalBroadcast', elementId: element.elementId, signalName: name });
  run.effects.push({
    kind: 'broadcastSignal',
    signalId: `${element.key}:${index}`,
    name,
    variables,
  });
  hear(variables);
}

/** What the thrower says, else what the input mappings of the event give along. */
function variablesOf(run: Run, { element, variables }: Thrower): VariableMap {
  return variables ?? ownVariables(run, element);
}

function planError(run: Run, errorCode: string, thrower: Thrower): () => void {
  const { node, from } = thrower;
  const catcher = findCatcher(run, from, { kind: 'error', code: errorCode });
  if (catcher === null) {
    throw new Stuck(
      'UNHANDLED_ERROR_EVENT',
      `Expected a boundary event or event sub-process that catches ${errorCode === '' ? 'an error without a code' : `error "${errorCode}"`} thrown by "${node.name || node.id}", but there is none`,
    );
  }
  return () => throwError(run, catcher, { errorCode, errorMessage: '', variables: thrower.variables ?? {} });
}

/** Link (§10.5.5): the token goes on at the catch event of the same name in the same scope. */
function jump(run: Run, { node, element }: Thrower, linkName: string): void {
  const targetId = run.model.scopes.get(node.scopeId)?.links.get(linkName);
  if (targetId === undefined || element.scopeKey === null) throw new Error(`Expected a link "${linkName}" to lead on`);
  schedule(run, {
    kind: 'activate',
    scopeKey: element.scopeKey,
    node: nodeById(run, targetId),
    occurrence: { variables: {}, definitionIndex: 0 },
  });
}

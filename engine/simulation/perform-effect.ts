import { assertNever } from '../assert-never.ts';
import type { Effect } from '../effect.ts';
import type { Key } from '../key.ts';
import type { Stage } from './stage.ts';

/** As on the server: a process that calls itself for ever ends in an incident. */
const CALL_DEPTH_LIMIT = 20;

/** Carries out what leaves an instance; for whom a signal is must be read when it is thrown, see `stage.ts`. */
export function performEffect(stage: Stage, effect: Exclude<Effect, { kind: 'broadcastSignal' }>): void {
  switch (effect.kind) {
    case 'startCalledInstance':
      startCalled(stage, effect);
      return;
    case 'cancelCalledInstance':
      stage.send(effect.processInstanceKey, { kind: 'cancelInstance', byParent: true });
      return;
    case 'suspendCalledInstance':
      stage.send(effect.processInstanceKey, { kind: 'suspendInstance', byParent: true });
      return;
    case 'resumeCalledInstance':
      stage.send(effect.processInstanceKey, { kind: 'resumeInstance', byParent: true });
      return;
    case 'completeCallActivity':
      stage.send(effect.processInstanceKey, { ...effect, kind: 'completeCalledInstance' });
      return;
    case 'compensateCalledInstance':
      stage.send(effect.processInstanceKey, { ...effect, kind: 'compensateInstance' });
      return;
    case 'dropCompensations':
      stage.send(effect.processInstanceKey, { kind: 'dropCompensations' });
      return;
    case 'throwErrorInParent':
      stage.send(effect.processInstanceKey, { ...effect, kind: 'throwCalledInstanceError' });
      return;
    case 'throwEscalationInParent':
      stage.send(effect.processInstanceKey, { ...effect, kind: 'throwCalledInstanceEscalation' });
      return;
    case 'publishMessage':
      stage.publish(effect);
      return;
    case 'notifyDeadline':
      stage.notices.push(effect);
      return;
    default:
      assertNever(effect);
  }
}

function startCalled(stage: Stage, effect: Extract<Effect, { kind: 'startCalledInstance' }>): void {
  const { processInstanceKey, parentProcessInstanceKey, elementInstanceKey } = effect;
  const reject = (message: string) =>
    stage.send(parentProcessInstanceKey, { kind: 'rejectCalledInstance', elementInstanceKey, message });
  if (callersOf(stage, parentProcessInstanceKey) + 1 > CALL_DEPTH_LIMIT) {
    reject(`Expected at most ${CALL_DEPTH_LIMIT} processes that call one another`);
    return;
  }
  const called = stage.library.processByKey(effect.processDefinitionKey);
  const outcome = stage.execute(processInstanceKey, {
    kind: 'startInstance',
    processInstanceKey,
    processDefinitionKey: called.processDefinitionKey,
    deploymentKey: called.deploymentKey,
    definitionVersion: called.version,
    variables: effect.variables,
    ...(effect.businessId === null ? {} : { businessId: effect.businessId }),
    ...(effect.conversationKey === null ? {} : { conversationKey: effect.conversationKey }),
    parent: {
      rootProcessInstanceKey: effect.rootProcessInstanceKey,
      processInstanceKey: parentProcessInstanceKey,
      elementInstanceKey,
      catches: effect.catches,
      suspendedAt: stage.instances.get(parentProcessInstanceKey)?.instance.header.suspendedAt ?? null,
    },
  });
  if (!outcome.accepted) reject(outcome.rejection.message);
}

/** How many instances called one another until this one. */
function callersOf({ instances }: Stage, processInstanceKey: Key): number {
  let count = 0;
  let parent = instances.get(processInstanceKey)?.instance.header.parent ?? null;
  while (parent !== null) {
    count += 1;
    parent = instances.get(parent.processInstanceKey)?.instance.header.parent ?? null;
  }
  return count;
}

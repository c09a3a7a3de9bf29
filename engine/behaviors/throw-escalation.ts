import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import { emit } from './emit.ts';
import { startEventSubProcess } from './event-sub-process.ts';
import { findCatcher, type Catcher } from './find-catcher.ts';
import { schedule, type Run } from './run.ts';
import { terminateElement } from './terminate-element.ts';

export interface ThrownEscalation {
  readonly escalationCode: string;
  readonly variables: VariableMap;
}

/**
 * Hands an escalation to the innermost handler (BPMN 2.0.2 §13.5.3). Nobody's escalation is no failure: the thrower goes
 * on, as it does after a non-interrupting handler.
 */
export function throwEscalation(run: Run, elementInstanceKey: Key, escalation: ThrownEscalation): void {
  const catcher = findCatcher(run, elementInstanceKey, { kind: 'escalation', code: escalation.escalationCode });
  if (catcher !== null) handTo(run, catcher, escalation);
}

function handTo(run: Run, catcher: Catcher, escalation: ThrownEscalation): void {
  const { escalationCode, variables } = escalation;
  const occurrence = { variables, definitionIndex: 0 };
  switch (catcher.kind) {
    case 'parent':
      escalateToParent(run, escalation, catcher.interrupting);
      return;
    case 'eventSubProcess': {
      const { handler, scope } = catcher;
      emit(run, { kind: 'escalationCaught', elementId: handler.start.id, escalationCode });
      startEventSubProcess(run, handler, { scope, occurrence });
      return;
    }
    case 'boundary': {
      const { event, host } = catcher;
      if (host.scopeKey === null) return;
      emit(run, { kind: 'escalationCaught', elementId: event.id, escalationCode });
      schedule(run, { kind: 'activate', scopeKey: host.scopeKey, node: event, occurrence });
      if (event.interrupting) terminateElement(run, host.key);
      return;
    }
  }
}

/** An interrupting handler above ends this instance where it stands; a non-interrupting one lets it go on. */
function escalateToParent(run: Run, escalation: ThrownEscalation, interrupting: boolean): void {
  const { header } = run.draft;
  if (header.parent === null) return;
  if (interrupting) {
    terminateElement(run, header.processInstanceKey);
    emit(run, { kind: 'instanceTerminated' });
  }
  run.effects.push({
    kind: 'throwEscalationInParent',
    processInstanceKey: header.parent.processInstanceKey,
    elementInstanceKey: header.parent.elementInstanceKey,
    ...escalation,
  });
}

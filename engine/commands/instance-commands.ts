import type { CommandOfKind } from '../command.ts';
import { emit } from '../behaviors/emit.ts';
import { Refusal } from '../behaviors/refusal.ts';
import type { Run } from '../behaviors/run.ts';
import { terminateElement } from '../behaviors/terminate-element.ts';
import { propagateVariables, setLocalVariables } from '../behaviors/write-variables.ts';

export function cancelInstance(run: Run, command: CommandOfKind<'cancelInstance'>): void {
  const { header } = run.draft;
  if (header.parent !== null && !command.byParent) {
    throw new Refusal(
      'INVALID_STATE',
      `Expected to cancel a root process instance, but ${header.processInstanceKey} was called by ` +
        `${header.parent.processInstanceKey}; cancel ${header.rootProcessInstanceKey} instead`,
    );
  }
  terminateElement(run, header.processInstanceKey);
  emit(run, { kind: 'instanceTerminated' });
}

export function setVariables(run: Run, command: CommandOfKind<'setVariables'>): void {
  if (!run.draft.elements.has(command.scopeKey)) {
    throw new Refusal('NOT_FOUND', `Expected an active element instance ${command.scopeKey} to hold the variables`);
  }
  if (command.local) setLocalVariables(run, command.scopeKey, command.variables);
  else propagateVariables(run, command.scopeKey, command.variables);
}

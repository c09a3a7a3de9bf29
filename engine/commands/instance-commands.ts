import type { CommandOfKind } from '../command.ts';
import { emit } from '../behaviors/emit.ts';
import { Refusal } from '../behaviors/refusal.ts';
import type { Run } from '../behaviors/run.ts';
import { terminateElement } from '../behaviors/terminate-element.ts';
import { propagateVariables, setLocalVariables } from '../behaviors/write-variables.ts';
import { refuseCalled } from './refuse-called.ts';

export function cancelInstance(run: Run, command: CommandOfKind<'cancelInstance'>): void {
  refuseCalled(run, command.byParent, 'cancel');
  terminateElement(run, run.draft.header.processInstanceKey);
  emit(run, { kind: 'instanceTerminated' });
}

export function setVariables(run: Run, command: CommandOfKind<'setVariables'>): void {
  if (!run.draft.elements.has(command.scopeKey)) {
    throw new Refusal('NOT_FOUND', `Expected an active element instance ${command.scopeKey} to hold the variables`);
  }
  if (command.local) setLocalVariables(run, command.scopeKey, command.variables);
  else propagateVariables(run, command.scopeKey, command.variables);
}

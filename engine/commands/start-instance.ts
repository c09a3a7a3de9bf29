import type { CommandOfKind } from '../command.ts';
import { emptyInstance } from '../create-instance.ts';
import type { ElementInstance, Instance, InstanceHeader } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { ProcessModel } from '../model/process-model.ts';
import { attempt } from '../behaviors/attempt.ts';
import { emit } from '../behaviors/emit.ts';
import { Refusal } from '../behaviors/refusal.ts';
import type { Run } from '../behaviors/run.ts';
import { startScope } from '../behaviors/start-scope.ts';
import { chosenSet, missingIn } from '../behaviors/take-inputs.ts';
import { setLocalVariables } from '../behaviors/write-variables.ts';

/** The instance as it stands before its first event. */
export function newInstance(model: ProcessModel, command: CommandOfKind<'startInstance'>): Instance {
  return emptyInstance(headerOf(model, command));
}

export function startInstance(run: Run, command: CommandOfKind<'startInstance'>): void {
  const { model } = run;
  const key = command.processInstanceKey;
  const startId = command.startElementId;
  const scope = model.scopes.get(model.processId);
  const isStart = startId === scope?.noneStartId || scope?.eventStarts.some((start) => start.elementId === startId);
  if (startId !== undefined && isStart !== true) {
    throw new Refusal('INVALID_ARGUMENT', `Expected a start event "${startId}" in process "${model.processId}"`);
  }
  if (startId === undefined && scope?.noneStartId === undefined && scope?.implicitStartIds.length === 0) {
    throw new Refusal(
      'INVALID_STATE',
      `Expected process "${model.processId}" to have a none start event, but it starts by events only`,
    );
  }
  if (startId === undefined || startId === scope?.noneStartId) requireInputs(run, command.variables);
  emit(run, { kind: 'instanceStarted', header: headerOf(model, command) });
  const element: ElementInstance = {
    key,
    elementId: model.processId,
    elementType: 'process',
    scopeKey: null,
    state: 'active',
    startedAt: run.now,
    loop: null,
    loopIndex: null,
    calledInstanceKey: null,
    memory: null,
  };
  emit(run, { kind: 'elementActivated', element });
  setLocalVariables(run, key, command.variables);
  const occurrence =
    startId === undefined
      ? null
      : { variables: {}, definitionIndex: command.startDefinitionIndex ?? 0, eventId: startId };
  attempt(run, element, { kind: 'start', occurrence }, () =>
    startScope(run, model.processId, { scope: element, occurrence }),
  );
}

/** `ioSpecification` of the process (BPMN 2.0.2 §10.4.1); what an event brings is mapped by the event. */
function requireInputs({ model }: Run, variables: VariableMap): void {
  const sets = model.io?.inputSets ?? [];
  if (chosenSet({ inputSets: sets }, variables) !== null) return;
  throw new Refusal(
    'INVALID_ARGUMENT',
    `Expected process "${model.processId}" to be started with its inputs, but ${missingIn({ inputSets: sets }, variables).join(', ')} is missing`,
  );
}

function headerOf(model: ProcessModel, command: CommandOfKind<'startInstance'>): InstanceHeader {
  const { parent } = command;
  return {
    processInstanceKey: command.processInstanceKey,
    processDefinitionKey: command.processDefinitionKey,
    deploymentKey: command.deploymentKey,
    processId: model.processId,
    definitionVersion: command.definitionVersion,
    versionTag: model.versionTag ?? null,
    rootProcessInstanceKey: parent?.rootProcessInstanceKey ?? command.processInstanceKey,
    parent:
      parent === undefined
        ? null
        : {
            processInstanceKey: parent.processInstanceKey,
            elementInstanceKey: parent.elementInstanceKey,
            catches: parent.catches,
          },
    businessId: command.businessId ?? null,
    conversationKey: command.conversationKey ?? null,
    tags: command.tags ?? [],
    state: 'active',
    startedAt: command.now,
    endedAt: null,
    suspendedAt: parent?.suspendedAt ?? null,
    historyLength: 0,
  };
}

import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { emit } from '../../behaviors/emit.ts';
import { evaluateText } from '../../behaviors/evaluate-value.ts';
import { ownVariables } from '../../behaviors/own-variables.ts';
import { pairedNames, renamed } from '../../behaviors/rename-parameters.ts';
import { readVariables } from '../../behaviors/read-variables.ts';
import { remember } from '../../behaviors/take-inputs.ts';
import { takeKey, type Run } from '../../behaviors/run.ts';
import { notDeployed } from '../../behaviors/not-deployed.ts';
import { catchesAround } from '../../behaviors/find-catcher.ts';
import type { ElementInstance } from '../../instance.ts';
import type { VariableMap } from '../../json.ts';
import type { CallActivity } from '../../model/process-model.ts';

/**
 * BPMN 2.0.2 §10.3.6, §13.3.4: starts another process, or a global task (§10.3.7), and waits for it. The version is
 * resolved now. Attribute: `calledElement`, or `zeebe:calledElement` with `processId`, `bindingType`, `versionTag`,
 * `propagateAllParentVariables`, `propagateAllChildVariables`.
 */
export const callActivity: ElementBehavior<'callActivity'> = {
  type: 'callActivity',
  activate(run, node, element) {
    const { header } = run.draft;
    const id = evaluateText(run, { expression: node.called.id, scopeKey: element.key, purpose: 'the called process' });
    const { bindingType, versionTag } = node.called;
    const found = run.library.findProcess({ id, bindingType, versionTag, deploymentKey: header.deploymentKey });
    if (found === undefined) throw notDeployed('CALLED_ELEMENT_ERROR', `process "${id}"`, node.called);
    const processInstanceKey = takeKey(run);
    const catches = catchesAround(run, element.key);
    const { io } = found.model;
    const outputNames = pairedNames(io?.outputs ?? [], node.io?.outputs ?? []);
    if (Object.keys(outputNames).length > 0) remember(run, element, { outputNames });
    emit(run, {
      kind: 'calledInstanceStarted',
      elementInstanceKey: element.key,
      elementId: node.id,
      processInstanceKey,
      processId: id,
    });
    run.effects.push({
      kind: 'startCalledInstance',
      processInstanceKey,
      processDefinitionKey: found.processDefinitionKey,
      rootProcessInstanceKey: header.rootProcessInstanceKey,
      parentProcessInstanceKey: header.processInstanceKey,
      elementInstanceKey: element.key,
      catches,
      variables: renamed(variablesFor(run, node, element), pairedNames(node.io?.inputs ?? [], io?.inputs ?? [])),
      businessId: header.businessId,
      conversationKey: header.conversationKey,
    });
  },
};

function variablesFor(run: Run, node: CallActivity, element: ElementInstance): VariableMap {
  if (node.propagateAllParentVariables) return readVariables(run, element.key).toContext();
  return ownVariables(run, element);
}

import type { ElementInstance } from '../../instance.ts';
import type { VariableMap } from '../../json.ts';
import type { Key } from '../../key.ts';
import { isActivity, type FlowNode } from '../../model/process-model.ts';
import { activateElement } from '../../behaviors/activate-element.ts';
import { openEventSubProcesses } from '../../behaviors/event-sub-process.ts';
import { outwards } from '../../behaviors/living.ts';
import { applyInputMappings } from '../../behaviors/map-variables.ts';
import { openBoundaryEvents } from '../../behaviors/open-event.ts';
import { Refusal } from '../../behaviors/refusal.ts';
import { planById, schedule, type Run } from '../../behaviors/run.ts';
import { Stuck } from '../../behaviors/stuck.ts';
import { declareVariables, setLocalVariables } from '../../behaviors/write-variables.ts';
import type { Activation } from './plan-activation.ts';

/** Makes the scopes that are missing, each once for the command, and lets the element start in the innermost. */
export function startActivation(run: Run, activation: Activation, made: Map<string, Key>): void {
  const { node, missing, variables, apart } = activation;
  const global = variables.filter(({ scopeId = '' }) => scopeId === '');
  for (const one of global) setLocalVariables(run, run.draft.header.processInstanceKey, one.variables);
  const own = (id: string): VariableMap => Object.assign({}, ...of(activation, id)) as VariableMap;
  giveToLivingScopes(run, activation);
  let scopeKey = activation.baseKey;
  for (const scope of missing) {
    const place = `${scopeKey}/${scope.id}`;
    const known = apart ? undefined : made.get(place);
    scopeKey = known ?? makeScope(run, scope, { scopeKey, variables: own(scope.id) }).key;
    made.set(place, scopeKey);
  }
  schedule(run, { kind: 'activate', scopeKey, node, variables: own(node.id) });
}

function of({ variables }: Activation, id: string): readonly VariableMap[] {
  return variables.filter(({ scopeId }) => scopeId === id).map((one) => one.variables);
}

function giveToLivingScopes(run: Run, activation: Activation): void {
  for (const scope of outwards(run, activation.baseKey)) {
    for (const variables of of(activation, scope.elementId)) setLocalVariables(run, scope.key, variables);
  }
}

/** As when it is entered by a token, except that nothing starts in it by itself. */
function makeScope(
  run: Run,
  node: FlowNode,
  place: { readonly scopeKey: Key; readonly variables: VariableMap },
): ElementInstance {
  const element = activateElement(run, planById(run, node.id), place);
  try {
    applyInputMappings(run, node, element);
    declareVariables(run, element.key, run.model.scopes.get(node.id)?.variableNames ?? []);
    if (isActivity(node) && node.boundaryEventIds.length > 0) openBoundaryEvents(run, node, element);
    openEventSubProcesses(run, node.id, element);
  } catch (reason) {
    if (!(reason instanceof Stuck)) throw reason;
    throw new Refusal('INVALID_STATE', `Expected "${node.name || node.id}" to start, but: ${reason.message}`, [
      { elementId: node.id, message: reason.message, remedy: 'Correct the variables it reads, then modify again.' },
    ]);
  }
  return element;
}

import type { ConditionSubscription, ElementInstance } from '../instance.ts';
import type { FlowNode } from '../model/process-model.ts';
import { enterElement } from './activate-element.ts';
import { attempt } from './attempt.ts';
import { emit } from './emit.ts';
import { raiseIncident } from './raise-incident.ts';
import { planById, type Run } from './run.ts';
import { Stuck } from './stuck.ts';
import { chosenSet, missingIn, readInputs, remember } from './take-inputs.ts';

/** Lets an activity begin whose inputs have come (BPMN 2.0.2 §13.3.2); says whether it has. */
export function lookForInputs(run: Run, node: FlowNode, subscription: ConditionSubscription): boolean {
  const element = run.draft.elements.get(subscription.elementInstanceKey);
  const { associations } = node;
  if (element === undefined || associations === undefined) return false;
  const inputs = readOrReport(run, node, { element, subscription });
  if (inputs === null) return true;
  if (chosenSet(associations, inputs) === null) {
    const missingInputs = missingIn(associations, inputs);
    if (missingInputs.join() !== element.memory?.missingInputs?.join()) remember(run, element, { missingInputs });
    return false;
  }
  close(run, subscription);
  remember(run, element, { missingInputs: [] });
  attempt(run, element, RETRY, () => enterElement(run, planById(run, node.id), element, RETRY));
  return true;
}

const RETRY = { kind: 'activate', boundariesOpen: true } as const;

/** An association that cannot be evaluated is an incident, whose retry waits anew. */
function readOrReport(
  run: Run,
  node: FlowNode,
  { element, subscription }: { readonly element: ElementInstance; readonly subscription: ConditionSubscription },
): ReturnType<typeof readInputs> | null {
  const { associations } = node;
  if (associations === undefined) return null;
  try {
    return readInputs(run, node, { element, associations });
  } catch (reason) {
    if (!(reason instanceof Stuck)) throw reason;
    close(run, subscription);
    raiseIncident(run, element, { type: reason.type, message: reason.message, retry: RETRY });
    return null;
  }
}

function close(run: Run, { key, elementId }: ConditionSubscription): void {
  emit(run, { kind: 'subscriptionClosed', subscriptionKey: key, elementId });
}

import { definitionsOf } from './definitions-of.ts';
import type { FlowNode, ProcessModel } from './process-model.ts';

/** Worked out once per model: most have nothing of the kind, and then no subscription is looked at when a variable changes. */
const known = new WeakMap<ProcessModel, boolean>();

/** Whether anything in the model waits for variables: a conditional event, or an activity that needs inputs to begin. */
export function waitsForVariables(model: ProcessModel): boolean {
  const found = known.get(model);
  if (found !== undefined) return found;
  const waits = [...model.nodes.values()].some(isLookedAt);
  known.set(model, waits);
  return waits;
}

function isLookedAt(node: FlowNode): boolean {
  if ((node.associations?.inputSets.length ?? 0) > 0) return true;
  return 'event' in node && definitionsOf(node.event).some(({ kind }) => kind === 'conditional');
}

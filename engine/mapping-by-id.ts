import type { MappingInstruction } from './command.ts';
import type { Instance } from './instance.ts';
import { eventsAt } from './model/events-at.ts';
import type { ProcessModel } from './model/process-model.ts';

/**
 * The mapping that nobody has to write: whatever of an instance runs, with the events on it, goes to the element of the same
 * id, unless a plan says otherwise. What has no such element is left out, and named when the plan is checked.
 */
export function mappingById(
  instance: Instance,
  { from, to }: { readonly from: ProcessModel; readonly to: ProcessModel },
  plan: readonly MappingInstruction[],
): readonly MappingInstruction[] {
  const said = new Set(plan.map(({ sourceElementId }) => sourceElementId));
  const ids = new Set<string>();
  for (const { elementId } of instance.elements.values()) {
    ids.add(elementId);
    const { boundary, starts, behind } = eventsAt(from, elementId);
    for (const eventId of [...boundary, ...starts, ...behind]) ids.add(eventId);
  }
  for (const { elementId } of [...instance.tokens.values(), ...instance.compensations.values()]) ids.add(elementId);
  return [...ids]
    .filter((id) => !said.has(id) && from.nodes.has(id) && to.nodes.has(id))
    .map((id) => ({ sourceElementId: id, targetElementId: id }));
}

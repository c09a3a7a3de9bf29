import type { BoundaryEvent, FlowNode, ProcessModel } from '../../model/process-model.ts';
import { reachableFrom } from '../successors-of.ts';
import { joinOf } from './join-of.ts';

/**
 * Boundary events of a scope that do not interrupt and whose path never meets what they stand beside: a reminder, a
 * report. It may happen any number of times, so its path is explored alone, as another way to begin; put beside the main
 * path it would only pile up tokens in every loop.
 */
export function sideEventsOf(
  process: ProcessModel,
  own: readonly FlowNode[],
  startIds: readonly string[],
): readonly BoundaryEvent[] {
  const events = own.filter((node) => node.type === 'boundaryEvent' && !node.interrupting) as readonly BoundaryEvent[];
  const main = reachableFrom(process, startIds, { besides: false });
  const reach = new Map(events.map((event) => [event, reachableFrom(process, [event.id], { besides: true })] as const));
  return events.filter((event) => {
    const beside = reachableFrom(process, [event.attachedToId], { besides: false });
    const reached = reach.get(event)!;
    if ([...reached].some((id) => main.has(id) || beside.has(id))) return false;
    // Two such paths that are joined need each other.
    const joins = [...reached].filter((id) => isJoin(process.nodes.get(id)));
    return !events.some((other) => other !== event && joins.some((id) => reach.get(other)!.has(id)));
  });
}

function isJoin(node: FlowNode | undefined): boolean {
  return node !== undefined && joinOf(node) !== 'any' && node.incoming.length > 1;
}

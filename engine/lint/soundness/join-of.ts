import type { FlowNode, FlowNodeType } from '../../model/process-model.ts';

/** Which tokens a node waits for: one, one on each flow, or all that can still come. */
export type Join = 'any' | 'all' | 'inclusive';

/** A complex gateway waits like an inclusive one: whether its condition holds earlier depends on data (ADR 0010). */
const JOINS: Partial<Readonly<Record<FlowNodeType, Join>>> = {
  parallelGateway: 'all',
  inclusiveGateway: 'inclusive',
  complexGateway: 'inclusive',
};

export function joinOf({ type }: FlowNode): Join {
  return JOINS[type] ?? 'any';
}

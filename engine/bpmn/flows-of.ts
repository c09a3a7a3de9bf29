import { elementOf, elementsOf, type ModdleElement } from './moddle-element.ts';

/**
 * The sequence flows that really touch a node. `sourceRef` and `targetRef` of the flow are the truth (BPMN 2.0.2
 * §8.4.13): the `incoming` and `outgoing` children of the node are optional and only give the order.
 */
export function flowsOf(node: ModdleElement, direction: 'incoming' | 'outgoing'): readonly ModdleElement[] {
  const end = direction === 'incoming' ? 'targetRef' : 'sourceRef';
  const listed = elementsOf(node, direction).filter((flow) => elementOf(flow, end) === node);
  const known = new Set(listed);
  const others = elementsOf(elementOf(node, '$parent'), 'flowElements').filter(
    (flow) => flow.$type === 'bpmn:SequenceFlow' && elementOf(flow, end) === node && !known.has(flow),
  );
  return [...known, ...others];
}

import type { Activity } from '../model/process-model.ts';
import type { NodeParts } from './compile-node.ts';
import { elementOf, elementsOf, numberOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

type Quantities = Pick<Activity, 'startQuantity' | 'completionQuantity'>;

/** `startQuantity` and `completionQuantity` (BPMN 2.0.2 table 10.3): whole numbers from 1. */
export function compileQuantities(element: ModdleElement, parts: NodeParts, problems: ProblemList): Quantities {
  const startQuantity = quantityOf(element, 'startQuantity', problems);
  const completionQuantity = quantityOf(element, 'completionQuantity', problems);
  if (startQuantity !== undefined) checkTokensCollect(element, parts, problems);
  return {
    ...(startQuantity === undefined ? {} : { startQuantity }),
    ...(completionQuantity === undefined ? {} : { completionQuantity }),
  };
}

function quantityOf(element: ModdleElement, name: keyof Quantities, problems: ProblemList): number | undefined {
  const quantity = numberOf(element, name) ?? 1;
  if (quantity === 1) return undefined;
  if (Number.isSafeInteger(quantity) && quantity > 1 && quantity <= MOST) return quantity;
  problems.add(element, {
    code: 'illegal-number',
    message: `${name} of ${titleOf(element)} is ${quantity}; it must be a whole number from 1 to ${MOST}.`,
    remedy: 'Say how many tokens it needs or gives; leave it out for 1.',
  });
  return undefined;
}

/** More than anybody draws; a model must not be able to flood an instance with tokens. */
const MOST = 1_000;

/** Only tokens that come by flows collect; what starts an element in another way comes alone. */
function checkTokensCollect(element: ModdleElement, { incoming }: NodeParts, problems: ProblemList): void {
  const parent = elementOf(element, '$parent');
  const sources = incoming.map((flowId) => sourceOf(parent, flowId));
  if (incoming.length > 0 && !sources.includes('bpmn:EventBasedGateway')) return;
  problems.unsupported(
    element,
    'A startQuantity where no flow brings tokens that can collect',
    'Lead flows to it from steps other than an event-based gateway, or take the startQuantity away.',
  );
}

function sourceOf(scope: ModdleElement | undefined, flowId: string): string | undefined {
  const flow = elementsOf(scope, 'flowElements').find(({ id }) => id === flowId);
  return elementOf(flow, 'sourceRef')?.$type;
}

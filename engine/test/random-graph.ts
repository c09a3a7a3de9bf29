import fc from 'fast-check';
import type { ElementSpec, ProcessSpec } from '../testing/build-bpmn.ts';

/** A graph of any shape, not only blocks: joins that starve, loops into joins, boundary paths and links between them. */
export interface Graph {
  readonly process: ProcessSpec;
  /** Where a token can go: sequence flows by id; null is a boundary event of its host or a link. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly flowId: string | null }[];
}

type Kind =
  'userTask' | 'inclusiveGateway' | 'exclusiveGateway' | 'parallelGateway' | 'complexGateway' | 'collector' | 'link';

interface Drawn {
  readonly type: Kind;
  /** Which earlier node leads to it, so that every node is reached. */
  readonly from: number;
  readonly salt: number;
  readonly boundary: 'none' | 'stop' | 'note';
  readonly boundaryTo: number;
}

export function graphs(kinds: readonly [Kind, ...Kind[]]): fc.Arbitrary<Graph> {
  const node = fc.record({
    type: fc.constantFrom(...kinds),
    from: fc.nat({ max: 99 }),
    salt: fc.nat({ max: 3 }),
    boundary: fc.constantFrom('none' as const, 'none' as const, 'none' as const, 'stop' as const, 'note' as const),
    boundaryTo: fc.nat({ max: 99 }),
  });
  const extra = fc.record({ from: fc.nat({ max: 99 }), to: fc.nat({ max: 99 }) });
  return fc
    .tuple(fc.array(node, { minLength: 4, maxLength: 10 }), fc.array(extra, { minLength: 2, maxLength: 14 }))
    .map(([nodes, extras]) => draw(nodes, extras));
}

const MESSAGE =
  '<bpmn:message id="M" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;k&quot;"/></bpmn:extensionElements></bpmn:message>';

function draw(nodes: readonly Drawn[], extras: readonly { readonly from: number; readonly to: number }[]): Graph {
  const elements: Record<string, ElementSpec | string> = { Start: 'startEvent' };
  const pairs = new Set<string>();
  const lead = (from: string, to: number) => pairs.add(`${from} N${to}`);
  const edges: Graph['edges'][number][] = [];
  nodes.forEach((node, index) => {
    const before = node.from % (index + 1);
    lead(before === 0 ? 'Start' : exitOf(nodes, before - 1), index);
    if (node.type === 'link') edges.push({ from: `N${index}`, to: `N${index}c`, flowId: null });
    if (node.boundary === 'none' || !isTask(node)) return;
    lead(`N${index}b`, node.boundaryTo % nodes.length);
    edges.push({ from: `N${index}`, to: `N${index}b`, flowId: null });
  });
  for (const { from, to } of extras) {
    const [source, target] = [from % nodes.length, to % nodes.length];
    // Only what waits may lead back: a loop that never waits is another test.
    if (target > source || isTask(nodes[source])) lead(exitOf(nodes, source), target);
  }
  const flows = [...pairs].map((pair) => pair.split(' ') as [string, string]);
  for (const [from, to] of flows) edges.push({ from, to, flowId: `${from}_${to}` });
  nodes.forEach((node, index) => Object.assign(elements, elementsOf(node, index)));
  const marked = flows.map(([from, to]) => `${from} -> ${to}${markOf(nodes, flows, { from, to })}`);
  return { process: { id: 'graph', roots: MESSAGE, elements, flows: marked }, edges };
}

function isTask(node: Drawn | undefined): boolean {
  return node?.type === 'userTask' || node?.type === 'collector';
}

function exitOf(nodes: readonly Drawn[], index: number): string {
  return nodes[index]?.type === 'link' ? `N${index}c` : `N${index}`;
}

function elementsOf({ type, salt, boundary }: Drawn, index: number): Record<string, ElementSpec | string> {
  const id = `N${index}`;
  const event: Record<string, ElementSpec> =
    boundary === 'none'
      ? {}
      : {
          [`${id}b`]: {
            type: 'boundaryEvent',
            attributes: `attachedToRef="${id}" cancelActivity="${boundary === 'stop'}"`,
            inner: '<bpmn:messageEventDefinition messageRef="M"/>',
          },
        };
  const link = `<bpmn:linkEventDefinition name="${id}"/>`;
  switch (type) {
    case 'userTask':
      return { [id]: type, ...event };
    case 'collector':
      return { [id]: { type: 'userTask', attributes: 'startQuantity="2"' }, ...event };
    case 'link':
      return {
        [id]: { type: 'intermediateThrowEvent', inner: link },
        [`${id}c`]: { type: 'intermediateCatchEvent', inner: link },
      };
    case 'complexGateway': {
      const condition = `=activationCount &gt;= ${1 + (salt % 2)}`;
      const inner = `<bpmn:activationCondition xsi:type="bpmn:tFormalExpression">${condition}</bpmn:activationCondition>`;
      return { [id]: { type, inner } };
    }
    default:
      return { [id]: type };
  }
}

/** Conditions over `n`, which changes with every task that is done; the last flow of a choice is its default. */
function markOf(
  nodes: readonly Drawn[],
  flows: readonly (readonly [string, string])[],
  { from, to }: { readonly from: string; readonly to: string },
): string {
  const node = nodes[Number(from.slice(1))];
  const targets = flows.filter(([source]) => source === from).map(([, target]) => target);
  const place = targets.indexOf(to);
  if (node === undefined || targets.length < 2) return '';
  const last = place === targets.length - 1;
  if (node.type === 'exclusiveGateway') {
    return last ? ' default' : ` [=modulo(n + ${node.salt}, ${targets.length}) = ${place}]`;
  }
  if (node.type === 'inclusiveGateway') return last ? ' default' : ` [=modulo(n + ${node.salt + place}, 2) = 0]`;
  if (node.type !== 'complexGateway' || place > 0) return '';
  return node.salt < 2 ? ' [=not(waitingForStart)]' : ' [=waitingForStart]';
}

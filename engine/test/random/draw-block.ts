import type { ElementSpec, ScopeSpec } from '../../testing/build-bpmn.ts';
import type { AdHoc, Block, Container, Handler, Split } from './block.ts';
import {
  BOUNDARY_SPECS,
  CHOSEN_EVENTS,
  COMPLEX_JOIN,
  compensable,
  HANDLER_SPECS,
  LEAF_SPECS,
  LOOP_MARKERS,
} from './random-elements.ts';

interface Drawing {
  readonly elements: Record<string, ElementSpec | string>;
  readonly flows: string[];
}

/** Draws a block as a process or sub-process with a start and an end. Ids tell the path through the tree. */
export function drawScope(block: Block, name = 'N'): ScopeSpec {
  const drawing: Drawing = { elements: { [`${name}Start`]: 'startEvent', [`${name}End`]: 'endEvent' }, flows: [] };
  const exit = place(block, { drawing, from: `${name}Start`, name: `${name}_` });
  if (exit !== null) drawing.flows.push(`${exit} -> ${name}End`);
  else delete drawing.elements[`${name}End`];
  return drawing;
}

interface Place {
  readonly drawing: Drawing;
  readonly from: string;
  readonly name: string;
  /** Written behind the flow into the block, such as a condition. */
  readonly mark?: string;
}

/** Returns the element at which the block ends; null when nothing comes out of it. */
function place(block: Block, at: Place): string | null {
  switch (block.kind) {
    case 'leaf':
      return placeLeaf(block.leaf, at);
    case 'sequence':
      return placeSequence(block.blocks, at);
    case 'parallel':
    case 'choice':
    case 'inclusive':
    case 'complex':
    case 'mixed':
    case 'flows':
    case 'events':
      return placeBranches(block, at);
    case 'again':
      return placeLoop(block.inner, at);
    case 'transaction':
      return placeTransaction(block.inner, at);
    case 'adHoc':
    case 'adHocInTurn':
    case 'adHocUntil':
      return placeAdHoc(block, at);
    default:
      return placeContainer(block, at);
  }
}

function placeLeaf(
  leaf: Extract<Block, { kind: 'leaf' }>['leaf'],
  { drawing, from, name, mark = '' }: Place,
): string | null {
  const { elements, flows } = drawing;
  flows.push(`${from} -> ${name}${mark}`);
  if (leaf === 'link') {
    const inner = `<bpmn:linkEventDefinition name="${name}"/>`;
    elements[name] = { type: 'intermediateThrowEvent', inner };
    elements[`${name}to`] = { type: 'intermediateCatchEvent', inner };
    return `${name}to`;
  }
  if (leaf === 'twice') {
    elements[name] = { type: 'task', attributes: 'completionQuantity="2"' };
    elements[`${name}to`] = { type: 'userTask', attributes: 'startQuantity="2"' };
    flows.push(`${name} -> ${name}to`);
    return `${name}to`;
  }
  if (leaf === 'compensable') {
    Object.assign(elements, compensable(name));
    return name;
  }
  const spec = LEAF_SPECS[leaf];
  elements[name] = spec;
  return spec.type === 'endEvent' ? null : name;
}

function placeSequence(blocks: readonly Block[], { drawing, from, name, mark = '' }: Place): string | null {
  let at: string | null = from;
  for (const [index, inner] of blocks.entries()) {
    at = place(inner, { drawing, from: at, name: `${name}${index}`, mark: index === 0 ? mark : '' });
    if (at === null) return null;
  }
  return at;
}

const GATEWAYS: Readonly<Record<Split, readonly [split: string, join: string]>> = {
  parallel: ['parallelGateway', 'parallelGateway'],
  choice: ['exclusiveGateway', 'exclusiveGateway'],
  inclusive: ['inclusiveGateway', 'inclusiveGateway'],
  // A complex join lets one token through as soon as one has come, and takes the others when it resets.
  complex: ['parallelGateway', 'complexGateway'],
  mixed: ['parallelGateway', 'inclusiveGateway'],
  // Conditional flows straight out of an activity.
  flows: ['task', 'inclusiveGateway'],
  events: ['eventBasedGateway', 'exclusiveGateway'],
};

function placeBranches(
  block: { readonly kind: Split; readonly blocks: readonly Block[] },
  { drawing, from, name, mark = '' }: Place,
): string | null {
  const { elements, flows } = drawing;
  const [split, join] = GATEWAYS[block.kind];
  const fork = `${name}f`;
  elements[fork] = split;
  flows.push(`${from} -> ${fork}${mark}`);
  const exits = block.blocks.map((inner, index) => {
    const inside = `${name}${index}`;
    if (block.kind !== 'events') {
      return place(inner, { drawing, from: fork, name: inside, mark: markOf(block.kind, index) });
    }
    elements[`${inside}w`] = CHOSEN_EVENTS[index % CHOSEN_EVENTS.length] as ElementSpec;
    flows.push(`${fork} -> ${inside}w`);
    return place(inner, { drawing, from: `${inside}w`, name: inside });
  });
  const open = exits.filter((exit) => exit !== null);
  if (open.length === 0) return null;
  elements[`${name}j`] = block.kind === 'complex' ? COMPLEX_JOIN : join;
  for (const exit of open) flows.push(`${exit} -> ${name}j`);
  return `${name}j`;
}

/** What stands behind a flow out of the split: every way, exactly one, or one and more. */
function markOf(kind: Exclude<Split, 'events'>, index: number): string {
  switch (kind) {
    case 'parallel':
    case 'complex':
    case 'mixed':
      return '';
    case 'choice':
      return index === 0 ? ' default' : ` [=choice = ${index}]`;
    case 'inclusive':
    case 'flows':
      return index === 0 ? ' default' : ` [=choice >= ${index}]`;
  }
}

/** A way back, taken twice at most; a user task on it keeps it from running on without a wait. */
function placeLoop(inner: Block, { drawing, from, name, mark = '' }: Place): string | null {
  const { elements, flows } = drawing;
  elements[`${name}m`] = 'exclusiveGateway';
  flows.push(`${from} -> ${name}m${mark}`);
  const exit = place(inner, { drawing, from: `${name}m`, name: `${name}i` });
  if (exit === null) return null;
  const counter = `c${name}`;
  elements[`${name}t`] = {
    type: 'scriptTask',
    inner: `<bpmn:extensionElements><zeebe:script expression="=if ${counter} = null then 1 else ${counter} + 1" resultVariable="${counter}"/></bpmn:extensionElements>`,
  };
  elements[`${name}x`] = 'exclusiveGateway';
  flows.push(`${exit} -> ${name}t -> ${name}x`, `${name}x -> ${name}m [=${counter} < 3]`);
  elements[`${name}y`] = 'task';
  flows.push(`${name}x -> ${name}y default`);
  return `${name}y`;
}

/** Does its work, then sometimes cancels it; what follows either way meets again. */
function placeTransaction(inner: Block, { drawing, from, name, mark = '' }: Place): string {
  const { elements, flows } = drawing;
  const inside = drawScope(inner, `${name}s`);
  const decide = `${name}tq`;
  const scope: ScopeSpec = {
    elements: {
      [`${name}ta`]: 'startEvent',
      [`${name}tw`]: { type: 'subProcess', scope: inside },
      [decide]: 'exclusiveGateway',
      [`${name}to`]: 'endEvent',
      [`${name}tn`]: { type: 'endEvent', inner: '<bpmn:cancelEventDefinition/>' },
    },
    flows: [
      `${name}ta -> ${name}tw -> ${decide}`,
      `${decide} -> ${name}to default`,
      `${decide} -> ${name}tn [=choice = 1]`,
    ],
  };
  elements[name] = { type: 'transaction', scope };
  elements[`${name}b`] = {
    type: 'boundaryEvent',
    attributes: `attachedToRef="${name}"`,
    inner: '<bpmn:cancelEventDefinition/>',
  };
  elements[`${name}c`] = 'userTask';
  elements[`${name}x`] = 'exclusiveGateway';
  flows.push(`${from} -> ${name}${mark}`, `${name} -> ${name}x`, `${name}b -> ${name}c -> ${name}x`);
  return `${name}x`;
}

/** Nothing leads to the activities inside; each is a sub-process with the drawing of its block. */
function placeAdHoc(
  { kind, blocks }: { readonly kind: AdHoc; readonly blocks: readonly Block[] },
  { drawing, from, name, mark = '' }: Place,
): string {
  const inside = blocks.map((block, index) => {
    const id = `${name}a${index}`;
    return [id, { type: 'subProcess', scope: drawScope(block, `${id}s`) }] as const;
  });
  const until =
    '<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=n != null and n &gt; 2</bpmn:completionCondition>';
  drawing.elements[name] = {
    type: 'adHocSubProcess',
    attributes: kind === 'adHocInTurn' ? 'ordering="Sequential"' : '',
    inner: kind === 'adHocUntil' ? until : '',
    scope: { elements: Object.fromEntries(inside), flows: [] },
  };
  drawing.flows.push(`${from} -> ${name}${mark}`);
  return name;
}

function placeContainer(
  block: Extract<Block, { kind: Container }>,
  { drawing, from, name, mark = '' }: Place,
): string | null {
  const { elements, flows } = drawing;
  const inside = drawScope(block.inner, `${name}s`);
  const scope = block.handler === 'none' ? inside : withHandler(inside, block.handler, `${name}h`);
  elements[name] = { type: 'subProcess', inner: LOOP_MARKERS[block.kind], scope };
  flows.push(`${from} -> ${name}${mark}`);
  if (block.boundary === 'none') return name;
  const [inner, interrupting] = BOUNDARY_SPECS[block.boundary];
  const attributes = `attachedToRef="${name}"${interrupting ? '' : ' cancelActivity="false"'}`;
  elements[`${name}b`] = { type: 'boundaryEvent', attributes, inner };
  elements[`${name}c`] = 'userTask';
  flows.push(`${name}b -> ${name}c`);
  if (interrupting) {
    // The path of an interrupting event comes back, so that no join behind it starves.
    elements[`${name}x`] = 'exclusiveGateway';
    flows.push(`${name} -> ${name}x`, `${name}c -> ${name}x`);
    return `${name}x`;
  }
  elements[`${name}d`] = 'endEvent';
  flows.push(`${name}c -> ${name}d`);
  return name;
}

function withHandler(scope: ScopeSpec, handler: Exclude<Handler, 'none'>, name: string): ScopeSpec {
  const [inner, interrupting] = HANDLER_SPECS[handler];
  const start = { type: 'startEvent', inner, attributes: interrupting ? '' : 'isInterrupting="false"' };
  const eventSubProcess: ElementSpec = {
    type: 'subProcess',
    attributes: 'triggeredByEvent="true"',
    scope: {
      elements: { [`${name}a`]: start, [`${name}t`]: 'userTask', [`${name}z`]: 'endEvent' },
      flows: [`${name}a -> ${name}t -> ${name}z`],
    },
  };
  return { elements: { ...scope.elements, [name]: eventSubProcess }, flows: scope.flows };
}

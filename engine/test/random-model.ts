import fc from 'fast-check';
import type { ElementSpec, ScopeSpec } from '../testing/build-bpmn.ts';

/** A block-structured process: every block has one way in and one way out, so nothing can be left waiting at a join. */
export type Block =
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  | { readonly kind: 'parallel' | 'choice'; readonly blocks: readonly Block[] }
  | { readonly kind: 'scope' | 'each'; readonly inner: Block; readonly boundary: Boundary };
export type Leaf = 'userTask' | 'serviceTask' | 'scriptTask' | 'task' | 'timer' | 'message' | 'failing' | 'terminate';
export type Boundary = 'none' | 'timer' | 'reminder' | 'message' | 'note' | 'error';

const leaf = fc.constantFrom<Leaf>(
  'userTask',
  'serviceTask',
  'scriptTask',
  'task',
  'timer',
  'message',
  'failing',
  'terminate',
);
const boundary = fc.constantFrom<Boundary>('none', 'timer', 'reminder', 'message', 'note', 'error');

export const blocks: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('leaf' as const), leaf }),
    fc.record({
      kind: fc.constant('sequence' as const),
      blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constantFrom('parallel' as const, 'choice' as const),
      blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constantFrom('scope' as const, 'each' as const), inner: tie('block'), boundary }),
  ),
})).block;

const LEAVES: Readonly<Record<Leaf, ElementSpec>> = {
  userTask: { type: 'userTask' },
  serviceTask: {
    type: 'serviceTask',
    inner: '<bpmn:extensionElements><zeebe:taskDefinition type="work"/></bpmn:extensionElements>',
  },
  scriptTask: {
    type: 'scriptTask',
    inner:
      '<bpmn:extensionElements><zeebe:script expression="=if n = null then 1 else n + 1" resultVariable="n"/></bpmn:extensionElements>',
  },
  task: { type: 'task' },
  timer: { type: 'intermediateCatchEvent', inner: timer('timeDuration', 'PT1H') },
  message: { type: 'intermediateCatchEvent', inner: '<bpmn:messageEventDefinition messageRef="M"/>' },
  // Stuck until an operator sets `mended`.
  failing: {
    type: 'serviceTask',
    inner:
      '<bpmn:extensionElements><zeebe:taskDefinition type="=mended"/><zeebe:ioMapping><zeebe:input source="=n" target="local"/></zeebe:ioMapping></bpmn:extensionElements>',
  },
  terminate: { type: 'endEvent', inner: '<bpmn:terminateEventDefinition/>' },
};

const BOUNDARIES: Readonly<Record<Exclude<Boundary, 'none'>, readonly [inner: string, interrupting: boolean]>> = {
  timer: [timer('timeDuration', 'PT3H'), true],
  reminder: [timer('timeCycle', 'R2/PT1H'), false],
  message: ['<bpmn:messageEventDefinition messageRef="M"/>', true],
  note: ['<bpmn:messageEventDefinition messageRef="M"/>', false],
  error: ['<bpmn:errorEventDefinition/>', true],
};

export const ROOTS =
  '<bpmn:message id="M" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;k&quot;"/></bpmn:extensionElements></bpmn:message>';

interface Drawing {
  readonly elements: Record<string, ElementSpec | string>;
  readonly flows: string[];
}

/** Draws a block as a process or sub-process with a start and an end. */
export function draw(block: Block, name = 'N'): ScopeSpec {
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

/** Returns the element at which the block ends; null when it ends the scope. */
function place(block: Block, { drawing, from, name, mark = '' }: Place): string | null {
  const { elements, flows } = drawing;
  switch (block.kind) {
    case 'leaf':
      elements[name] = LEAVES[block.leaf];
      flows.push(`${from} -> ${name}${mark}`);
      return block.leaf === 'terminate' ? null : name;
    case 'sequence': {
      let at: string | null = from;
      for (const [index, inner] of block.blocks.entries()) {
        at = place(inner, { drawing, from: at, name: `${name}${index}`, mark: index === 0 ? mark : '' });
        if (at === null) return null;
      }
      return at;
    }
    case 'parallel':
    case 'choice':
      return placeBranches(block, { drawing, from, name, mark });
    default: {
      const loop =
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="item" outputCollection="out" outputElement="=n"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>';
      elements[name] = {
        type: 'subProcess',
        inner: block.kind === 'each' ? loop : '',
        scope: draw(block.inner, `${name}s`),
      };
      flows.push(`${from} -> ${name}${mark}`);
      if (block.boundary !== 'none') {
        const [inner, interrupting] = BOUNDARIES[block.boundary];
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
      }
      return name;
    }
  }
}

function placeBranches(
  block: Extract<Block, { kind: 'parallel' | 'choice' }>,
  { drawing, from, name, mark }: Place,
): string | null {
  const { elements, flows } = drawing;
  const type = block.kind === 'parallel' ? 'parallelGateway' : 'exclusiveGateway';
  elements[`${name}f`] = type;
  flows.push(`${from} -> ${name}f${mark}`);
  const exits = block.blocks.map((inner, index) => {
    const branch = block.kind === 'parallel' ? '' : index === 0 ? ' default' : ` [=choice = ${index}]`;
    return place(inner, { drawing, from: `${name}f`, name: `${name}${index}`, mark: branch });
  });
  const open = exits.filter((exit) => exit !== null);
  if (open.length === 0) return null;
  elements[`${name}j`] = type;
  for (const exit of open) flows.push(`${exit} -> ${name}j`);
  return `${name}j`;
}

function timer(kind: string, value: string): string {
  return `<bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${value}</bpmn:${kind}></bpmn:timerEventDefinition>`;
}

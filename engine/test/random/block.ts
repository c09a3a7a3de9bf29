import fc from 'fast-check';

/**
 * A random process as a tree of blocks. Each block has one way in and at most one way out, so a model always can end when
 * everybody does what is asked; `graph` blocks draw their flows at random and may leave tokens stranded.
 */
export type Block =
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  | { readonly kind: Split; readonly blocks: readonly Block[] }
  | { readonly kind: 'again'; readonly inner: Block }
  | { readonly kind: 'transaction'; readonly inner: Block }
  | { readonly kind: AdHoc; readonly blocks: readonly Block[] }
  | { readonly kind: Container; readonly inner: Block; readonly boundary: Boundary; readonly handler: Handler };

/** Elements that stand alone. */
const LEAVES = [
  'userTask',
  'serviceTask',
  'scriptTask',
  'task',
  'manualTask',
  'receiveTask',
  'sendTask',
  'callActivity',
  'timer',
  'message',
  'signal',
  'condition',
  'multiple',
  'parallelMultiple',
  'throwMessage',
  'throwSignal',
  'throwEscalation',
  'link',
  'twice',
  'compensable',
  'throwCompensation',
  'compensationEnd',
  'failing',
  'terminate',
  'errorEnd',
  'escalationEnd',
] as const;
export type Leaf = (typeof LEAVES)[number];

const SPLITS = ['parallel', 'choice', 'inclusive', 'complex', 'mixed', 'flows', 'events'] as const;
export type Split = (typeof SPLITS)[number];

const CONTAINERS = ['scope', 'each', 'inTurn', 'times', 'loop', 'loopFirst'] as const;
export type Container = (typeof CONTAINERS)[number];

const AD_HOC = ['adHoc', 'adHocInTurn', 'adHocUntil'] as const;
/** An ad-hoc sub-process: all at once, one after another, until a condition holds. */
export type AdHoc = (typeof AD_HOC)[number];

/** What sits on the border of a container. */
const BOUNDARIES = [
  'none',
  'timer',
  'reminder',
  'message',
  'note',
  'signal',
  'condition',
  'error',
  'escalation',
  'gentleEscalation',
] as const;
export type Boundary = (typeof BOUNDARIES)[number];

/** The event sub-process inside a container. */
const HANDLERS = [
  'none',
  'message',
  'gentleMessage',
  'timer',
  'gentleTimer',
  'error',
  'escalation',
  'condition',
] as const;
export type Handler = (typeof HANDLERS)[number];

const MAX_NESTING = 5;
const MAX_NODES = 60;

const nesting = fc.createDepthIdentifier();
const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: MAX_NESTING, depthIdentifier: nesting, depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('leaf' as const), leaf: fc.constantFrom(...LEAVES) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('sequence' as const),
        blocks: fc.array(tie('block'), { minLength: 1, maxLength: 4, depthIdentifier: nesting }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom(...SPLITS),
        blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3, depthIdentifier: nesting }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), inner: tie('block') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('transaction' as const), inner: tie('block') }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom(...AD_HOC),
        blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3, depthIdentifier: nesting }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom(...CONTAINERS),
        inner: tie('block'),
        boundary: fc.constantFrom(...BOUNDARIES),
        handler: fc.constantFrom(...HANDLERS),
      }),
    },
  ),
}));

/** Random processes of at most `MAX_NODES` flow nodes, nested at most five deep. */
export const blocks: fc.Arbitrary<Block> = block.filter((one) => sizeOf(one) <= MAX_NODES);

function sizeOfLeaf(leaf: Leaf): number {
  if (leaf === 'compensable') return 3;
  return leaf === 'link' || leaf === 'twice' ? 2 : 1;
}

/** About how many flow nodes a block is drawn with. */
function sizeOf(block: Block): number {
  const sum = (inner: readonly Block[]) => inner.reduce((total, one) => total + sizeOf(one), 0);
  switch (block.kind) {
    case 'leaf':
      return sizeOfLeaf(block.leaf);
    case 'sequence':
      return sum(block.blocks);
    case 'parallel':
    case 'choice':
    case 'inclusive':
    case 'complex':
    case 'mixed':
    case 'flows':
      return sum(block.blocks) + 2;
    case 'events':
      return sum(block.blocks) + 2 + block.blocks.length;
    case 'transaction':
      return sizeOf(block.inner) + 8;
    case 'adHoc':
    case 'adHocInTurn':
    case 'adHocUntil':
      return sum(block.blocks) + 1 + 3 * block.blocks.length;
    case 'again':
      return sizeOf(block.inner) + 3;
    default:
      return sizeOf(block.inner) + 3 + (block.boundary === 'none' ? 0 : 3) + (block.handler === 'none' ? 0 : 4);
  }
}

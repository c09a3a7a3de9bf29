import { inclusiveJoinIsComplete, joinsOfLastResort, type JoinReach } from './join-reach.ts';
import type { NetNode, Outcome, TokenNet } from './token-net.ts';

/** More tokens than this on one flow are not followed: what multiplies without end has been reported long before. */
const TOKENS_PER_FLOW = 3;

/** More than one token on the way into a node that takes each of them alone. */
export function receivesTwice(marking: Uint8Array, { inputs }: NetNode): boolean {
  return inputs.reduce((sum, input) => sum + marking[input]!, 0) > 1;
}

/** In the order of the places, so that the same model is always walked in the same way. */
export function nodesWithTokens(marking: Uint8Array, { targets }: TokenNet): readonly NetNode[] {
  const nodes: NetNode[] = [];
  for (let place = 0; place < marking.length; place += 1) {
    const node = marking[place] === 0 ? undefined : targets[place];
    if (node !== undefined && !nodes.includes(node)) nodes.push(node);
  }
  return nodes;
}

/** What can happen next; one node where its turn may come first without losing anything. */
export function nodesToFire(
  marking: Uint8Array,
  net: TokenNet,
  { joins, patient }: { readonly joins: ReadonlyMap<NetNode, JoinReach>; readonly patient: ReadonlySet<NetNode> },
): readonly NetNode[] {
  const ready = nodesWithTokens(marking, net).filter((node) => isReady(marking, node, joins));
  if (ready.length === 0) return joinsOfLastResort(marking, joins);
  // An inclusive join may lose its turn when another token moves on, so with one of them everything is tried.
  if (ready.some(({ join }) => join === 'inclusive')) return ready;
  const first = ready.filter((node) => node.join === 'any' && node.takes === 1 && !patient.has(node));
  // Choices last: the ways of one choice come together again before the next one multiplies them.
  const next = first.find(({ outcomes }) => outcomes.length === 1) ?? first[0];
  return next === undefined ? ready : [next];
}

function isReady(marking: Uint8Array, node: NetNode, joins: ReadonlyMap<NetNode, JoinReach>): boolean {
  const { inputs, join, takes } = node;
  if (inputs.length === 0) return false;
  if (join === 'all') return inputs.every((input) => marking[input]! > 0);
  if (join === 'inclusive') return inclusiveJoinIsComplete(marking, node, joins.get(node)!);
  return inputs.reduce((sum, input) => sum + marking[input]!, 0) >= takes;
}

/** The marking after a node has fired; null where a flow would carry more tokens than are followed. */
export function fired(marking: Uint8Array, node: NetNode, { outputs }: Outcome): Uint8Array | null {
  const after = marking.slice();
  let toTake = node.takes;
  for (const input of node.inputs) {
    if (after[input] === 0) continue;
    if (node.join === 'any') {
      const taken = Math.min(after[input]!, toTake);
      after[input]! -= taken;
      toTake -= taken;
    } else after[input]! -= 1;
  }
  for (const output of outputs) {
    after[output]! += 1;
    if (after[output]! > TOKENS_PER_FLOW) return null;
  }
  return after;
}

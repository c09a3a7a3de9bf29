import type { PathStep } from '../lint-finding.ts';
import { inclusiveJoinIsComplete, joinReach, joinsOfLastResort, type JoinReach } from './join-reach.ts';
import { stepOf } from './outcomes-of.ts';
import type { NetNode, Outcome, TokenNet } from './token-net.ts';

/** More tokens than this on one flow are not followed: what multiplies without end has been reported long before. */
const TOKENS_PER_FLOW = 3;

export interface Exploration {
  /** Every state was seen. */
  readonly complete: boolean;
  /** Somewhere tokens piled up and were not followed. */
  readonly cut: boolean;
  /** Nodes that took a token somewhere. */
  readonly passed: ReadonlySet<NetNode>;
  /** Where two tokens came together that nothing joins, with the first state in which they did. */
  readonly doubled: ReadonlyMap<NetNode, number>;
  /** Where tokens waited in a state that nothing leaves; with the first such state. */
  readonly stuck: ReadonlyMap<NetNode, number>;
  waitingIn(state: number): readonly NetNode[];
  /** The first state from which no end can be reached although something always goes on; null without one, or unknown. */
  readonly livelock: number | null;
  /** Whether the scope can end in the ordinary way. */
  readonly completes: boolean;
  pathTo(state: number): readonly PathStep[];
  /** The nodes that can still move from a state on. */
  movesFrom(state: number): ReadonlySet<NetNode>;
}

interface State {
  readonly marking: Uint8Array;
  /** Reached through several boundary events of one run: two tokens are meant there. */
  readonly beside: boolean;
  readonly from: number | null;
  readonly via: Move | null;
}

interface Move {
  readonly node: NetNode;
  readonly outcome: Outcome;
}

/**
 * What a walk is after. `doubling`: where two tokens meet that nothing joins; it goes no further from there. `endings`:
 * deadlocks and livelocks. `deadlocks`: these alone, with fewer states.
 */
export type Aim = 'doubling' | 'endings' | 'deadlocks';

/**
 * Walks through every state of the token game, breadth first, so that the first path to a state is a shortest one.
 *
 * A node that waits for one token is fired before all others: nothing else can take its token, so no deadlock is lost
 * (a persistent set, Valmari 1991). Where tokens may come together, at nodes with several incoming flows, they must be able
 * to wait for each other, so these take their turn unless only deadlocks are asked for; and where a circle sends tokens
 * away, what it sends may still be there when it comes round.
 */
export function explore(
  net: TokenNet,
  { maxStates, aim }: { readonly maxStates: number; readonly aim: Aim },
): Exploration {
  const meeting = aim === 'doubling' ? new Set([...mergesOf(net), ...fedByCircles(net)]) : mergesOf(net);
  const patient = aim === 'deadlocks' ? new Set<NetNode>() : meeting;
  const joins = new Map(
    net.nodes.filter(({ join }) => join !== 'any').map((node) => [node, joinReach(net, node)] as const),
  );
  const states: State[] = [];
  const next: number[][] = [];
  const indexOf = new Map<string, number>();
  const passed = new Set<NetNode>();
  const doubled = new Map<NetNode, number>();
  const stuck = new Map<NetNode, number>();
  const endings = new Set<number>();
  const ended = new Set<number>();
  let cut = false;
  let full = false;
  let completes = false;

  const visit = (state: State): number | null => {
    const key = String.fromCharCode(...state.marking, state.beside ? 1 : 0);
    const known = indexOf.get(key);
    if (known !== undefined) return known;
    if (states.length >= maxStates) {
      full = true;
      return null;
    }
    indexOf.set(key, states.length);
    states.push(state);
    next.push([]);
    for (const node of state.beside ? [] : nodesWithTokens(state.marking, net)) {
      if (!meeting.has(node) || !receivesTwice(state.marking, node)) continue;
      if (!doubled.has(node)) doubled.set(node, states.length - 1);
      if (aim === 'doubling') ended.add(states.length - 1);
    }
    return states.length - 1;
  };

  const waitingIn = (state: number): readonly NetNode[] => nodesWithTokens(states[state]!.marking, net);

  for (const start of net.starts) {
    const marking = new Uint8Array(net.targets.length);
    for (const place of start) marking[place] = 1;
    visit({ marking, beside: false, from: null, via: null });
  }
  for (let index = 0; index < states.length; index += 1) {
    if (ended.has(index)) continue;
    const { marking, beside } = states[index]!;
    const moving = nodesToFire(marking, net, { joins, patient });
    if (moving.length === 0) {
      endings.add(index);
      const waiting = waitingIn(index);
      if (waiting.length === 0) completes = true;
      for (const node of waiting) if (!stuck.has(node)) stuck.set(node, index);
    }
    for (const node of moving) {
      passed.add(node);
      for (const outcome of node.outcomes) {
        if (outcome.ends !== undefined) {
          endings.add(index);
          completes ||= outcome.ends === 'completed';
          continue;
        }
        const after = fired(marking, node, outcome);
        if (after === null) {
          cut = true;
          continue;
        }
        const state = {
          marking: after,
          beside: beside || outcome.beside === true,
          from: index,
          via: { node, outcome },
        };
        const reached = visit(state);
        if (reached !== null) next[index]!.push(reached);
      }
    }
  }

  const movesFrom = (state: number): ReadonlySet<NetNode> => {
    const nodes = new Set<NetNode>();
    for (const index of closure([state], (at) => next[at]!)) {
      for (const node of nodesToFire(states[index]!.marking, net, { joins, patient })) nodes.add(node);
    }
    return nodes;
  };
  const complete = !full && net.exact;
  return {
    complete,
    cut,
    passed,
    doubled,
    stuck,
    waitingIn,
    livelock: complete && !cut && aim === 'endings' ? firstWithoutEnd(next, endings) : null,
    completes: completes || !complete || cut || net.starts.length === 0,
    pathTo: (state) => pathTo(states, state),
    movesFrom,
  };
}

function mergesOf(net: TokenNet): ReadonlySet<NetNode> {
  return new Set(net.nodes.filter(({ inputs, join, takes }) => join === 'any' && takes === 1 && inputs.length > 1));
}

/** The nodes behind one that splits its token and may come to do so again. */
function fedByCircles(net: TokenNet): ReadonlySet<NetNode> {
  const splits = net.nodes.filter(
    (node) => node.outcomes.some(({ outputs }) => outputs.length > 1) && reaches(net, node, node),
  );
  const fed = splits.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ outputs }) => outputs.map((place) => net.targets[place]!)),
  );
  return new Set(fed.filter(({ join, takes }) => join === 'any' && takes === 1));
}

export function reaches(net: TokenNet, from: NetNode, to: NetNode): boolean {
  const seen = new Set<NetNode>([from]);
  for (const node of seen) {
    for (const { outputs } of node.outcomes) {
      for (const output of outputs) {
        const target = net.targets[output];
        if (target === to) return true;
        if (target !== undefined) seen.add(target);
      }
    }
  }
  return false;
}

/** More than one token on the way into a node that takes each of them alone. */
function receivesTwice(marking: Uint8Array, { inputs }: NetNode): boolean {
  return inputs.reduce((sum, input) => sum + marking[input]!, 0) > 1;
}

/** In the order of the places, so that the same model is always walked in the same way. */
function nodesWithTokens(marking: Uint8Array, { targets }: TokenNet): readonly NetNode[] {
  const nodes: NetNode[] = [];
  for (let place = 0; place < marking.length; place += 1) {
    const node = marking[place] === 0 ? undefined : targets[place];
    if (node !== undefined && !nodes.includes(node)) nodes.push(node);
  }
  return nodes;
}

/** What can happen next; one node where its turn may come first without losing anything. */
function nodesToFire(
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
function fired(marking: Uint8Array, node: NetNode, { outputs }: Outcome): Uint8Array | null {
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

function firstWithoutEnd(next: readonly (readonly number[])[], endings: ReadonlySet<number>): number | null {
  const before: number[][] = next.map(() => []);
  next.forEach((targets, from) => targets.forEach((to) => before[to]!.push(from)));
  const ending = closure(endings, (at) => before[at]!);
  const first = next.findIndex((_, index) => !ending.has(index));
  return first < 0 ? null : first;
}

function closure(from: Iterable<number>, step: (at: number) => readonly number[]): ReadonlySet<number> {
  const seen = new Set(from);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const at of seen) for (const to of step(at)) seen.add(to);
  return seen;
}

function pathTo(states: readonly State[], index: number): readonly PathStep[] {
  const steps: PathStep[] = [];
  for (let state = states[index]; state !== undefined && state.via !== null; state = states[state.from ?? -1]) {
    steps.unshift(stepOf(state.via.node.node), ...state.via.outcome.through);
  }
  return steps;
}

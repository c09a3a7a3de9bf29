import type { PathStep } from '../lint-finding.ts';
import { fired, nodesToFire, nodesWithTokens, receivesTwice } from './firing.ts';
import { joinReach, type JoinReach } from './join-reach.ts';
import { fedByCircles, mergesOf } from './meeting-places.ts';
import { stepOf } from './outcomes-of.ts';
import type { NetNode, Outcome, TokenNet } from './token-net.ts';

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
export function explore(net: TokenNet, options: ExploreOptions): Exploration {
  const walk = beginWalk(net, options);
  for (let index = 0; index < walk.states.length; index += 1) if (!walk.ended.has(index)) step(walk, index);
  return explorationOf(walk);
}

export interface ExploreOptions {
  readonly maxStates: number;
  readonly aim: Aim;
}

/** What a walk knows; `states` grows while it goes over them. */
interface Walk extends ExploreOptions {
  readonly net: TokenNet;
  /** Where tokens may come together. */
  readonly meeting: ReadonlySet<NetNode>;
  /** Nodes that take their turn, so that tokens can wait for each other. */
  readonly patient: ReadonlySet<NetNode>;
  readonly joins: ReadonlyMap<NetNode, JoinReach>;
  readonly states: State[];
  readonly next: number[][];
  readonly indexOf: Map<string, number>;
  readonly passed: Set<NetNode>;
  readonly doubled: Map<NetNode, number>;
  readonly stuck: Map<NetNode, number>;
  /** States in which the scope ends, or nothing goes on. */
  readonly endings: Set<number>;
  /** States from which the walk goes no further. */
  readonly ended: Set<number>;
  cut: boolean;
  full: boolean;
  completes: boolean;
}

function beginWalk(net: TokenNet, { maxStates, aim }: ExploreOptions): Walk {
  const meeting = aim === 'doubling' ? new Set([...mergesOf(net), ...fedByCircles(net)]) : mergesOf(net);
  const joining = net.nodes.filter(({ join }) => join !== 'any');
  const walk: Walk = {
    net,
    maxStates,
    aim,
    meeting,
    patient: aim === 'deadlocks' ? new Set<NetNode>() : meeting,
    joins: new Map(joining.map((node) => [node, joinReach(net, node)] as const)),
    states: [],
    next: [],
    indexOf: new Map(),
    passed: new Set(),
    doubled: new Map(),
    stuck: new Map(),
    endings: new Set(),
    ended: new Set(),
    cut: false,
    full: false,
    completes: false,
  };
  for (const start of net.starts) {
    const marking = new Uint8Array(net.targets.length);
    for (const place of start) marking[place] = 1;
    visit(walk, { marking, beside: false, from: null, via: null });
  }
  return walk;
}

/** The number of a state, known or new; null when there are too many. */
function visit(walk: Walk, state: State): number | null {
  const { states, indexOf } = walk;
  const key = String.fromCharCode(...state.marking, state.beside ? 1 : 0);
  const known = indexOf.get(key);
  if (known !== undefined) return known;
  if (states.length >= walk.maxStates) {
    walk.full = true;
    return null;
  }
  const index = states.length;
  indexOf.set(key, index);
  states.push(state);
  walk.next.push([]);
  noteDoubled(walk, state, index);
  return index;
}

function noteDoubled({ net, meeting, doubled, aim, ended }: Walk, { marking, beside }: State, index: number): void {
  for (const node of beside ? [] : nodesWithTokens(marking, net)) {
    if (!meeting.has(node) || !receivesTwice(marking, node)) continue;
    if (!doubled.has(node)) doubled.set(node, index);
    if (aim === 'doubling') ended.add(index);
  }
}

/** Everything that can happen next in a state. */
function step(walk: Walk, index: number): void {
  const { marking } = walk.states[index]!;
  const moving = nodesToFire(marking, walk.net, walk);
  if (moving.length === 0) noteEnding(walk, index);
  for (const node of moving) {
    walk.passed.add(node);
    for (const outcome of node.outcomes) happen(walk, index, { node, outcome });
  }
}

function noteEnding(walk: Walk, index: number): void {
  walk.endings.add(index);
  const waiting = nodesWithTokens(walk.states[index]!.marking, walk.net);
  if (waiting.length === 0) walk.completes = true;
  for (const node of waiting) if (!walk.stuck.has(node)) walk.stuck.set(node, index);
}

function happen(walk: Walk, index: number, via: Move): void {
  const { node, outcome } = via;
  if (outcome.ends !== undefined) {
    walk.endings.add(index);
    walk.completes ||= outcome.ends === 'completed';
    return;
  }
  const { marking, beside } = walk.states[index]!;
  const after = fired(marking, node, outcome);
  if (after === null) {
    walk.cut = true;
    return;
  }
  const reached = visit(walk, { marking: after, beside: beside || outcome.beside === true, from: index, via });
  if (reached !== null) walk.next[index]!.push(reached);
}

function explorationOf(walk: Walk): Exploration {
  const { net, states, next, passed, doubled, stuck, endings, cut, full, aim } = walk;
  const complete = !full && net.exact;
  return {
    complete,
    cut,
    passed,
    doubled,
    stuck,
    waitingIn: (state) => nodesWithTokens(states[state]!.marking, net),
    livelock: complete && !cut && aim === 'endings' ? firstWithoutEnd(next, endings) : null,
    completes: walk.completes || !complete || cut || net.starts.length === 0,
    pathTo: (state) => pathTo(states, state),
    movesFrom: (state) => movesFrom(walk, state),
  };
}

function movesFrom({ net, states, next, ...walk }: Walk, state: number): ReadonlySet<NetNode> {
  const reached = closure([state], (at) => next[at]!);
  return new Set([...reached].flatMap((index) => nodesToFire(states[index]!.marking, net, walk)));
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

import { isActivity, type FlowNode, type ProcessModel } from '../../model/process-model.ts';
import type { PathStep } from '../lint-finding.ts';
import type { LintSurroundings } from '../lint-rule.ts';
import { explore, type Exploration } from './explore.ts';
import { reaches } from './meeting-places.ts';
import { nets, sameQuestions, type Question } from './same-questions.ts';
import { buildNet, type NetNode, type TokenNet } from './token-net.ts';

/** What the token game of one scope shows. */
export interface ScopeSoundness {
  readonly scopeId: string;
  readonly starved: readonly Starved[];
  readonly doubled: readonly Doubled[];
  readonly livelock: { readonly nodes: readonly FlowNode[]; readonly path: readonly PathStep[] } | null;
  /** What could not be decided within the bound. */
  readonly undecided: { readonly deadlock: boolean; readonly doubling: boolean };
}

/** A node at which tokens wait for ever. */
export interface Starved {
  readonly node: FlowNode;
  /** It is never complete, whatever way the process takes. */
  readonly always: boolean;
  /** It fired before and kept a token that came twice. */
  readonly surplus: boolean;
  /** The elements in front of the flows on which nothing comes. */
  readonly missing: readonly FlowNode[];
  readonly path: readonly PathStep[];
  /** It takes two of these gateways, which ask the same question, to answer it differently. */
  readonly unlike?: readonly FlowNode[];
}

export interface Doubled {
  readonly node: FlowNode;
  readonly path: readonly PathStep[];
}

/** States per scope that are walked before the answer is "not decided"; fewer where each of them is large. */
const MAX_STATES = 20_000;
const MAX_PLACES = 20_000_000;

/** Explores every scope, inner ones first: whether one can end decides what its sub-process does in the outer one. */
export function soundnessOf(process: ProcessModel, surroundings: LintSurroundings = {}): readonly ScopeSoundness[] {
  const completing = new Map<string, boolean>();
  const result: ScopeSoundness[] = [];
  // The compiler adds a scope when all inside it is compiled.
  for (const scopeId of process.scopes.keys()) {
    const net = buildNet(process, scopeId, (inner) => completing.get(inner) ?? true);
    const maxStates = Math.min(MAX_STATES, Math.ceil(MAX_PLACES / Math.max(1, net.targets.length)));
    const doubling = explore(net, { maxStates, aim: 'doubling' });
    const endings = explore(net, { maxStates, aim: 'endings' });
    const deadlocks = endings.complete ? endings : explore(net, { maxStates, aim: 'deadlocks' });
    completing.set(scopeId, endings.completes || endsByHandler(process, scopeId, completing));
    result.push({
      scopeId,
      starved: withoutCoincidence(net, {
        found: starvedIn(net, deadlocks),
        questions: sameQuestions(process, scopeId, surroundings),
        maxStates,
      }),
      doubled: doubledIn(net, doubling),
      livelock: livelockIn(endings),
      undecided: { deadlock: !deadlocks.complete || deadlocks.cut, doubling: !doubling.complete },
    });
  }
  return result;
}

function starvedIn(net: TokenNet, exploration: Exploration): readonly Starved[] {
  const stuck = [...exploration.stuck];
  return stuck
    .filter(([node, state]) => {
      // Only where it begins: a join behind another that starves in the same state lacks what that one would give.
      const others = exploration.waitingIn(state).filter((other) => other !== node);
      return !others.some((other) => reaches(net, other, node) && !reaches(net, node, other));
    })
    .map(([node, state]) => {
      const path = exploration.pathTo(state);
      const always = exploration.complete && !exploration.cut && !exploration.passed.has(node);
      const surplus = path.some(({ elementId }) => elementId === node.node.id);
      return { node: node.node, always, surplus, missing: missingOf(net, node, path), path };
    });
}

/**
 * A choice is free in the net, so two gateways that ask the same question may answer differently there. What starves only
 * then is marked; what starves in any case is shown with a path that the process can take.
 */
function withoutCoincidence(
  net: TokenNet,
  {
    found,
    questions,
    maxStates,
  }: { readonly found: readonly Starved[]; readonly questions: readonly Question[]; readonly maxStates: number },
): readonly Starved[] {
  const under = found.length === 0 || questions.length === 0 ? null : nets(net, questions);
  if (under === null) return found;
  const walks = under.map((one) => ({ one, walk: explore(one, { maxStates, aim: 'deadlocks' }) }));
  if (walks.some(({ walk }) => !walk.complete || walk.cut)) return found;
  const certain = walks.flatMap(({ one, walk }) => starvedIn(one, walk));
  const unlike = questions.flatMap(({ askedBy }) => askedBy);
  const kept = found.map((starved) => {
    const sure = certain.find(({ node }) => node === starved.node);
    return sure === undefined ? { ...starved, unlike } : { ...sure, always: starved.always };
  });
  const more = certain.filter(({ node }, at) => certain.findIndex((one) => one.node === node) === at);
  return [
    ...kept,
    ...more.filter(({ node }) => !kept.some((one) => one.node === node)).map((one) => ({ ...one, always: false })),
  ];
}

/** The elements that feed a join and that the path does not pass. */
function missingOf(net: TokenNet, join: NetNode, path: readonly PathStep[]): readonly FlowNode[] {
  const passed = new Set(path.map(({ elementId }) => elementId));
  const sources = net.nodes.filter(({ outcomes }) =>
    outcomes.some(({ outputs }) => outputs.some((output) => join.inputs.includes(output))),
  );
  return sources.filter(({ node }) => !passed.has(node.id)).map(({ node }) => node);
}

/** The first of a row only: what a doubled token doubles further on is mended with it. */
function doubledIn(net: TokenNet, exploration: Exploration): readonly Doubled[] {
  const byDepth = [...exploration.doubled].sort(([, a], [, b]) => a - b);
  const first: [NetNode, number][] = [];
  for (const [node, state] of byDepth) {
    if (!first.some(([earlier]) => reaches(net, earlier, node))) first.push([node, state]);
  }
  return first.map(([{ node }, state]) => ({ node, path: exploration.pathTo(state) }));
}

function livelockIn(exploration: Exploration): ScopeSoundness['livelock'] {
  if (exploration.livelock === null) return null;
  const nodes = [...exploration.movesFrom(exploration.livelock)].map(({ node }) => node);
  return { nodes, path: exploration.pathTo(exploration.livelock) };
}

/** An interrupting event sub-process takes the place of what runs in its scope; when it ends, the scope has completed (§13.5.4). */
function endsByHandler(process: ProcessModel, scopeId: string, completing: ReadonlyMap<string, boolean>): boolean {
  return interruptingHandlers(process, scopeId).some((id) => completing.get(id) ?? true);
}

function interruptingHandlers(process: ProcessModel, scopeId: string): readonly string[] {
  return (process.scopes.get(scopeId)?.eventSubProcessIds ?? []).filter((id) => {
    const node = process.nodes.get(id);
    const start = node?.type === 'eventSubProcess' ? process.nodes.get(node.startEventId) : undefined;
    // Compensation comes when the scope has completed.
    return start?.type === 'startEvent' && start.interrupting && start.event.kind !== 'compensate';
  });
}

/** Whether something outside a scope, or an event inside it, can end it while it runs. */
export function canBeEnded(process: ProcessModel, scopeId: string): boolean {
  const ends = interruptingHandlers(process, scopeId).length > 0;
  const host = process.nodes.get(scopeId);
  if (ends) return true;
  if (host === undefined) return false;
  const boundary = isActivity(host) ? host.boundaryEventIds.map((id) => process.nodes.get(id)) : [];
  return (
    boundary.some((event) => event?.type === 'boundaryEvent' && event.interrupting) || canBeEnded(process, host.scopeId)
  );
}

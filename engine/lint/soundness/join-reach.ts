import type { NetNode, TokenNet } from './token-net.ts';

/** Of each place, the inputs of one join that a token there can still reach without passing the join. */
export type JoinReach = ReadonlyMap<number, ReadonlySet<number>>;

/** BPMN 2.0.2 §13.4.3, computed once per join. */
export function joinReach(net: TokenNet, join: NetNode): JoinReach {
  const sources = new Map<number, number[]>();
  net.targets.forEach((node, place) => {
    if (node === join) return;
    for (const output of new Set(node.outcomes.flatMap(({ outputs }) => outputs))) {
      sources.set(output, [...(sources.get(output) ?? []), place]);
    }
  });
  const reach = new Map<number, Set<number>>();
  for (const input of join.inputs) {
    const queue = [input];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const reached = reach.get(at) ?? new Set();
      if (reached.has(input)) continue;
      reach.set(at, reached.add(input));
      queue.push(...(sources.get(at) ?? []));
    }
  }
  return reach;
}

/**
 * It fires with a token on some flow, unless a token elsewhere can reach an empty flow of the join and none that is not
 * empty (semantics.md, "OR join").
 */
export function inclusiveJoinIsComplete(marking: Uint8Array, { inputs }: NetNode, reach: JoinReach): boolean {
  if (inputs.every((input) => marking[input] === 0)) return false;
  for (const [place, reached] of reach) {
    if (marking[place] === 0 || inputs.includes(place)) continue;
    if ([...reached].every((input) => marking[input] === 0)) return false;
  }
  return true;
}

/**
 * Inclusive joins that open when nothing else can move and none is complete (ADR 0005): those that every other one they
 * wait for, through whatever joins, waits for as well.
 */
export function joinsOfLastResort(marking: Uint8Array, reaches: ReadonlyMap<NetNode, JoinReach>): readonly NetNode[] {
  const waiting = [...reaches.keys()].filter(({ inputs }) => inputs.some((input) => marking[input]! > 0));
  const inclusive = waiting.filter(({ join }) => join === 'inclusive');
  if (inclusive.length <= 1) return inclusive;
  const behind = new Map(
    waiting.map((node) => [node, waiting.filter((other) => other !== node && waitsFor(marking, node, other, reaches))]),
  );
  const closures = new Map(waiting.map((node) => [node, closureOf(node, behind)] as const));
  return inclusive.filter((node) =>
    [...closures.get(node)!].every((other) => other.join !== 'inclusive' || closures.get(other)!.has(node)),
  );
}

function waitsFor(
  marking: Uint8Array,
  node: NetNode,
  other: NetNode,
  reaches: ReadonlyMap<NetNode, JoinReach>,
): boolean {
  return other.inputs.some((place) => {
    const reached = marking[place] === 0 ? undefined : reaches.get(node)!.get(place);
    return reached !== undefined && [...reached].some((input) => marking[input] === 0);
  });
}

function closureOf(node: NetNode, behind: ReadonlyMap<NetNode, readonly NetNode[]>): ReadonlySet<NetNode> {
  const seen = new Set(behind.get(node));
  for (const one of seen) for (const next of behind.get(one)!) seen.add(next);
  return seen;
}

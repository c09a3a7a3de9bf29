import type { NetNode, TokenNet } from './token-net.ts';

export function mergesOf(net: TokenNet): ReadonlySet<NetNode> {
  return new Set(net.nodes.filter(({ inputs, join, takes }) => join === 'any' && takes === 1 && inputs.length > 1));
}

/** The nodes behind one that splits its token and may come to do so again. */
export function fedByCircles(net: TokenNet): ReadonlySet<NetNode> {
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

import type { DecisionModel } from './decision-model.ts';

/** Ids of decisions that require each other in a circle, the first repeated at the end; undefined when there is none. */
export function findCycle(decisions: readonly DecisionModel[]): readonly string[] | undefined {
  const byId = new Map(decisions.map((decision) => [decision.decisionId, decision]));
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const required of byId.get(id)?.requiredDecisions ?? []) {
      const cycle = visit(required, [...path, id]);
      if (cycle !== undefined) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const { decisionId } of decisions) {
    const cycle = visit(decisionId, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

import type { GraphElement, RequirementsGraph } from './decision-model.ts';

/**
 * Ids of elements that require each other in a circle, the first repeated at the end; undefined when there is none. A
 * decision service requires its output decisions; a knowledge model may call itself without an arrow.
 */
export function findCycle(graph: RequirementsGraph): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (key: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(key)) return [...path.slice(path.indexOf(key)), key];
    if (done.has(key)) return undefined;
    for (const required of requiredBy(graph.get(key))) {
      const cycle = visit(required, [...path, key]);
      if (cycle !== undefined) return cycle;
    }
    done.add(key);
    return undefined;
  };
  for (const key of graph.keys()) {
    const cycle = visit(key, []);
    if (cycle !== undefined) return cycle.map((one) => one.slice(one.lastIndexOf('#') + 1));
  }
  return undefined;
}

function requiredBy(element: GraphElement | undefined): readonly string[] {
  switch (element?.kind) {
    case 'decision':
    case 'knowledge':
      return element.requirements.map(({ key }) => key);
    case 'service':
      return element.outputs;
    default:
      return [];
  }
}

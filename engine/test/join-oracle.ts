import type { ElementInstance, Instance, Token } from '../instance.ts';
import { instanceRows } from '../instance-rows.ts';
import type { Key } from '../key.ts';
import type { Graph } from './random-graph.ts';

/** A token somewhere in the process: in an element instance, or waiting at a join. */
export interface Held {
  readonly key: Key;
  readonly nodeId: string;
  /** In an element instance that does something, or will; not at a join, nor in a gateway that waits for its reset. */
  readonly living: boolean;
}

/** What the oracle knows of one join in one state. */
export interface JoinState {
  readonly nodeId: string;
  readonly byRule: boolean;
  readonly filled: ReadonlySet<string>;
  readonly age: Key;
  /** Tokens elsewhere that keep it closed, by the words of BPMN 2.0.2 §13.4.3; for the other joins: that may still help. */
  readonly awaited: readonly Held[];
}

/**
 * The rule of the specification word by word: every directed path is walked, one after another, in the graph as drawn.
 * Slow, and written from nothing that the engine uses but its rows.
 */
export class JoinOracle {
  readonly #graph: Graph;
  readonly #types: ReadonlyMap<string, string>;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#types = new Map(
      Object.entries(graph.process.elements).map(([id, spec]) => [id, typeof spec === 'string' ? spec : spec.type]),
    );
  }

  joins(instance: Instance): readonly JoinState[] {
    const { elements, tokens } = instanceRows(instance);
    const resets = elements.filter(isResetting);
    const living = elements.filter((element) => element.elementType !== 'process' && !isResetting(element));
    const held: readonly Held[] = [
      ...living.map(({ key, elementId }) => ({ key, nodeId: elementId, living: true })),
      ...[...resets, ...tokens].map(({ key, elementId }) => ({ key, nodeId: elementId, living: false })),
    ];
    const places = [...new Set([...tokens, ...resets].map(({ elementId }) => elementId))];
    return places.map((nodeId) => this.#joinAt(nodeId, { tokens, held, resets }));
  }

  /** The joins that wait, however far back, for nothing that lives. */
  stuck(instance: Instance): ReadonlySet<string> {
    const joins = this.joins(instance);
    const stuck = new Set(joins.map(({ nodeId }) => nodeId));
    const moves = ({ awaited }: JoinState) => awaited.some((one) => one.living || !stuck.has(one.nodeId));
    for (let left = joins.length; left > 0; left -= 1) {
      for (const join of joins) if (moves(join)) stuck.delete(join.nodeId);
    }
    return stuck;
  }

  #joinAt(nodeId: string, { tokens, held, resets }: Everything): JoinState {
    const own = tokens.filter(({ elementId }) => elementId === nodeId);
    const reset = resets.find(({ elementId }) => elementId === nodeId);
    const filled = new Set([
      ...own.map(({ flowId }) => flowId),
      ...(reset?.memory?.complexGateway?.takenFlowIds ?? []),
    ]);
    const byRule = reset !== undefined || this.#types.get(nodeId) === 'inclusiveGateway';
    const others = held.filter((one) => one.nodeId !== nodeId || one.living);
    const awaited = others.filter((one) => {
      const ends = this.#pathsTo(nodeId, one.nodeId);
      const empty = ends.filter((flowId) => !filled.has(flowId));
      switch (this.#types.get(nodeId)) {
        case 'inclusiveGateway':
          return empty.length > 0 && empty.length === ends.length;
        case 'parallelGateway':
          return empty.length > 0;
        case 'complexGateway':
          if (reset !== undefined) return empty.length > 0 && empty.length === ends.length;
          // What lives may change what the activation condition reads, or mends its incident.
          return ends.length > 0 || one.living;
        default:
          return ends.length > 0;
      }
    });
    return { nodeId, byRule, filled, age: Math.min(reset?.key ?? Infinity, ...own.map(({ key }) => key)), awaited };
  }

  /** The last flow of every path from a node to the join; no path goes on behind the join, or through a node twice. */
  #pathsTo(joinId: string, from: string): readonly string[] {
    const ends = new Set<string>();
    const walk = (at: string, visited: readonly string[]): void => {
      for (const edge of this.#graph.edges) {
        if (edge.from !== at) continue;
        if (edge.to === joinId && edge.flowId !== null) ends.add(edge.flowId);
        else if (!visited.includes(edge.to)) walk(edge.to, [...visited, edge.to]);
      }
    };
    walk(from, [from]);
    return [...ends];
  }
}

interface Everything {
  readonly tokens: readonly Token[];
  readonly held: readonly Held[];
  readonly resets: readonly ElementInstance[];
}

function isResetting({ memory, state }: ElementInstance): boolean {
  return state === 'active' && memory?.complexGateway?.waitsForReset === true;
}

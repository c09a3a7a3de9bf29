import type { Key } from '../key.ts';

/**
 * What one command does in one scope. A step finds it by its place in the queue, and its successor mostly lies in the
 * same scope, so that a step looks up nothing. Two maps by scope and by place, asked and written for every step, made W4 a
 * seventh slower (324 against 277 µs of CPU).
 */
export interface Flight {
  readonly scopeKey: Key;
  /** Steps still to do: a scope with a step to come is not empty. */
  steps: number;
  /** Nodes visited, the last first, while they are too few to be an endless loop. A list grew to 18 places for three nodes. */
  visited: Passage | null;
  /** From then on, how often each. */
  visits: Map<string, number> | null;
}

interface Passage {
  readonly nodeId: string;
  readonly before: Passage | null;
  /** How many there are, with those before. */
  readonly count: number;
}

/** The scopes in which a command has something to do. */
export class Flights {
  /** Null while there is but one: most commands do all they do in one scope. */
  #flights: Map<Key, Flight> | null = null;
  #last: Flight | null = null;

  of(scopeKey: Key): Flight {
    return this.#find(scopeKey) ?? this.#begin(scopeKey);
  }

  /** A step leaves the queue; what follows will mostly stay in its scope. */
  leave(flight: Flight): void {
    flight.steps -= 1;
    this.#last = flight;
  }

  /** The scope has ended: a loop of 10,000 items would keep as many flights, which the collector copies twice. */
  end(flight: Flight): void {
    this.#flights?.delete(flight.scopeKey);
    // Under its key a called process that undoes itself may live again.
    if (this.#last === flight) this.#last = null;
  }

  stepsIn(scopeKey: Key): number {
    return this.#find(scopeKey)?.steps ?? 0;
  }

  #find(scopeKey: Key): Flight | undefined {
    if (this.#last?.scopeKey === scopeKey) return this.#last;
    const flight = this.#flights?.get(scopeKey);
    if (flight !== undefined) this.#last = flight;
    return flight;
  }

  #begin(scopeKey: Key): Flight {
    const flight: Flight = { scopeKey, steps: 0, visited: null, visits: null };
    if (this.#last !== null) this.#flights ??= new Map([[this.#last.scopeKey, this.#last]]);
    this.#flights?.set(scopeKey, flight);
    this.#last = flight;
    return flight;
  }
}

/** Whether a node has been visited more often than that; a node within a scope that saw fewer visits was not. */
export function countVisit(flight: Flight, nodeId: string, limit: number): boolean {
  if (flight.visits === null) {
    const before = flight.visited;
    flight.visited = { nodeId, before, count: (before?.count ?? 0) + 1 };
    if (flight.visited.count <= limit) return false;
    flight.visits = new Map();
    for (let passage: Passage | null = flight.visited; passage !== null; passage = passage.before)
      add(flight.visits, passage.nodeId);
    flight.visited = null;
  } else add(flight.visits, nodeId);
  return (flight.visits.get(nodeId) ?? 0) > limit;
}

function add(visits: Map<string, number>, nodeId: string): void {
  visits.set(nodeId, (visits.get(nodeId) ?? 0) + 1);
}

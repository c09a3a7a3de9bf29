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
  /** Nodes visited, in order, while they are too few to be an endless loop. */
  visited: string[] | null;
  /** From then on, how often each. */
  visits: Map<string, number> | null;
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

  stepsIn(scopeKey: Key): number {
    return this.#find(scopeKey)?.steps ?? 0;
  }

  #find(scopeKey: Key): Flight | undefined {
    if (this.#last === null) return undefined;
    if (this.#last.scopeKey === scopeKey) return this.#last;
    const flight = this.#flights?.get(scopeKey);
    if (flight !== undefined) this.#last = flight;
    return flight;
  }

  #begin(scopeKey: Key): Flight {
    const flight: Flight = { scopeKey, steps: 0, visited: null, visits: null };
    if (this.#last !== null) {
      this.#flights ??= new Map([[this.#last.scopeKey, this.#last]]);
      this.#flights.set(scopeKey, flight);
    }
    this.#last = flight;
    return flight;
  }
}

/** Whether a node has been visited more often than that; a node within a scope that saw fewer visits was not. */
export function countVisit(flight: Flight, nodeId: string, limit: number): boolean {
  if (flight.visits === null) {
    if (flight.visited === null) flight.visited = [nodeId];
    else flight.visited.push(nodeId);
    if (flight.visited.length <= limit) return false;
    flight.visits = new Map();
    for (const visited of flight.visited) flight.visits.set(visited, (flight.visits.get(visited) ?? 0) + 1);
    flight.visited = null;
  } else flight.visits.set(nodeId, (flight.visits.get(nodeId) ?? 0) + 1);
  return (flight.visits.get(nodeId) ?? 0) > limit;
}

import type { Flight } from './flight.ts';
import type { Step } from './run.ts';

interface Place {
  /** Null: forgotten. */
  step: Step | null;
  readonly flight: Flight;
  next: Place | null;
}

/**
 * The steps still to do, first in, first out. A chain: most commands have one step to do or two, for which two arrays
 * that grow cost a twentieth of the command, and a long loop does not keep what it has done.
 */
export class StepQueue {
  #first: Place | null = null;
  #last: Place | null = null;

  add(step: Step, flight: Flight): void {
    const place = { step, flight, next: null };
    if (this.#last === null) this.#first = place;
    else this.#last.next = place;
    this.#last = place;
  }

  take(): Place | null {
    const place = this.#first;
    if (place === null) return null;
    this.#first = place.next;
    if (place.next === null) this.#last = null;
    return place;
  }

  /** What was to be done in a flight is not done. */
  forget(flight: Flight): void {
    for (let place = this.#first; place !== null; place = place.next) if (place.flight === flight) place.step = null;
  }
}

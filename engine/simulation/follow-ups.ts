/** Commands that follow from one another without a pause: processes that send each other messages for ever. */
const DEPTH_LIMIT = 500;

/** What the effects of commands ask for, first in, first out, as inside an instance and as on the server. */
export class FollowUps {
  readonly #queue: { readonly step: () => void; readonly depth: number }[] = [];
  #depth = 0;
  #running = false;

  /** How many commands have followed from one another so far. */
  get depth(): number {
    return this.#depth;
  }

  add(step: () => void): void {
    this.#queue.push({ step, depth: this.#depth + 1 });
  }

  /** Goes on until nothing follows; `settle` does one thing that has become possible by then, and says whether it did. */
  run(settle: () => boolean): void {
    if (this.#running) return;
    this.#running = true;
    try {
      do {
        this.#drain();
        this.#depth = 0;
      } while (settle());
    } finally {
      this.#queue.length = 0;
      this.#depth = 0;
      this.#running = false;
    }
  }

  /** Does something as if it followed from a command of this depth. */
  at<Result>(depth: number, step: () => Result): Result {
    this.#depth = depth;
    return step();
  }

  #drain(): void {
    for (let index = 0; index < this.#queue.length; index += 1) {
      const { step, depth } = this.#queue[index]!;
      if (depth > DEPTH_LIMIT) {
        throw new Error(
          `Expected the processes to come to rest, but ${DEPTH_LIMIT} commands followed from one another without a pause`,
        );
      }
      this.#depth = depth;
      step();
    }
    this.#queue.length = 0;
  }
}

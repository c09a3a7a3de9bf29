/** How works share transactions. */
export interface QueueSettings<Work, Result> {
  /** Works of one lane never run at the same time. */
  laneOf(work: Work): number;
  /** Lanes that run at a time. */
  readonly lanes: number;
  /** Works of one batch. */
  readonly size: number;
  /** Carries out a batch, in its order: for each work its result or what it failed with. Never rejects. */
  run(works: readonly Work[]): Promise<readonly Settled<Result>[]>;
}

export type Settled<Result> =
  { readonly done: true; readonly result: Result } | { readonly done: false; readonly error: unknown };

interface Waiting<Work, Result> {
  readonly work: Work;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Natural batching: what arrives while a batch of its lane is under way makes the next batch. So a lone work waits for
 * nothing, and the busier it is, the more works share a commit; no timer, no size to wait for.
 */
export function createBatchQueue<Work, Result>(settings: QueueSettings<Work, Result>): (work: Work) => Promise<Result> {
  const { laneOf, lanes, size, run } = settings;
  const waiting = new Map<number, Waiting<Work, Result>[]>();
  const busy = new Set<number>();
  let planned = false;

  /** After the microtasks: callers answered by the last batch often come back at once and then ride together. */
  const plan = (): void => {
    if (planned) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      // A lane that runs dry leaves the map, so this goes from the lane that has waited longest.
      for (const [lane, queue] of waiting) {
        if (busy.size >= lanes) return;
        if (busy.has(lane)) continue;
        const batch = queue.splice(0, size);
        waiting.delete(lane);
        if (queue.length > 0) waiting.set(lane, queue);
        void carryOut(lane, batch);
      }
    });
  };

  const carryOut = async (lane: number, batch: readonly Waiting<Work, Result>[]): Promise<void> => {
    busy.add(lane);
    const endings = await run(batch.map(({ work }) => work));
    busy.delete(lane);
    for (const [at, one] of batch.entries()) {
      const ending = endings[at]!;
      if (ending.done) one.resolve(ending.result);
      else one.reject(ending.error);
    }
    if (waiting.size > 0) plan();
  };

  return (work) =>
    new Promise((resolve, reject) => {
      const lane = laneOf(work);
      const queue = waiting.get(lane) ?? [];
      waiting.set(lane, queue);
      queue.push({ work, resolve, reject });
      plan();
    });
}

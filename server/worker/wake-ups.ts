/** Hints inside one process that there is work; whoever waits also polls, so a lost hint costs a moment, never the work. */
export interface WakeUps {
  /** Tells everybody who waits for one of these topics. */
  notify(topics: readonly string[]): void;
  /** Tells everybody. */
  notifyAll(): void;
  /** Begins to wait now, so that a hint given while the caller still looks around is not lost. */
  wait(topic: string, milliseconds: number, signal?: AbortSignal): Wait;
}

export interface Wait {
  /** Resolves at the next hint on the topic, after the time given (real time), at `cancel`, or when the signal aborts. */
  readonly over: Promise<void>;
  cancel(): void;
}

export function createWakeUps(): WakeUps {
  const waiting = new Map<string, Set<() => void>>();
  return {
    notify(topics) {
      for (const topic of topics) for (const wake of [...(waiting.get(topic) ?? [])]) wake();
    },
    notifyAll() {
      for (const group of [...waiting.values()]) for (const wake of [...group]) wake();
    },
    wait(topic, milliseconds, signal) {
      const group = waiting.get(topic) ?? new Set();
      waiting.set(topic, group);
      let resolve: () => void;
      const over = new Promise<void>((done) => (resolve = done));
      const cancel = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        group.delete(cancel);
        if (group.size === 0 && waiting.get(topic) === group) waiting.delete(topic);
        resolve();
      };
      const timer = setTimeout(cancel, milliseconds);
      group.add(cancel);
      if (signal?.aborted) cancel();
      else signal?.addEventListener('abort', cancel, { once: true });
      return { over, cancel };
    },
  };
}

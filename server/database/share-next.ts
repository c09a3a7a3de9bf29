/**
 * A read that many ask for at once: whoever comes while one is under way shares the one after it, so everybody's answer is
 * younger than their question and the busier it is, the fewer reads there are.
 */
export function shareNext<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  const begin = (): Promise<T> => {
    next = undefined;
    const begun = read();
    running = begun.catch(() => undefined);
    return begun;
  };
  return () => (next ??= running.then(begin));
}

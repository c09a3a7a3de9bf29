/** Runs `once` by so many clients at a time until then. @returns milliseconds of each run */
export async function together(concurrency: number, until: number, once: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const client = async (): Promise<void> => {
    do {
      const started = performance.now();
      await once();
      times.push(performance.now() - started);
    } while (performance.now() < until);
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  return times;
}

/** Microseconds of CPU per run, all threads together: the median of several rounds, for a machine that others use too. */
export async function measureCpu(
  { milliseconds, rounds }: { readonly milliseconds: number; readonly rounds: number },
  once: () => void | Promise<void>,
): Promise<number> {
  await cpuPerRun(milliseconds / 2, once);
  const figures: number[] = [];
  for (let round = 0; round < rounds; round += 1) figures.push(await cpuPerRun(milliseconds / rounds, once));
  return median(figures);
}

async function cpuPerRun(milliseconds: number, once: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  const until = performance.now() + milliseconds;
  let runs = 0;
  do {
    const result = once();
    if (result !== undefined) await result;
    runs += 1;
  } while (performance.now() < until);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / runs;
}

export function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[figures.length >> 1] ?? 0;
}

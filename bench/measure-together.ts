import { measure, type Measurement } from './measure.ts';

/**
 * As `measure`, with so many runs under way at a time. The figures of one run (p50, p99) contain its waiting for the others.
 * CPU covers the whole process: server and, over HTTP, its client; a PostgreSQL server's own is not in it.
 */
export async function measureTogether(
  options: {
    readonly name: string;
    readonly what: string;
    readonly milliseconds: number;
    readonly concurrency: number;
  },
  once: () => Promise<void>,
): Promise<Measurement & { readonly concurrency: number }> {
  const { concurrency, ...rest } = options;
  if (concurrency === 1) return { ...(await measure(rest, once)), concurrency };
  await together(concurrency, performance.now() + rest.milliseconds / 4, once);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const times = (await together(concurrency, started + rest.milliseconds, once)).sort((a, b) => a - b);
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const at = (share: number): number => round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const [perCpuSecond, perSecond] = [round(times.length / ((user + system) / 1e6)), round(times.length / (wall / 1e3))];
  return {
    name: rest.name,
    what: rest.what,
    runs: times.length,
    perCpuSecond,
    perSecond,
    p50: at(0.5),
    p99: at(0.99),
    concurrency,
  };
}

async function together(concurrency: number, until: number, once: () => Promise<void>): Promise<number[]> {
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

function round(value: number): number {
  return Number(value.toPrecision(4));
}

import { measure, summary, type Measurement } from './measure.ts';
import { together } from './together.ts';

export interface TogetherOptions {
  readonly name: string;
  readonly what: string;
  readonly milliseconds: number;
  readonly concurrency: number;
}

/**
 * As `measure`, with so many runs under way at a time. The figures of one run (p50, p99) contain its waiting for the others.
 * CPU covers this whole process; a PostgreSQL server's own is not in it.
 */
export async function measureTogether(
  options: TogetherOptions,
  once: () => Promise<void>,
): Promise<Measurement & { readonly concurrency: number }> {
  const { concurrency, ...rest } = options;
  if (concurrency === 1) return { ...(await measure(rest, once)), concurrency };
  await together(concurrency, performance.now() + rest.milliseconds / 4, once);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const times = await together(concurrency, started + rest.milliseconds, once);
  const wall = performance.now() - started;
  return { ...summary(rest, { times, wall, cpu: process.cpuUsage(cpu) }), concurrency };
}

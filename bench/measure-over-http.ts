import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { HttpLoad, LoadOrder, LoadReport } from './http-load.ts';
import { summary, type Measurement } from './measure.ts';
import type { TogetherOptions } from './measure-together.ts';

const WARM_UP = 5_000;

/**
 * The load comes from a process of its own, so the CPU counted is the server's alone; with two cores the clients and the
 * database of PostgreSQL still compete with it for the other one.
 */
export async function measureOverHttp(
  options: TogetherOptions,
  load: HttpLoad,
): Promise<Measurement & { readonly concurrency: number; readonly clients: string }> {
  const { concurrency, milliseconds, name, what } = options;
  const child = fork(new URL('./http-load.ts', import.meta.url), {
    execArgv: ['--import', 'tsx', '--conditions=source'],
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`Expected the clients to report, but they ended with ${String(code)}.`);
  });
  const nextReport = async (): Promise<LoadReport> =>
    ((await Promise.race([once(child, 'message'), died])) as [LoadReport])[0];
  died.catch(() => undefined);
  child.send({ ...load, concurrency, milliseconds, warmUp: Math.max(WARM_UP, milliseconds) } satisfies LoadOrder);
  await nextReport();
  const cpu = process.cpuUsage();
  const report = await nextReport();
  const used = process.cpuUsage(cpu);
  child.kill();
  if ('begun' in report) throw new Error('Expected the clients to report their times, but they began again.');
  const { times, wall } = report;
  return {
    ...summary({ name, what }, { times: [...times], wall, cpu: used }),
    concurrency,
    clients: 'in a process of their own; its CPU is not counted',
  };
}

import { cpus, loadavg, totalmem } from 'node:os';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Measurement {
  readonly name: string;
  readonly what: string;
  readonly runs: number;
  /** Runs per second of CPU, all threads together. */
  readonly perCpuSecond: number;
  /** Runs per second of wall time. */
  readonly perSecond: number;
  /** Milliseconds per run. */
  readonly p50: number;
  readonly p99: number;
}

/** Runs `once` for about `milliseconds` after a warm-up of a quarter of it. */
export async function measure(
  { name, what, milliseconds }: { readonly name: string; readonly what: string; readonly milliseconds: number },
  once: () => void | Promise<void>,
): Promise<Measurement> {
  await repeat(milliseconds / 4, once);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const times = await repeat(milliseconds, once);
  const wall = performance.now() - started;
  return summary({ name, what }, { times, wall, cpu: process.cpuUsage(cpu) });
}

/** The figures of runs that took so many milliseconds each. */
export function summary(
  { name, what }: Pick<Measurement, 'name' | 'what'>,
  { times, wall, cpu }: { readonly times: readonly number[]; readonly wall: number; readonly cpu: NodeJS.CpuUsage },
): Measurement {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    name,
    what,
    runs: sorted.length,
    perCpuSecond: round(sorted.length / ((cpu.user + cpu.system) / 1e6)),
    perSecond: round(sorted.length / (wall / 1e3)),
    p50: round(at(0.5)),
    p99: round(at(0.99)),
  };
}

async function repeat(milliseconds: number, once: () => void | Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + milliseconds;
  do {
    const started = performance.now();
    const result = once();
    if (result !== undefined) await result;
    times.push(performance.now() - started);
  } while (performance.now() < until);
  return times;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** Writes `bench/results/<name>-<date>.json` with the machine, so that figures are never read without their context. */
export async function writeResults(name: string, results: unknown): Promise<string> {
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const date = new Date().toISOString().slice(0, 10);
  const file = join(folder, `${name}-${date}.json`);
  const [cpu] = cpus();
  const machine = {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    // Above the number of cores: others ran too, and only ratios within the run say something.
    loadAverage: Number(loadavg()[0]?.toFixed(1)),
  };
  await writeFile(file, `${JSON.stringify({ name, date, machine, results }, null, 2)}\n`);
  return file;
}

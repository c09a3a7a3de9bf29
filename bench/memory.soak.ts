import { createSqliteDatabase, dropSqliteDatabase } from '../server/test/sqlite-database.ts';
import { writeResults } from './measure.ts';
import { together } from './together.ts';
import { openRoundTrips } from './server-round-trips.ts';

/**
 * Does memory grow under a steady load? SOAK_MINUTES (30) of starts and completions, our own jobs and long instances; the heap after
 * a full collection each half minute. Goal: less than 2 % an hour after the warm-up of a third. Run with `--expose-gc`.
 */
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 30);
const EVERY_MS = 30_000;
const CLIENTS = 32;

if (globalThis.gc === undefined) throw new Error('Expected --expose-gc: without it the heap shows garbage, too.');
const file = createSqliteDatabase();
const trips = await openRoundTrips({ dialect: 'sqlite', filename: file });
const samples: { readonly hours: number; readonly megabytes: number }[] = [];
const started = performance.now();
const until = started + MINUTES * 60_000;
let runs = 0;
while (performance.now() < until) {
  const next = Math.min(until, performance.now() + EVERY_MS);
  runs += (await together(CLIENTS, next - EVERY_MS / 2, trips.runner)).length;
  runs += (await together(CLIENTS, next, trips.step)).length;
  await trips.services(100);
  globalThis.gc();
  const megabytes = Math.round((process.memoryUsage().heapUsed / 2 ** 20) * 100) / 100;
  samples.push({ hours: (performance.now() - started) / 3_600_000, megabytes });
  console.log(`${Math.round((performance.now() - started) / 1e3)} s: ${runs} runs, heap ${megabytes} MB`);
}
await trips.close();
dropSqliteDatabase(file);
const steady = samples.slice(Math.floor(samples.length / 3));
const percentPerHour = Math.round(((slope(steady) * 100) / steady[0]!.megabytes) * 10) / 10;
console.log(`heap ${percentPerHour} % an hour after the warm-up`);
console.log(`written to ${await writeResults('memory', [{ minutes: MINUTES, runs, percentPerHour, samples }])}`);

/** Megabytes an hour by least squares. */
function slope(points: readonly { readonly hours: number; readonly megabytes: number }[]): number {
  const mean = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(({ hours }) => hours), mean(({ megabytes }) => megabytes)];
  const above = points.reduce((sum, { hours, megabytes }) => sum + (hours - x) * (megabytes - y), 0);
  return above / points.reduce((sum, { hours }) => sum + (hours - x) ** 2, 0);
}

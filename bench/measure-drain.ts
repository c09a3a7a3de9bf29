import { setTimeout as sleep } from 'node:timers/promises';
import { queryRows, readerOf } from '../server/database/connect.ts';
import type { TestApp } from '../server/http/test/start-app.ts';
import { summary } from './measure.ts';

const HOUR = 60 * 60_000;
/** Of somebody who works meanwhile. */
const PAUSE_MS = 50;

/** The server starts after a long night: everything is due at once, and people already work. Goal: 60 s, p99 300 ms. */
export async function measureDrain(
  test: TestApp,
  timers: number,
): Promise<{ readonly seconds: number; readonly p50: number; readonly p99: number; readonly perSecond: number }> {
  // Copies are a second apart.
  test.advance(HOUR + (timers + 10_000_000) * 1_000);
  const left = async (): Promise<boolean> =>
    (await queryRows(readerOf(test.database), 'SELECT 1 AS one FROM timer LIMIT 1')).length > 0;
  const times: number[] = [];
  let draining = true;
  const person = async (): Promise<void> => {
    while (draining) {
      const began = performance.now();
      const { status } = await test.call('dispatcher', 'GET /api/tasks?tab=mine');
      if (status !== 200) throw new Error(`Expected the work list, but the answer was ${status}.`);
      times.push(performance.now() - began);
      await sleep(PAUSE_MS);
    }
  };
  const cpu = process.cpuUsage();
  const started = performance.now();
  test.app.worker.start();
  const people = [person(), person(), person()];
  while (await left()) await sleep(200);
  const wall = performance.now() - started;
  draining = false;
  await Promise.all(people);
  const { p50, p99 } = summary({ name: '', what: '' }, { times, wall, cpu: process.cpuUsage(cpu) });
  return { seconds: Math.round(wall / 100) / 10, p50, p99, perSecond: Math.round(timers / (wall / 1e3)) };
}

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Nodes } from './nodes-on-postgres.ts';
import { PatientClient } from './patient-client.ts';
import type { Random } from './volume.ts';

const CLIENTS = 6;
/** Acknowledged completions between two accidents. */
const BETWEEN = 20;

/**
 * Clients work all the time while the accident happens again and again, at random moments. What they were told is then checked
 * against what is there. @returns milliseconds from each accident until as many completions as there are clients were acknowledged
 */
export async function underKills(
  nodes: Pick<Nodes, 'urls' | 'login' | 'check'>,
  {
    processId,
    times,
    random,
    accident,
  }: {
    readonly processId: string;
    readonly times: number;
    readonly random: Random;
    readonly accident: (time: number) => Promise<void>;
  },
): Promise<{
  readonly acknowledged: number;
  readonly repeats: number;
  readonly mostTries: number;
  readonly goneOnWithinMs: readonly number[];
}> {
  let running = true;
  const clients = Array.from(
    { length: CLIENTS },
    (_, at) => new PatientClient(`${processId}-${at}`, nodes.urls, nodes.login),
  );
  const work = Promise.all(clients.map((client) => client.run(processId, () => running)));
  work.catch(() => (running = false));
  const acknowledged = (): number => clients.reduce((sum, client) => sum + client.completed.length, 0);
  const reached = async (wanted: number): Promise<void> => {
    while (running && acknowledged() < wanted) await sleep(10);
  };
  const goneOnWithinMs: number[] = [];
  for (let time = 1; time <= times && running; time += 1) {
    await reached(acknowledged() + BETWEEN);
    await sleep(random.below(200));
    const began = performance.now();
    await accident(time);
    await reached(acknowledged() + CLIENTS);
    goneOnWithinMs.push(Math.round(performance.now() - began));
  }
  running = false;
  await work;
  const repeats = clients.reduce((sum, client) => sum + client.repeats, 0);
  await nodes.check(processId, clients);
  assert.ok(acknowledged() >= times * BETWEEN);
  return {
    acknowledged: acknowledged(),
    repeats,
    mostTries: Math.max(...clients.map(({ mostTries }) => mostTries)),
    goneOnWithinMs,
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bpmn, sequence, userTask } from '../server/runtime/test/bpmn.ts';
import { startServerProcess, type ServerProcess } from '../server/test/kill-nine-server.ts';
import { createPostgresDatabase } from '../server/test/postgres-database.ts';
import { startPostgresServer } from '../server/test/postgres-server.ts';
import { measureOverHttp } from './measure-over-http.ts';
import { writeResults } from './measure.ts';

/**
 * What a second server on the same PostgreSQL brings: real processes, each with clients in a process of their own. Servers, clients
 * and database share the cores of this machine, so the ratio says something where there are more than three of them.
 */
const MILLISECONDS = Number(process.env['BENCH_MS'] ?? 3_000);
const CONCURRENCY = 64;

const folder = mkdtempSync(join(tmpdir(), 'reglament-bench-nodes-'));
const postgres = await startPostgresServer({ durable: true });
const nodes: ServerProcess[] = [];
try {
  const url = await createPostgresDatabase(postgres);
  nodes.push(await startServerProcess(folder, ['--database-url', url, '--demo', 'on']));
  const cookie = await signIn(nodes[0]!);
  await deploy(nodes[0]!, cookie);
  const one = await throughput(cookie);
  nodes.push(await startServerProcess(folder, ['--database-url', url]));
  // The first gives half of its buckets back at its next heartbeat.
  await sleep(5_000);
  const two = await throughput(cookie);
  const ratio = Math.round((two / one) * 100) / 100;
  console.log(
    `one node ${one}/s, two nodes ${two}/s: × ${ratio} (start, find and complete a user task: three requests)`,
  );
  console.log(`written to ${await writeResults('nodes', [{ concurrency: CONCURRENCY, one, two, ratio }])}`);
} finally {
  for (const node of nodes) await node.killNine();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Round trips a second of all nodes together; the same number of clients, however many nodes serve them. */
async function throughput(cookie: string): Promise<number> {
  const results = await Promise.all(
    nodes.map(({ url }, index) =>
      measureOverHttp(
        {
          name: `node ${index + 1} of ${nodes.length}`,
          what: 'start, find and complete a user task',
          milliseconds: MILLISECONDS,
          concurrency: CONCURRENCY / nodes.length,
        },
        { load: 'trip', url, cookie, processDefinitionId: 'bench', variables: {} },
      ),
    ),
  );
  return Math.round(results.reduce((sum, { perSecond }) => sum + perSecond, 0));
}

async function signIn(node: ServerProcess): Promise<string> {
  const password = /^ {2}analyst\s+(\S+)/m.exec(node.output)?.[1];
  const response = await fetch(`${node.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'analyst', password }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`Expected to sign in, but got ${response.status}.`);
  return cookie;
}

async function deploy(node: ServerProcess, cookie: string): Promise<void> {
  const form = new FormData();
  form.set('resources', new File([bpmn('bench', sequence(userTask('ask')))], 'bench.bpmn'));
  const response = await fetch(`${node.url}/v2/deployments`, { method: 'POST', body: form, headers: { cookie } });
  if (!response.ok) throw new Error(`Expected to deploy, but got ${response.status}: ${await response.text()}`);
}

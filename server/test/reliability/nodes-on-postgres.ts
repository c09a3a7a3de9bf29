import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { fsckCommand } from '../../fsck/fsck-command.ts';
import { startServerProcess, type ServerProcess } from '../kill-nine-server.ts';
import type { PatientClient } from './patient-client.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Server processes on one PostgreSQL. */
export interface Nodes {
  readonly login: Login;
  readonly processes: readonly ServerProcess[];
  urls(): readonly string[];
  deploy(id: string, xml: string): Promise<void>;
  /** Ends the process at this place, with or without a goodbye, and starts another there. */
  replace(at: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** A number, read from the database. */
  count(sql: string): Promise<number>;
  /** What the clients were told is what is there, each once; and the whole is sound. */
  check(processId: string, clients: readonly PatientClient[]): Promise<void>;
  close(): Promise<void>;
}

/** @param url of an empty database */
export async function startNodes(url: string, wanted: number, leaseSeconds = 2): Promise<Nodes> {
  const folder = mkdtempSync(join(tmpdir(), 'reglament-nodes-'));
  const args = ['--database-url', url, '--node-lease', String(leaseSeconds)];
  const processes = [await startServerProcess(folder, [...args, '--demo', 'on'])];
  const login = { username: 'analyst', password: /^ {2}analyst\s+(\S+)/m.exec(processes[0]!.output)![1]! };
  while (processes.length < wanted) processes.push(await startServerProcess(folder, args));
  const absent = new Set<number>();
  const count = async (sql: string): Promise<number> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return Number((await client.query<{ n: string }>(sql)).rows[0]!.n);
    } finally {
      await client.end();
    }
  };
  return {
    login,
    processes,
    urls: () => processes.filter((_, at) => !absent.has(at)).map((one) => one.url),
    count,
    async deploy(id, xml) {
      const form = new FormData();
      form.set('resources', new File([xml], `${id}.bpmn`));
      const authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
      const response = await fetch(`${processes[0]!.url}/v2/deployments`, {
        method: 'POST',
        body: form,
        headers: { authorization },
      });
      assert.equal(response.status, 200, await response.text());
    },
    async replace(at, signal) {
      const old = processes[at]!;
      absent.add(at);
      process.kill(old.pid, signal);
      for (const end = Date.now() + 20_000; isAlive(old.pid) && Date.now() < end;) await sleep(20);
      await old.killNine();
      processes[at] = await startServerProcess(folder, args);
      absent.delete(at);
    },
    check: (processId, clients) => checkAcknowledged({ count, url, folder }, processId, clients),
    async close() {
      for (const one of processes) await one.killNine();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the clients were told is what is there, each once; and the whole is sound. */
export async function checkAcknowledged(
  { count, url, folder }: { readonly count: Nodes['count']; readonly url: string; readonly folder: string },
  processId: string,
  clients: readonly PatientClient[],
): Promise<void> {
  const of = (table: string, where: string): Promise<number> =>
    count(`SELECT count(*) AS n FROM ${table} WHERE ${where}`);
  const started = clients.flatMap((client) => client.started);
  const completed = clients.flatMap((client) => client.completed);
  assert.equal(
    new Set(started.map(({ answer }) => answer)).size,
    started.length,
    'no two starts were answered with one instance',
  );
  // A client that was stopped may have sent one more than it has noted.
  const instances = await of('process_instance', `process_id = '${processId}'`);
  assert.equal(instances, started.length, 'each acknowledged start made one instance, and nothing else did');
  assert.equal(await of('process_instance', `process_id = '${processId}' AND state = 'completed'`), completed.length);
  assert.equal(
    await of(
      'history_event h JOIN process_instance p USING (bucket, process_instance_key)',
      `h.kind = 'userTaskCompleted' AND p.process_id = '${processId}'`,
    ),
    completed.length,
    'the history tells of each completion once',
  );
  const lines: string[] = [];
  const database = { client: 'postgres', url } as const;
  const code = await fsckCommand(
    { database, dataFolder: folder },
    { flags: [], print: (text) => void lines.push(text) },
  );
  assert.equal(code, 0, lines.join('\n'));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

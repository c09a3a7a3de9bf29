import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fsckCommand } from '../../fsck/fsck-command.ts';
import { bpmn, sequence, serviceTask } from '../../runtime/test/bpmn.ts';
import { startServerProcess, type ServerProcess } from '../kill-nine-server.ts';
import { noteMeasured, volumeOf } from './volume.ts';

/** R20 of reliability.md: start → service task → end, 45 KB of variables, one process on SQLite. */
const SECONDS = volumeOf({ small: 10, full: 300 });
const PER_SECOND = Number(process.env['RELIABILITY_RATE'] ?? 150);
const WORKERS = 4;
const LOT = 64;

describe('a server under a steady load', function () {
  this.timeout(SECONDS * 1_000 + 120_000);
  const folder = mkdtempSync(join(tmpdir(), 'reglament-load-'));
  let server: ServerProcess;
  after(async () => {
    await server.killNine();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`takes ${PER_SECOND} instances a second for ${SECONDS} s and does them`, async () => {
    server = await startServerProcess(folder);
    const password = /^ {2}analyst\s+(\S+)/m.exec(server.output)![1]!;
    const signedIn = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'analyst', password }),
    });
    const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
    const agent = new Agent({ keepAlive: true, maxSockets: 256 });
    const call = (method: string, path: string, body?: object): Promise<string> =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? '' : JSON.stringify(body);
        const headers = {
          cookie,
          ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        };
        const sent = request(server.url + path, { method, agent, headers }, (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const answer = Buffer.concat(parts).toString();
            if (response.statusCode! < 300) resolve(answer);
            else reject(new Error(`${path}: ${response.statusCode} ${answer.slice(0, 500)}`));
          });
        });
        sent.on('error', reject);
        sent.end(text);
      });
    const form = new FormData();
    form.set('resources', new File([bpmn('steady', sequence(serviceTask('Do', 'steady')))], 'steady.bpmn'));
    assert.equal(
      (await fetch(`${server.url}/v2/deployments`, { method: 'POST', body: form, headers: { cookie } })).status,
      200,
    );

    const rows = Array.from({ length: 450 }, (_, n) => ({ n, text: 'насос центробежный'.padEnd(60, '.') }));
    const startedAt = new Map<string, number>();
    const [answers, waits, loops, memory]: [number[], number[], number[], { hours: number; bytes: number }[]] = [
      [],
      [],
      [],
      [],
    ];
    const failures: string[] = [];
    const began = performance.now();
    const until = began + SECONDS * 1_000;
    let done = 0;
    let over = false;
    const work = Array.from({ length: WORKERS }, async () => {
      while (!over) {
        const claim = { type: 'steady', worker: 'w', timeout: 60_000, maxJobsToActivate: LOT, requestTimeout: 1_000 };
        const { jobs } = JSON.parse(await call('POST', '/v2/jobs/activation', claim)) as {
          readonly jobs: readonly { readonly jobKey: string; readonly processInstanceKey: string }[];
        };
        for (const { processInstanceKey } of jobs)
          waits.push(performance.now() - (startedAt.get(processInstanceKey) ?? performance.now()));
        await Promise.all(jobs.map(({ jobKey }) => call('POST', `/v2/jobs/${jobKey}/completion`, { variables: {} })));
        done += jobs.length;
      }
    });
    const watch = (async () => {
      while (!over) {
        await sleep(5_000);
        const text = await call('GET', '/metrics');
        loops.push(Number(/event_loop_lag_seconds\{quantile="0.99"\} (\S+)/.exec(text)![1]) * 1e3);
        memory.push({
          hours: (performance.now() - began) / 3_600_000,
          bytes: Number(/^reglament_resident_memory_bytes (\S+)$/m.exec(text)![1]),
        });
      }
    })();
    const open: Promise<void>[] = [];
    let sent = 0;
    // An open loop: the next comes when it is time, whether or not the last has been answered.
    for (; performance.now() < until; sent += 1) {
      const due = began + (sent * 1_000) / PER_SECOND;
      if (due > performance.now()) await sleep(due - performance.now());
      const at = performance.now();
      open.push(
        call('POST', '/v2/process-instances', { processDefinitionId: 'steady', variables: { rows } }).then(
          (answer) => {
            startedAt.set((JSON.parse(answer) as { processInstanceKey: string }).processInstanceKey, at);
            answers.push(performance.now() - at);
          },
          (error: unknown) => void failures.push((error as Error).message),
        ),
      );
    }
    await Promise.all(open);
    for (const end = Date.now() + 60_000; done < answers.length && Date.now() < end;) await sleep(100);
    over = true;
    await Promise.all([...work, watch]);
    agent.destroy();
    await server.killNine();
    const lines: string[] = [];
    const database = { client: 'sqlite', file: join(folder, 'reglament.sqlite') } as const;
    const code = await fsckCommand(
      { database, dataFolder: folder },
      { flags: [], print: (text) => void lines.push(text) },
    );
    noteMeasured('R20', {
      ...{ seconds: SECONDS, wanted: PER_SECOND, sent, answered: answers.length, done, failed: failures.length },
      ...{
        answerP50: at(answers, 0.5),
        answerP99: at(answers, 0.99),
        jobGivenP50: at(waits, 0.5),
        jobGivenP99: at(waits, 0.99),
      },
      ...{
        eventLoopP99OfFiveSeconds: at(loops, 0.5),
        rssMegabytes: memory.map(({ bytes }) => Math.round(bytes / 2 ** 20)),
      },
      rssSlopePercentPerHour: slope(memory.slice(Math.floor(memory.length / 3))),
      loadAverage: Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]),
    });
    assert.equal(code, 0, lines.join('\n'));
    assert.deepEqual(failures.slice(0, 3), []);
    assert.equal(done, answers.length, 'each that was acknowledged was done');
  });
});

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}

/** Percent an hour, by least squares. */
function slope(points: readonly { readonly hours: number; readonly bytes: number }[]): number | null {
  if (points.length < 3) return null;
  const mean = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(({ hours }) => hours), mean(({ bytes }) => bytes)];
  const above = points.reduce((sum, { hours, bytes }) => sum + (hours - x) * (bytes - y), 0);
  const below = points.reduce((sum, { hours }) => sum + (hours - x) ** 2, 0);
  return Math.round((above / below / points[0]!.bytes) * 1_000) / 10;
}

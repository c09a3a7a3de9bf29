import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fsckCommand } from '../../fsck/fsck-command.ts';
import { bpmn, sequence, userTask } from '../../runtime/test/bpmn.ts';
import { startServerProcess, type ServerProcess } from '../kill-nine-server.ts';
import { noteMeasured } from './volume.ts';

/** R10 of reliability.md: a disk of its own (needs root for the mount). The small run with a disk that only says so is `server/disk/disk.e2e.test.ts`. */
const MEGABYTE = 1024 * 1024;
const SIZES = [160, 300].map((megabytes) => megabytes * MEGABYTE);

describe('a real disk that fills up to the last byte', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'reglament-full-'));
  let server: ServerProcess | undefined;
  afterEach(async () => {
    await server?.killNine();
    spawnSync('umount', ['-l', join(folder, 'disk')]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const size of SIZES) {
    it(`of ${size / MEGABYTE} MB: intake stops with 507, reading works, and it heals by itself`, async () => {
      const disk = join(folder, 'disk');
      mkdirSync(disk, { recursive: true });
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { encoding: 'utf8' });
      assert.equal(mounted.status, 0, mounted.stderr);
      const data = join(disk, 'data');
      server = await startServerProcess(data);
      const { url } = server;
      const authorization = `Basic ${Buffer.from(`analyst:${/^ {2}analyst\s+(\S+)/m.exec(server.output)![1]!}`).toString('base64')}`;
      const form = new FormData();
      form.set('resources', new File([bpmn('load', sequence(userTask('Approve')))], 'load.bpmn'));
      const deployed = await fetch(`${url}/v2/deployments`, { method: 'POST', body: form, headers: { authorization } });
      assert.equal(deployed.status, 200, await deployed.text());
      const post = async (path: string, body: object): Promise<number> => {
        const headers = { authorization, 'content-type': 'application/json' };
        const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
        await response.arrayBuffer();
        return response.status;
      };
      const start = () =>
        post('/v2/process-instances', { processDefinitionId: 'load', variables: { text: 'x'.repeat(20_000) } });

      const filler = openSync(join(disk, 'filler'), 'w');
      const fill = (): void => {
        for (let block = MEGABYTE; block >= 4_096;) {
          try {
            if (writeSync(filler, Buffer.alloc(block)) < block) block /= 2;
          } catch {
            block /= 2;
          }
        }
      };
      const before = await start();
      assert.equal(before, 200);
      const statuses = new Map<number, number>();
      let acknowledged = 1;
      // To the last byte, again and again: what the server gives up of its own (ballast) is taken, too.
      for (let round = 0; round < 30; round += 1) {
        fill();
        const status = await start();
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status === 200) acknowledged += 1;
        await sleep(250);
      }
      assert.ok(statSyncFree(disk) < 64 * 1024, 'the disk is full');
      assert.deepEqual(
        [...statuses.keys()].filter((status) => ![200, 503, 507].includes(status)),
        [],
        JSON.stringify([...statuses]),
      );
      assert.ok(statuses.get(507)! > 0, JSON.stringify([...statuses]));
      assert.equal(await post('/v2/process-instances/search', {}), 200, 'reading works');
      assert.equal((await fetch(`${url}/healthz`)).status, 200);

      closeSync(filler);
      rmSync(join(disk, 'filler'));
      const began = performance.now();
      while ((await start()) !== 200) {
        assert.ok(performance.now() - began < 60_000, 'it heals by itself');
        await sleep(250);
      }
      acknowledged += 1;
      const healedAfterMs = Math.round(performance.now() - began);
      await server.killNine();
      const lines: string[] = [];
      const database = { client: 'sqlite', file: join(data, 'reglament.sqlite') } as const;
      const code = await fsckCommand(
        { database, dataFolder: data },
        { flags: [], print: (text) => void lines.push(text) },
      );
      assert.equal(code, 0, lines.join('\n'));
      noteMeasured('R10', {
        megabytes: size / MEGABYTE,
        acknowledged,
        statuses: Object.fromEntries(statuses),
        healedAfterMs,
      });
    });
  }
});

function statSyncFree(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

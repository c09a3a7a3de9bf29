import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { startPostgresServer } from './postgres-server.ts';
import { until } from './until.ts';

describe('throw-away PostgreSQL', function () {
  before(function () {
    const isWanted = (process.env.DIALECTS || 'postgres').includes('postgres') && !process.env.REGLAMENT_TEST_PG_URL;
    if (!isWanted) this.skip();
  });

  it('leaves no process and no file behind when stopped', async () => {
    const server = await startPostgresServer({ settings: { max_connections: 17 } });
    assert.ok(isAlive(server.pid!));
    await Promise.all([server.stop(), server.stop()]);
    assert.equal(isAlive(server.pid!), false);
    assert.equal(existsSync(server.dataDirectory!), false);
  });

  it('leaves none when the run that started it is killed', async () => {
    const script = `
      import { startPostgresServer } from ${JSON.stringify(new URL('./postgres-server.ts', import.meta.url).href)};
      const { pid, dataDirectory } = await startPostgresServer();
      console.log(JSON.stringify({ pid, dataDirectory }));
      setInterval(() => undefined, 1000);`;
    const run = spawn(process.execPath, ['--import=tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(run.stdout, 'data')) as [Buffer];
    const { pid, dataDirectory } = JSON.parse(String(line)) as { pid: number; dataDirectory: string };
    assert.ok(isAlive(pid));
    run.kill('SIGKILL');
    await until('server and files are gone', () => !isAlive(pid) && !existsSync(dataDirectory));
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

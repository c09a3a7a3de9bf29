import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../command-line.ts';
import { bpmn, sequence, timer, userTask } from '../runtime/test/bpmn.ts';
import { Load, type Sent } from '../test/kill-nine-load.ts';
import { runCommandProcess, startServerProcess, type ServerProcess } from '../test/kill-nine-server.ts';
import { until } from '../test/until.ts';
import { readEntries } from './tar.ts';

/** Longer than the restore takes, so that the timer is still waiting in the backup and fires after it. */
const WAIT = 'PT8S';

/** R24 of the reliability design: backup under load → restore → continue → fsck. */
describe('backup under load, restore, and on with the work', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'reglament-backup-'));
  const old = join(folder, 'old');
  const fresh = join(folder, 'fresh');
  const archive = join(folder, 'backup.tar');
  let server: ServerProcess;
  let login: { readonly username: string; readonly password: string };
  const acknowledged: Sent[] = [];

  before(async () => {
    server = await startServerProcess(old);
    const password = /^ {2}analyst\s+(\S+)/m.exec(server.output)?.[1];
    assert.ok(password, server.output);
    login = { username: 'analyst', password };
  });
  after(async () => {
    await server.killNine();
    rmSync(folder, { recursive: true, force: true });
  });

  const api = async (request: string, body: unknown): Promise<{ readonly items: readonly { state: string }[] }> => {
    const [method = '', path = ''] = request.split(' ');
    const form = body instanceof FormData;
    const response = await fetch(server.url + path, {
      method,
      body: form ? body : JSON.stringify(body),
      headers: {
        authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`,
        ...(form ? {} : { 'content-type': 'application/json' }),
      },
    });
    assert.equal(response.status, 200, `${request}: ${await response.clone().text()}`);
    return (await response.json()) as { readonly items: readonly { state: string }[] };
  };
  const statesOf = async (processDefinitionId: string): Promise<readonly string[]> =>
    (await api('POST /v2/process-instances/search', { filter: { processDefinitionId } })).items.map(
      ({ state }) => state,
    );

  it('makes an archive that any tar reads, while clients write', async () => {
    const form = new FormData();
    form.append('resources', new File([bpmn('load', sequence(userTask('Approve')))], 'load.bpmn'));
    form.append('resources', new File([bpmn('later', sequence(timer('Later', WAIT)))], 'later.bpmn'));
    await api('POST /v2/deployments', form);
    await api('POST /v2/process-instances', { processDefinitionId: 'later' });

    const clients = Array.from({ length: 4 }, (_, index) => new Load(`before-${index}`));
    for (const client of clients) client.connect(server.url, login);
    const running = clients.map((client) => client.run('load'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const done = clients.flatMap(({ sent }) => sent).filter(({ answer }) => answer !== null);
    acknowledged.push(...done);
    const made = await runCommandProcess('backup', archive, '--data', old);
    const written = clients.flatMap(({ sent }) => sent).length;
    for (const client of clients) client.stop();
    await Promise.all(running);
    assert.equal(made.code, 0, made.output);
    assert.match(made.output, /Резервная копия готова: .*файлов [1-9]/);
    assert.ok(written > done.length, 'the clients wrote while the backup was made');
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('partial')),
      [],
    );

    const again = await runCommandProcess('backup', archive, '--data', old);
    assert.deepEqual([again.code, /is there already\. Take another name/.test(again.output)], [1, true], again.output);
  });

  it('restores nothing under a running server, nor over a database unless told', async () => {
    const running = await runCommandProcess('restore', archive, '--data', old, '--force');
    assert.equal(running.code, 1);
    assert.match(running.output, new RegExp(`process ${server.pid} has it\\. Stop that process`));
    await server.killNine();
    const there = await here('restore', archive, '--data', old);
    assert.deepEqual([there.code, /is there already\. Restore into another/.test(there.output)], [1, true]);
  });

  it('refuses a damaged archive and a cut one, and leaves nothing', async () => {
    const bytes = readFileSync(archive);
    const flipped = Buffer.from(bytes);
    flipped[20_000] = flipped[20_000]! ^ 1;
    const broken: readonly (readonly [Buffer, RegExp])[] = [
      [flipped, /its database is damaged\. Use another backup/],
      [bytes.subarray(0, bytes.length - 2_048), /it ends too early/],
      [Buffer.from('no archive at all'), /it ends too early/],
    ];
    for (const [content, why] of broken) {
      writeFileSync(`${archive}.broken`, content);
      const refused = await here('restore', `${archive}.broken`, '--data', fresh);
      assert.equal(refused.code, 1);
      assert.match(refused.output, why);
      assert.ok(!existsSync(join(fresh, 'reglament.sqlite')));
    }
  });

  it('goes on from the backup: what was acknowledged before it is there, timers resume, fsck is clean', async () => {
    const restored = await here('restore', archive, '--data', fresh);
    assert.equal(restored.code, 0, restored.output);
    assert.equal((await here('fsck', '--data', fresh)).code, 0);

    server = await startServerProcess(fresh);
    const client = new Load('repeats');
    client.connect(server.url, login);
    for (const one of acknowledged) assert.equal(await client.repeat(one), one.answer, `${one.request} ${one.key}`);
    const after = new Load('after');
    after.connect(server.url, login);
    const running = after.run('load');
    await until('the timer of the backup fires', async () => (await statesOf('later'))[0] === 'COMPLETED');
    after.stop();
    await running;
    await server.killNine();
    const checked = await here('fsck', '--lang=en', '--data', fresh);
    assert.equal(checked.code, 0, checked.output);
  });

  it('moves aside what was there when forced', async () => {
    const forced = await here('restore', archive, '--force', '--data', fresh);
    assert.equal(forced.code, 0, forced.output);
    assert.match(forced.output, /before-restore-/);
    assert.ok(readdirSync(fresh).some((name) => /^reglament\.sqlite\.before-restore-.*Z$/u.test(name)));
    assert.equal((await here('fsck', '--data', fresh)).code, 0);
  });

  it('makes no backup when a file is missing or damaged, and says which', async () => {
    for await (const { name } of readEntries(archive)) {
      if (!name.startsWith('files/')) continue;
      const sha256 = name.slice('files/'.length);
      const path = join(fresh, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
      const bytes = readFileSync(path);
      writeFileSync(path, Buffer.alloc(bytes.length, 'x'));
      const damaged = await here('backup', `${archive}.second`, '--data', fresh);
      assert.deepEqual([damaged.code, damaged.output.includes(`File ${sha256} is damaged`)], [1, true]);
      rmSync(path);
      const missing = await here('backup', `${archive}.second`, '--data', fresh);
      assert.deepEqual([missing.code, missing.output.includes(`File ${sha256} is missing`)], [1, true]);
      assert.ok(!existsSync(`${archive}.second`));
      return;
    }
    assert.fail('the archive holds files');
  });
});

/** A command as the command line runs it, without the cost of a process. */
async function here(
  verb: string,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly output: string }> {
  const lines: string[] = [];
  try {
    const code = await runCommand({ verb, args, env: {}, print: (text) => void lines.push(text) });
    return { code: code ?? -1, output: lines.join('\n') };
  } catch (error) {
    return { code: 1, output: (error as Error).message };
  }
}

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './test/until.ts';
import { mailFile } from './intake/mail/test/mail-file.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const SAMPLE = mailFile('claim-defect.eml');

describe('the server as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reglament-main-'));
  const running = new Set<ChildProcess>();
  after(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the server on the data folder and waits until it has said where it is, the last line included. */
  const start = (...args: string[]) =>
    new Promise<{ child: ChildProcess; url: string; output: string; exit: Promise<number | null> }>(
      (resolve, reject) => {
        const child = spawn(
          process.execPath,
          ['--import', 'tsx', '--conditions=source', MAIN, '--data', folder, '--port', '0', ...args],
          {
            env: { ...process.env, NODE_OPTIONS: '' },
          },
        );
        running.add(child);
        let output = '';
        // Not `exit`: what it said last may be heard after that.
        const exit = new Promise<number | null>((done) =>
          child.on('close', (code) => (running.delete(child), done(code))),
        );
        child.stdout.on('data', (chunk: Buffer) => {
          output += chunk.toString('utf8');
          const url = /running: (http:\S+)\/\n[\s\S]*(inbox|form without sign-in): \S+\n/.exec(output)?.[1];
          if (url !== undefined) resolve({ child, url, output, exit });
        });
        child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
        void exit.then((code) => reject(new Error(`ended with ${code}:\n${output}`)));
      },
    );

  it('prints demo logins once, takes mail from its folder, survives kill -9, stops on SIGTERM', async () => {
    const first = await start();
    const password = /^ {2}dispatcher +(\S+) /m.exec(first.output)?.[1];
    assert.ok(password, first.output);
    const headers = { authorization: `Basic ${Buffer.from(`dispatcher:${password}`).toString('base64')}` };
    await copyFile(SAMPLE, join(folder, 'inbox', 'claim.eml'));
    const caseNumbers = async (url: string): Promise<readonly string[]> => {
      const { items } = (await (await fetch(`${url}/api/cases`, { headers })).json()) as {
        items: { caseNumber: string }[];
      };
      return items.map(({ caseNumber }) => caseNumber);
    };
    await until('the mail is taken in', async () => (await caseNumbers(first.url)).length > 0);
    first.child.kill('SIGKILL');
    await first.exit;

    const second = await start();
    assert.ok(!second.output.includes('demo logins'), 'passwords are printed once');
    const [caseNumber, ...others] = await caseNumbers(second.url);
    assert.match(caseNumber ?? 'none', /^ОБР-\d{4}-000001$/);
    assert.deepEqual(others, []);
    assert.equal(((await (await fetch(`${second.url}/api/system`)).json()) as { demo: boolean }).demo, true);
    // The kill may have come between the case and the move of its mail: then the next look moves it, and makes no second case.
    await until('the mail is put away', async () => (await readdir(join(folder, 'inbox', 'done'))).length > 0);
    assert.deepEqual(await readdir(join(folder, 'inbox', 'done')), ['claim.eml']);
    assert.equal((await caseNumbers(second.url)).length, 1);
    second.child.kill('SIGTERM');
    assert.equal(await second.exit, 0);
  }).timeout(120_000);

  it('refuses to start on a database that another process has, and says which process and what to do', async () => {
    const first = await start();
    await assert.rejects(start(), (error: Error) => {
      assert.match(error.message, /^ended with 1:/);
      assert.ok(error.message.includes(`but process ${first.child.pid} has it. Stop that process`), error.message);
      assert.match(error.message, /другую папку данных[\s\S]*another data folder/);
      return true;
    });
    assert.equal((await fetch(`${first.url}/readyz`)).status, 200, 'the first one works on');
    first.child.kill('SIGKILL');
    await first.exit;
    const third = await start();
    third.child.kill('SIGTERM');
    assert.equal(await third.exit, 0, 'a killed process leaves no lock behind');
  }).timeout(120_000);

  it('says that its port is taken, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      await assert.rejects(
        start('--port', String(port)),
        /ended with 1:[\s\S]*другой порт \(--port\)[\s\S]*another port/,
      );
    } finally {
      other.close();
    }
  }).timeout(120_000);

  it('says what is wrong with a setting and starts nothing', async () => {
    await assert.rejects(start('--zone', 'Mars/Phobos'), /ended with 1:[\s\S]*--zone to be an IANA zone/);
    await assert.rejects(start('--colour', 'red'), /ended with 1:[\s\S]*Expected one of --host/);
    await assert.rejects(
      start('--database-url', 'mysql://secret@x/y'),
      (error: Error) => /postgres/.test(error.message) && !/secret/.test(error.message),
    );
  }).timeout(120_000);
});

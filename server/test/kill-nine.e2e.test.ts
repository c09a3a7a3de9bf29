import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex from 'knex';
import { fsckCommand } from '../fsck/fsck-command.ts';
import { bpmn, sequence, userTask } from '../runtime/test/bpmn.ts';
import { Load } from './kill-nine-load.ts';
import { until } from './until.ts';
import { startServerProcess, type ServerProcess } from './kill-nine-server.ts';
import { noteMeasured, volumeOf } from './reliability/volume.ts';

/** R7 of reliability.md. */
const KILLS = volumeOf({ small: 5, full: 200 });
const CLIENTS = 8;
/** The kill comes after so many answers, and a random moment later. */
const ANSWERS = { from: 10, to: 60 } as const;

describe('kill -9 in the middle of load, on SQLite', function () {
  this.timeout(30_000 + KILLS * 20_000);
  const folder = mkdtempSync(join(tmpdir(), 'reglament-kill-'));
  let server: ServerProcess | undefined;
  after(async () => {
    await server?.killNine();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`loses no acknowledged command in ${KILLS} kills, and does none twice`, async () => {
    server = await startServerProcess(folder);
    const password = /^ {2}analyst\s+(\S+)/m.exec(server.output)?.[1];
    assert.ok(password, server.output);
    const login = { username: 'analyst', password };
    await deploy(server.url, login);
    const clients = Array.from({ length: CLIENTS }, (_, index) => new Load(`client-${index}`));
    let unknown = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      for (const client of clients) client.connect(server.url, login);
      const known = clients.map((client) => client.sent.length);
      const running = clients.map((client) => client.run('load'));
      await answers(clients, ANSWERS.from + Math.random() * (ANSWERS.to - ANSWERS.from));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      await server.killNine();
      await Promise.all(running);
      await checkCopy(folder);

      server = await startServerProcess(folder);
      for (const [index, client] of clients.entries()) {
        client.connect(server.url, login);
        for (const one of client.sent.slice(known[index])) {
          const answer = await client.repeat(one);
          if (one.answer === null) unknown += 1;
          assert.equal(answer, one.answer ?? answer, `kill ${kill}: ${one.request} ${one.key} is answered as before`);
          one.answer = answer;
        }
      }
    }
    assert.ok(unknown > 0, 'no kill hit a write under way: this test proved nothing');
    await server.killNine();
    await checkCounts(folder, clients);
    await checkSound(folder);
    const sent = clients.reduce((sum, client) => sum + client.sent.length, 0);
    noteMeasured('R7', { kills: KILLS, acknowledged: sent, lost: 0, writesUnderTheKnife: unknown });
  });
});

/** What an operator would run after the accident. */
async function checkSound(dataFolder: string): Promise<void> {
  const lines: string[] = [];
  const database = { client: 'sqlite', file: join(dataFolder, 'reglament.sqlite') } as const;
  const code = await fsckCommand({ database, dataFolder }, { flags: [], print: (text) => void lines.push(text) });
  assert.equal(code, 0, lines.join('\n'));
}

/** Waits until the clients together got so many more answers. */
async function answers(clients: readonly Load[], wanted: number): Promise<void> {
  const count = (): number =>
    clients.reduce((sum, client) => sum + client.sent.filter(({ answer }) => answer !== null).length, 0);
  const enough = count() + wanted;
  await until('the server answers under load', () => count() >= enough);
}

async function deploy(url: string, login: { readonly username: string; readonly password: string }): Promise<void> {
  const form = new FormData();
  form.set('resources', new File([bpmn('load', sequence(userTask('Approve')))], 'load.bpmn'));
  const authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  const response = await fetch(`${url}/v2/deployments`, { method: 'POST', body: form, headers: { authorization } });
  assert.equal(response.status, 200, await response.text());
}

/** Looks at a copy, so that the server meets what the kill left: WAL, half-written frames, lock and all. */
async function checkCopy(folder: string): Promise<void> {
  await withCopy(folder, async (query) => {
    assert.deepEqual(await query('PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
    assert.deepEqual(await query('PRAGMA foreign_key_check'), []);
  });
}

/** What the clients were told is what is there: each effect once. */
async function checkCounts(folder: string, clients: readonly Load[]): Promise<void> {
  const sent = clients.flatMap((client) => client.sent);
  const of = (what: string) => sent.filter((one) => one.what === what);
  await withCopy(folder, async (query) => {
    const cases = await query(
      'SELECT case_number FROM process_instance WHERE case_number IS NOT NULL ORDER BY case_number',
    );
    assert.deepEqual(
      cases.map((row) => row.case_number),
      of('mail')
        .map(({ answer }) => answer)
        .sort(),
      'each mail made one case, and nothing else did',
    );
    assert.equal(new Set(cases.map((row) => row.case_number)).size, cases.length);
    // The year is that of the business, in its zone; only the number is told of here.
    assert.equal(String(cases.at(-1)?.case_number).slice(-6), String(cases.length).padStart(6, '0'), 'no gaps');
    const started = await query(
      `SELECT process_instance_key AS k, state FROM process_instance WHERE process_id = 'load' ORDER BY 1`,
    );
    const told = of('start').map(({ answer }) =>
      Number((JSON.parse(answer!) as { processInstanceKey: string }).processInstanceKey),
    );
    assert.deepEqual(
      started.map((row) => Number(row.k)),
      told.sort((a, b) => a - b),
      'each start made one instance',
    );
    const completed = await query(
      `SELECT count(*) AS n FROM user_task WHERE element_id = 'Approve' AND lower(state) = 'completed'`,
    );
    assert.equal(completed[0]!.n, of('complete').length);
    const history = await query(
      `SELECT count(*) AS n FROM history_event h JOIN process_instance p USING (bucket, process_instance_key)
       WHERE p.process_id = 'load' AND h.kind = 'userTaskCompleted'`,
    );
    assert.equal(history[0]!.n, of('complete').length, 'the history tells of each completion once');
  });
}

type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

async function withCopy(folder: string, look: (query: Query) => Promise<void>): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'reglament-kill-copy-'));
  for (const end of ['', '-wal']) {
    const file = join(folder, `reglament.sqlite${end}`);
    if (existsSync(file)) copyFileSync(file, join(copy, `reglament.sqlite${end}`));
  }
  const database = knex({
    client: 'sqlite3',
    connection: { filename: join(copy, 'reglament.sqlite') },
    useNullAsDefault: true,
  });
  try {
    await look((sql) => database.raw(sql));
  } finally {
    await database.destroy();
    rmSync(copy, { recursive: true, force: true });
  }
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase, queryRows, readerOf } from '../../database/connect.ts';
import { findViolations } from '../../fsck/test/find-violations.ts';
import { bpmn, sequence, serviceTask, userTask } from '../../runtime/test/bpmn.ts';
import { openRuntime } from '../../runtime/test/open-runtime.ts';
import { forEachDialect } from '../dialects.ts';
import { isFull, noteMeasured, openRandom, volumeOf } from './volume.ts';

/** R8 and R9 of reliability.md. */
const TEARS = volumeOf({ small: 8, full: 1_000 });
const COMMITS = volumeOf({ small: 40, full: 200 });
const INSTANCES = 60;

forEachDialect((dialect) => {
  if (dialect.name !== 'sqlite') return;
  const folder = mkdtempSync(join(tmpdir(), 'reglament-torn-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it(`opens at a sound moment of the past after each of ${TEARS} tears of its write-ahead log`, async function () {
    this.timeout(30_000 + TEARS * 1_000);
    const random = openRandom();
    const [main, log] = ['main', 'log'].map((name) => join(folder, name)) as [string, string];
    const runtime = await openRuntime(dialect);
    const definition = await runtime.deployProcess(bpmn('torn', sequence(userTask('ask'), serviceTask('work', 'far'))));
    for (let count = 0; count < INSTANCES; count += 1) {
      const { processInstanceKey } = await runtime.runner.start({
        processDefinitionKey: definition,
        variables: { count },
        by: null,
      });
      const [task] = await runtime.rows('SELECT user_task_key AS k FROM user_task WHERE process_instance_key = ?', [
        processInstanceKey,
      ]);
      const build = () => ({ kind: 'completeUserTask', userTaskKey: Number(task!['k']), variables: {} }) as const;
      await runtime.runner.run({ processInstanceKey, by: 'anna', build });
    }
    const [{ file } = { file: '' }] = await queryRows<{ file: string }>(
      readerOf(runtime.database),
      'SELECT file FROM pragma_database_list',
    );
    copyFileSync(file, main);
    copyFileSync(`${file}-wal`, log);
    const now = runtime.clock.now();
    await runtime.drop();

    const size = statSync(log).size;
    const sight = join(folder, 'torn.sqlite');
    const seen = new Set<number>();
    for (let tear = 1; tear <= TEARS; tear += 1) {
      for (const end of ['', '-wal', '-shm']) rmSync(sight + end, { force: true });
      copyFileSync(main, sight);
      copyFileSync(log, `${sight}-wal`);
      const at = random.below(size);
      const kind = random.pick(['cut', 'flipped'] as const);
      if (kind === 'cut') truncateSync(`${sight}-wal`, at);
      else {
        const bytes = readFileSync(log);
        bytes[at] = bytes[at]! ^ (1 << random.below(8));
        writeFileSync(`${sight}-wal`, bytes);
      }
      const where = `seed ${random.seed}, tear ${tear}: ${kind} at ${at} of ${size}`;
      const database = await connectDatabase({ client: 'sqlite', file: sight });
      try {
        const [{ ok } = { ok: '' }] = await queryRows<{ ok: string }>(
          readerOf(database),
          'SELECT integrity_check AS ok FROM pragma_integrity_check',
        );
        assert.equal(ok, 'ok', where);
        // Torn within the making of the schema there are no rows to look at yet.
        const [made] = await queryRows(
          readerOf(database),
          "SELECT 1 AS one FROM sqlite_master WHERE name = 'form_publication'",
        );
        if (made === undefined) continue;
        assert.deepEqual(await findViolations(database, { now }), [], where);
        const [row] = await queryRows<{ n: number }>(readerOf(database), 'SELECT count(*) AS n FROM process_instance');
        seen.add(row!.n);
      } finally {
        await database.close();
      }
    }
    assert.ok(seen.size > 1, 'different moments were met');
    noteMeasured('R8', { seed: random.seed, tears: TEARS, moments: seen.size, walBytes: size });
  });

  it(`is told to the disk with every one of ${COMMITS} commits`, async function () {
    this.timeout(60_000);
    const file = join(folder, 'synced.sqlite');
    const traced = spawnSync('strace', ['--version']).status === 0;
    if (!traced) {
      // Without strace the setting is all that can be seen; the soak insists on seeing the calls.
      assert.ok(!isFull(), 'Expected strace (apt install strace), to count what reaches the disk.');
      const database = await connectDatabase({ client: 'sqlite', file });
      const [row] = await queryRows<{ synchronous: number }>(
        { ...readerOf(database), sql: database.writer },
        'PRAGMA synchronous',
      );
      await database.close();
      assert.equal(row!.synchronous, 2);
      return;
    }
    const counts = join(folder, 'counts');
    const script = `
      const { connectDatabase, queryRows } = await import(${JSON.stringify(new URL('../../database/connect.ts', import.meta.url).href)});
      const { inTransaction } = await import(${JSON.stringify(new URL('../../database/transaction.ts', import.meta.url).href)});
      const database = await connectDatabase({ client: 'sqlite', file: ${JSON.stringify(file)} });
      await inTransaction(database, (tx) => queryRows(tx, 'CREATE TABLE t (a INTEGER)'));
      for (let n = 0; n < ${COMMITS}; n += 1) await inTransaction(database, (tx) => queryRows(tx, 'INSERT INTO t VALUES (?)', [n]));
      await database.close();`;
    const run = spawnSync(
      'strace',
      [
        '-f',
        '-c',
        '-e',
        'trace=fsync,fdatasync',
        '-o',
        counts,
        process.execPath,
        '--import',
        'tsx',
        '--conditions=source',
        '--input-type=module',
        '--eval',
        script,
      ],
      { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    assert.equal(run.status, 0, run.stderr);
    const calls = [
      ...readFileSync(counts, 'utf8').matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+).*\bf(?:data)?sync$/gm),
    ].reduce((sum, [, n]) => sum + Number(n), 0);
    assert.ok(calls >= COMMITS, `${calls} calls for ${COMMITS} commits:\n${readFileSync(counts, 'utf8')}`);
    noteMeasured('R9', { commits: COMMITS, syncs: calls });
  });
});

import assert from 'node:assert/strict';
import { findViolations } from '../../fsck/test/find-violations.ts';
import { openRuntime, type TestRuntime } from '../../runtime/test/open-runtime.ts';
import { forEachDialect } from '../dialects.ts';
import { deployDrawn, playThrough, startOnce, storyOf, worksFor, type DrawnModel, type World } from './play-through.ts';
import { noteMeasured, openRandom, volumeOf } from './volume.ts';

/** R3 and R4 of reliability.md. */
const CRASHED_MODELS = volumeOf({ small: 1, full: 300 });
const FAULTY_MODELS = volumeOf({ small: 1, full: 100 });
/** Of a model, drawn; all of them at full volume. */
const POINTS = volumeOf({ small: 6, full: Infinity });
const SECONDS_A_MODEL = 60;
/** Errors of the drivers, as they come: a full disk, a read that fails, a file that is busy, a connection that breaks. */
const FAULTS = {
  sqlite: ['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_BUSY'],
  postgres: ['53100', '58030', '40001', 'ECONNRESET'],
} as const;

class Killed extends Error {}

forEachDialect((dialect) => {
  const random = openRandom();
  let runtime: TestRuntime;
  /** Commits so far, and after which of them, before or behind it, the process dies. */
  let commits = 0;
  let deathAt = Infinity;
  let dead = false;
  const die = (): void => {
    if (dead) throw new Killed();
  };
  before(async () => {
    runtime = await openRuntime(dialect, {
      // Half numbers are the moments behind a COMMIT: it has happened, and nobody has been told.
      beforeCommit: () => {
        commits += 1;
        dead ||= commits >= deathAt;
        die();
      },
      afterCommit: () => {
        dead ||= commits + 0.5 >= deathAt;
        die();
      },
    });
  });
  after(() => runtime.drop());

  const world: World = new Map();
  const draw = <T>(all: readonly T[]): readonly T[] =>
    all.length <= POINTS
      ? all
      : Array.from({ length: POINTS }, () => random.pick(all)).filter((one, at, drawn) => drawn.indexOf(one) === at);
  const instancesOf = async ({ processDefinitionKey }: DrawnModel): Promise<number> => {
    const [row] = await runtime.rows('SELECT count(*) AS n FROM process_instance WHERE process_definition_key = ?', [
      processDefinitionKey,
    ]);
    return Number(row!['n']);
  };
  const counted = async (
    model: DrawnModel,
    ticket: string,
  ): Promise<{ readonly story: string; readonly commits: number }> => {
    const before = commits;
    const key = await startOnce(runtime, model, ticket);
    await playThrough(runtime, key);
    return { story: await storyOf(runtime, key), commits: commits - before };
  };

  it(`a process that dies before or behind any commit of ${CRASHED_MODELS} models loses nothing and doubles nothing`, async function () {
    this.timeout(CRASHED_MODELS * SECONDS_A_MODEL * 1_000);
    let points = 0;
    for (let number = 1; number <= CRASHED_MODELS; number += 1) {
      const model = await deployDrawn(runtime, random, `crash-${number}`);
      worksFor(world, runtime);
      const smooth = await counted(model, `smooth-${number}`);
      let of = 1;
      const moments = Array.from({ length: 2 * smooth.commits - 1 }, (_, at) => 1 + at / 2);
      for (const point of draw(moments)) {
        const where = `seed ${random.seed}, model ${number} (${model.what}), commit ${point} of ${smooth.commits}`;
        const ticket = `${number}-${point}`;
        [dead, deathAt] = [false, commits + point];
        try {
          const key = await startOnce(runtime, model, ticket);
          await playThrough(runtime, key);
        } catch (error) {
          if (!dead) throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
        }
        [dead, deathAt] = [false, Infinity];
        runtime = await runtime.restarted();
        worksFor(world, runtime);
        const key = await startOnce(runtime, model, ticket);
        await playThrough(runtime, key);
        assert.equal(await storyOf(runtime, key), smooth.story, where);
        points += 1;
        of += 1;
      }
      assert.equal(await instancesOf(model), of, `seed ${random.seed}, model ${number}: each was started once`);
    }
    runtime.errors.splice(0);
    assert.deepEqual(await findViolations(runtime.database, { now: runtime.clock.now() }), [], `seed ${random.seed}`);
    const [jobs] = await runtime.rows("SELECT count(*) AS n FROM job WHERE type = 'own-work'");
    assert.equal(world.size, Number(jobs!['n']), 'each piece of work has one key, however often it is tried');
    noteMeasured('R3', { database: dialect.name, seed: random.seed, models: CRASHED_MODELS, crashPoints: points });
  });

  it(`an error of the database at any statement of ${FAULTY_MODELS} models leaves the process alive and the instance whole`, async function () {
    this.timeout(FAULTY_MODELS * SECONDS_A_MODEL * 2_000);
    let statements = 0;
    let faultAt = Infinity;
    let code = '';
    const stumble = (): void => {
      statements += 1;
      if (statements === faultAt) throw Object.assign(new Error(`injected ${code}`), { code });
    };
    runtime.database.writer.on('query', stumble);
    let points = 0;
    try {
      for (let number = 1; number <= FAULTY_MODELS; number += 1) {
        const model = await deployDrawn(runtime, random, `fault-${number}`);
        worksFor(world, runtime);
        statements = 0;
        const smooth = await counted(model, `even-${number}`);
        const all = statements;
        for (const point of draw(Array.from({ length: all }, (_, at) => at + 1))) {
          code = random.pick(FAULTS[dialect.name]);
          const where = `seed ${random.seed}, model ${number} (${model.what}), ${code} at statement ${point} of ${all}`;
          [statements, faultAt] = [0, point];
          const ticket = `f-${number}-${point}`;
          let key: number | undefined;
          for (let attempt = 1; key === undefined; attempt += 1) {
            try {
              const started = await startOnce(runtime, model, ticket);
              await playThrough(runtime, started);
              key = started;
            } catch (error) {
              // Once: the client hears of it and asks again.
              if (attempt > 1) throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
            }
          }
          assert.equal(await storyOf(runtime, key), smooth.story, where);
          points += 1;
        }
        faultAt = Infinity;
      }
    } finally {
      runtime.database.writer.removeListener('query', stumble);
    }
    runtime.errors.splice(0);
    assert.deepEqual(await findViolations(runtime.database, { now: runtime.clock.now() }), [], `seed ${random.seed}`);
    noteMeasured('R4', { database: dialect.name, seed: random.seed, models: FAULTY_MODELS, faults: points });
  });
});

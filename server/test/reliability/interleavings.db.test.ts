import assert from 'node:assert/strict';
import { queryRows } from '../../database/connect.ts';
import { inTransaction } from '../../database/transaction.ts';
import { findViolations } from '../../fsck/test/find-violations.ts';
import { RightLost, type Rights } from '../../nodes/rights.ts';
import { bpmn, sequence, serviceTask, timer, userTask } from '../../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../../runtime/test/open-runtime.ts';
import type { ActivatedJob } from '../../worker/claim-jobs.ts';
import { fireTimers } from '../../worker/fire-timers.ts';
import { LateJobResult, UnknownJob } from '../../worker/job-errors.ts';
import { forEachDialect, type DialectName } from '../dialects.ts';
import { playThrough, startOnce, storyOf } from './play-through.ts';
import { noteMeasured, openRandom, volumeOf } from './volume.ts';

/** R5 and the part of R15 that concerns leases, of reliability.md. */
const schedulesOn = (name: DialectName): number => volumeOf({ small: name === 'sqlite' ? 3 : 1, full: 5_000 });
const STEPS = volumeOf({ small: 12, full: 25 });
const INSTANCES = 2;
const MINUTE = 60_000;
/** Ten minutes of skew either way, an hour, a night. */
const JUMPS = [-10 * MINUTE, 10 * MINUTE, 35_000, 61_000, 60 * MINUTE, 24 * 60 * MINUTE];

forEachDialect((dialect) => {
  const SCHEDULES = schedulesOn(dialect.name);
  it(`two nodes, slow workers and a clock that jumps, in ${SCHEDULES} orders drawn: each timer fires once, each job is done once`, async function () {
    this.timeout(60_000 + SCHEDULES * 10_000);
    const random = openRandom();
    const first = await openRuntime(dialect);
    const nodes: TestRuntime[] = [first];
    if (dialect.name === 'postgres') nodes.push(await first.beside());
    try {
      const body = sequence(timer('pause', 'PT30S'), serviceTask('work', 'outside-work', 99), userTask('ask'));
      const processDefinitionKey = await first.deployProcess(bpmn('shuffled', body));
      const model = { processDefinitionKey, what: 'timer, job, user task' };
      let expected = '';
      let refused = 0;
      for (let schedule = 1; schedule <= SCHEDULES; schedule += 1) {
        const where = `seed ${random.seed}, schedule ${schedule}`;
        const keys: number[] = [];
        for (let at = 0; at < INSTANCES; at += 1)
          keys.push(await startOnce(random.pick(nodes), model, `${schedule}-${at}`));
        refused += await shuffle(nodes, where);
        for (const key of keys) {
          await playThrough(first, key, nodes.slice(1));
          const story = await storyOf(first, key);
          if (expected === '') expected = story;
          assert.equal(story, expected, where);
        }
      }
      assert.match(expected, /jobCompleted 1.*timerFired 1/);
      assert.deepEqual(await findViolations(first.database, { now: first.clock.now() }), [], `seed ${random.seed}`);
      noteMeasured('R5', {
        database: dialect.name,
        seed: random.seed,
        schedules: SCHEDULES,
        lateAnswersRefused: refused,
      });
    } finally {
      for (const node of nodes.slice(1)) await node.drop();
      await first.drop();
    }

    /** @returns how many late answers and lost rights were refused */
    async function shuffle(all: readonly TestRuntime[], where: string): Promise<number> {
      const held: ActivatedJob[] = [];
      const accepted = new Map<number, number>();
      const stale: { readonly node: TestRuntime; readonly rights: Rights }[] = [];
      let refusals = 0;
      for (let step = 0; step < STEPS; step += 1) {
        const node = random.pick(all);
        switch (random.below(6)) {
          case 0:
            await node.worker.drain();
            break;
          case 1: {
            const claim = { type: 'outside-work', worker: `w${step}`, timeout: 30_000, maxJobs: 2, requestTimeout: -1 };
            held.push(...(await node.worker.jobs.activate(claim)));
            break;
          }
          case 2: {
            if (held.length === 0) break;
            // Perhaps long after its lease, perhaps for the second time, perhaps told to another node.
            const job = random.pick(held);
            try {
              await node.worker.jobs.complete({ ...job, variables: { by: job.worker }, by: null });
              accepted.set(job.jobKey, (accepted.get(job.jobKey) ?? 0) + 1);
            } catch (error) {
              if (!(error instanceof LateJobResult) && !(error instanceof UnknownJob)) throw error;
              refusals += 1;
            }
            break;
          }
          case 3:
            first.clock.advance(random.pick(JUMPS));
            break;
          case 4:
            if (all.length === 1) break;
            stale.push({ node, rights: node.node.rights() });
            await takeOver(first, random.below(2) === 0);
            for (const one of all) await one.node.beat();
            break;
          default: {
            const late = stale.pop();
            if (late === undefined) break;
            const { database, runner, clock } = late.node;
            const deps = { database, runner, zone: 'UTC', rights: late.rights, onError: () => undefined };
            await fireTimers(deps, clock.now()).catch((error: unknown) => {
              if (!(error instanceof RightLost)) throw error;
              refusals += 1;
            });
          }
        }
      }
      for (const [jobKey, times] of accepted) assert.equal(times, 1, `${where}: job ${jobKey} was accepted once`);
      return refusals;
    }
  });
});

/** All buckets change hands, to nobody or to their own node again: what was read under the old right is stale either way. */
async function takeOver({ database }: TestRuntime, toNobody: boolean): Promise<void> {
  await inTransaction(database, (tx) =>
    queryRows(tx, `UPDATE bucket_lease SET epoch = epoch + 1${toNobody ? ', node_id = NULL' : ''} WHERE bucket >= 0`),
  );
}

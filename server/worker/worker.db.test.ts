import assert from 'node:assert/strict';
import { bpmn, sequence, serviceTask, timer, userTask } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { claimDueStarts, claimDueTimers } from './claim-due-timers.ts';
import type { ActivatedJob } from './claim-jobs.ts';
import { START_TIMERS } from './fire-timers.ts';
import { BpmnError, JobFailure, LateJobResult, UnknownJob } from './job-errors.ts';
import { createWakeUps, type WakeUps } from './wake-ups.ts';
import { createWorker } from './worker.ts';

const MINUTE = 60_000;
/** As far away as a timer can be. */
const NEVER = 2 ** 31 - 1;

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  before(async () => (runtime = await openRuntime(dialect)));
  after(() => runtime.drop());
  afterEach(() => assert.deepEqual(runtime.errors.splice(0), []));

  const start = async (xml: string, variables = {}): Promise<number> => {
    const processDefinitionKey = await runtime.deployProcess(xml);
    return (await runtime.runner.start({ processDefinitionKey, variables, by: null })).processInstanceKey;
  };
  const stateOf = async (processInstanceKey: number): Promise<unknown> =>
    (await runtime.rows('SELECT state FROM process_instance WHERE process_instance_key = ?', [processInstanceKey]))[0]!
      .state;
  const activate = (type: string, more = {}): Promise<readonly ActivatedJob[]> =>
    runtime.worker.jobs.activate({ type, worker: 'w1', timeout: MINUTE, maxJobs: 10, requestTimeout: -1, ...more });
  const activateOne = async (type: string): Promise<ActivatedJob> => {
    const [job] = await activate(type);
    assert.ok(job, `a job of type ${type}`);
    return job;
  };

  describe('a job for an external worker', () => {
    it('is leased once, with the variables it sees, and its result goes on in the process', async () => {
      const key = await start(bpmn('pay', sequence(serviceTask('do-pay', 'pay'))), { amount: 100, secret: 'x' });
      const [job, ...others] = await activate('pay', { fetchVariables: ['amount'] });
      assert.deepEqual(others, []);
      assert.deepEqual(
        [job!.processInstanceKey, job!.elementId, job!.variables, job!.retries, job!.attempt, job!.deadline],
        [key, 'do-pay', { amount: 100 }, 3, 1, runtime.clock.now() + MINUTE],
      );
      assert.deepEqual(await activate('pay'), []);
      await runtime.worker.jobs.complete({ ...job!, variables: { paid: true }, by: null });
      assert.equal(await stateOf(key), 'completed');
      await assert.rejects(runtime.worker.jobs.complete({ ...job!, variables: {}, by: null }), UnknownJob);
    });

    it('comes back when its lease ends; the late answer changes nothing, the new one counts', async () => {
      const key = await start(bpmn('slow', sequence(serviceTask('do-slow', 'slow'))));
      const late = await activateOne('slow');
      runtime.clock.advance(MINUTE);
      await assert.rejects(
        runtime.worker.jobs.complete({ ...late, variables: { who: 'late' }, by: null }),
        LateJobResult,
      );
      await runtime.worker.drain();
      await assert.rejects(
        runtime.worker.jobs.complete({ ...late, variables: { who: 'late' }, by: null }),
        LateJobResult,
      );
      const again = await activateOne('slow');
      assert.deepEqual([again.retries, again.attempt], [2, 2]);
      await assert.rejects(
        runtime.worker.jobs.complete({ ...late, variables: { who: 'late' }, by: null }),
        LateJobResult,
      );
      await runtime.worker.jobs.complete({ ...again, variables: { who: 'new' }, by: null });
      assert.equal(await stateOf(key), 'completed');
      const [who] = await runtime.rows("SELECT value FROM variable WHERE process_instance_key = ? AND name = 'who'", [
        key,
      ]);
      assert.equal(who!.value, '"new"');
    });

    it('that is answered twice at once takes the first answer, and the lease of the other has ended', async () => {
      await start(bpmn('twice', sequence(serviceTask('do-twice', 'twice'))));
      const job = await activateOne('twice');
      const { jobs } = runtime.worker;
      const answers = await Promise.allSettled([
        jobs.fail({ ...job, retries: 2, retryBackOff: 0, errorMessage: 'no paper', variables: {}, by: null }),
        jobs.complete({ ...job, variables: {}, by: null }),
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        ['fulfilled', 'rejected'],
      );
      assert.ok((answers[1] as PromiseRejectedResult).reason instanceof LateJobResult);
      assert.equal((await activateOne('twice')).attempt, 2);
    });

    it('that kills every worker becomes an incident, and works again once it is resolved', async () => {
      const key = await start(bpmn('poison', sequence(serviceTask('do-poison', 'poison', 2))));
      for (let n = 0; n < 2; n += 1) {
        await activateOne('poison');
        runtime.clock.advance(MINUTE);
        await runtime.worker.drain();
      }
      assert.deepEqual(await activate('poison'), []);
      const [incident] = await runtime.rows(
        'SELECT incident_key, type, message, job_key FROM incident WHERE process_instance_key = ? AND ended_at IS NULL',
        [key],
      );
      assert.equal(incident!.type, 'JOB_NO_RETRIES');
      assert.match(String(incident!.message), /did not answer within its lease/);
      await runtime.worker.jobs.update({ jobKey: incident!.job_key as number, retries: 1, by: 'admin' });
      await runtime.runner.run({
        processInstanceKey: key,
        by: 'admin',
        build: () => ({ kind: 'resolveIncident', incidentKey: incident!.incident_key as number }),
      });
      await runtime.worker.jobs.complete({ ...(await activateOne('poison')), variables: {}, by: null });
      assert.equal(await stateOf(key), 'completed');
    });

    it('that failed is offered again after its back-off, not before', async () => {
      await start(bpmn('retry', sequence(serviceTask('do-retry', 'retry'))));
      const job = await activateOne('retry');
      await runtime.worker.jobs.fail({
        ...job,
        retries: 1,
        retryBackOff: 5_000,
        errorMessage: 'нет связи',
        variables: {},
        by: null,
      });
      assert.deepEqual(await activate('retry'), []);
      runtime.clock.advance(4_999);
      assert.deepEqual(await activate('retry'), []);
      runtime.clock.advance(1);
      assert.equal((await activateOne('retry')).retries, 1);
    });

    it('is given to one of many workers that ask at once', async () => {
      const definition = await runtime.deployProcess(bpmn('many', sequence(serviceTask('do-many', 'many'))));
      for (let n = 0; n < 30; n += 1)
        await runtime.runner.start({ processDefinitionKey: definition, variables: {}, by: null });
      const taken = await Promise.all(Array.from({ length: 6 }, () => activate('many', { maxJobs: 7 })));
      const keys = taken.flat().map((job) => job.jobKey);
      for (let rest = await activate('many', { maxJobs: 100 }); rest.length > 0; rest = await activate('many')) {
        keys.push(...rest.map((job) => job.jobKey));
      }
      assert.equal(keys.length, 30);
      assert.equal(new Set(keys).size, 30);
    });

    it('wakes the worker that waits for it, which would not look again by itself', async () => {
      const definition = await runtime.deployProcess(bpmn('long-poll', sequence(serviceTask('poll', 'long-poll'))));
      let begin = (): void => undefined;
      const begun = new Promise<void>((resolve) => (begin = resolve));
      const hints = createWakeUps();
      const wait: WakeUps['wait'] = (topic, _floor, signal) => {
        const { over, cancel } = hints.wait(topic, NEVER, signal);
        return {
          cancel,
          get over() {
            begin();
            return over;
          },
        };
      };
      const { jobs } = createWorker({ ...runtime, wakeUps: { ...hints, wait } });
      const request = { type: 'long-poll', worker: 'w1', timeout: MINUTE, maxJobs: 10, requestTimeout: 15_000 };
      const gone = new AbortController();
      const impatience = setTimeout(() => gone.abort(), 15_000);
      const waiting = jobs.activate({ ...request, signal: gone.signal });
      await begun;
      await runtime.runner.start({ processDefinitionKey: definition, variables: {}, by: null });
      assert.equal((await waiting).length, 1);
      clearTimeout(impatience);
      const abandoned = jobs.activate({ ...request, signal: gone.signal });
      gone.abort();
      assert.deepEqual(await abandoned, []);
    });
  });

  describe('a job of our own', () => {
    it('runs with a stable key, is tried again after a failure, and becomes an incident at the end', async () => {
      const keys: string[] = [];
      runtime.worker.registerJobType('own', async ({ variables, idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (variables.times === undefined || keys.length < Number(variables.times)) throw new JobFailure('ещё нет');
        return { done: keys.length };
      });
      const key = await start(bpmn('own', sequence(serviceTask('do-own', 'own'))), { times: 3 });
      await runtime.worker.drain();
      assert.equal(keys.length, 1);
      runtime.clock.advance(1_000);
      await runtime.worker.drain();
      runtime.clock.advance(2_000);
      await runtime.worker.drain();
      assert.equal(await stateOf(key), 'completed');
      assert.equal(new Set(keys).size, 1);

      const hopeless = await start(bpmn('own', sequence(serviceTask('do-own', 'own', 1))));
      await runtime.worker.drain();
      const [incident] = await runtime.rows('SELECT message FROM incident WHERE process_instance_key = ?', [hopeless]);
      assert.equal(incident!.message, 'ещё нет');
    });

    it('that is slow holds up neither others of its kind beyond their lease, nor is one begun twice', async () => {
      const begun: string[] = [];
      const attempts: number[] = [];
      runtime.worker.registerJobType('slow-own', async ({ job, idempotencyKey }) => {
        begun.push(idempotencyKey);
        attempts.push(job.attempt);
        runtime.clock.advance(5_000);
      });
      const definition = await runtime.deployProcess(bpmn('slow-own', sequence(serviceTask('do-slow', 'slow-own'))));
      for (let n = 0; n < 30; n += 1)
        await runtime.runner.start({ processDefinitionKey: definition, variables: {}, by: null });
      await runtime.worker.drain();
      assert.deepEqual([begun.length, new Set(begun).size, new Set(attempts).size], [30, 30, 1]);
      const open = "SELECT count(*) AS n FROM process_instance WHERE process_id = 'slow-own' AND state = 'active'";
      assert.equal((await runtime.rows(open))[0]!.n, 0);
    });

    it('throws a business error that the model catches', async () => {
      runtime.worker.registerJobType('refuse', async () => {
        throw new BpmnError('NO_STOCK', 'нет на складе');
      });
      const body =
        sequence(serviceTask('order', 'refuse')) +
        `<bpmn:boundaryEvent id="caught" attachedToRef="order"><bpmn:outgoing>to_other</bpmn:outgoing><bpmn:errorEventDefinition errorRef="no_stock"/></bpmn:boundaryEvent>
         <bpmn:endEvent id="other"><bpmn:incoming>to_other</bpmn:incoming></bpmn:endEvent><bpmn:sequenceFlow id="to_other" sourceRef="caught" targetRef="other"/>`;
      const key = await start(bpmn('refusal', body, '<bpmn:error id="no_stock" errorCode="NO_STOCK"/>'));
      await runtime.worker.drain();
      assert.equal(await stateOf(key), 'completed');
      const [row] = await runtime.rows(
        "SELECT 1 AS one FROM element_instance WHERE process_instance_key = ? AND element_id = 'other'",
        [key],
      );
      assert.ok(row);
    });
  });

  describe('timers', () => {
    it('never fire early, fire once, and late after a downtime', async () => {
      const key = await start(bpmn('wait', sequence(timer('pause', 'PT1H'), userTask('after'))));
      runtime.clock.advance(60 * MINUTE - 1);
      await runtime.worker.drain();
      const open = () =>
        runtime.rows("SELECT 1 FROM user_task WHERE process_instance_key = ? AND element_id = 'after'", [key]);
      assert.equal((await open()).length, 0);
      runtime.clock.advance(5 * 24 * 60 * MINUTE);
      await runtime.worker.drain();
      await runtime.worker.drain();
      assert.equal((await open()).length, 1);
      const fired = await runtime.rows(
        "SELECT 1 FROM history_event WHERE process_instance_key = ? AND kind = 'timerFired'",
        [key],
      );
      assert.equal(fired.length, 1);
      assert.deepEqual(await runtime.rows('SELECT 1 FROM timer WHERE process_instance_key = ?', [key]), []);
    });

    it('of many instances due together all fire, also when two nodes look at once', async () => {
      const definition = await runtime.deployProcess(bpmn('crowd', sequence(timer('pause', 'PT1M'))));
      for (let n = 0; n < 120; n += 1)
        await runtime.runner.start({ processDefinitionKey: definition, variables: {}, by: null });
      runtime.clock.advance(MINUTE);
      await Promise.all([runtime.worker.drain(), runtime.worker.drain()]);
      await runtime.worker.drain();
      const [left] = await runtime.rows(
        "SELECT count(*) AS n FROM process_instance WHERE process_id = 'crowd' AND state = 'active'",
      );
      assert.equal(left!.n, 0);
    });

    it('start processes on their schedule, once per due time, and only by the latest version', async () => {
      const scheduled = (id: string, cycle: string) =>
        bpmn(
          'nightly',
          sequence(userTask(id)).replace(
            '<bpmn:startEvent id="start">',
            `<bpmn:startEvent id="start"><bpmn:timerEventDefinition><bpmn:timeCycle>${cycle}</bpmn:timeCycle></bpmn:timerEventDefinition>`,
          ),
        );
      await runtime.deployProcess(scheduled('old', 'R/PT1H'));
      await runtime.deployProcess(scheduled('check', 'R2/PT1H'));
      const count = async () => {
        await runtime.worker.drain();
        return (await runtime.rows("SELECT element_id FROM user_task WHERE process_id = 'nightly'")).map(
          (row) => row.element_id,
        );
      };
      runtime.clock.advance(59 * MINUTE);
      assert.deepEqual(await count(), []);
      runtime.clock.advance(MINUTE);
      assert.deepEqual(await count(), ['check']);
      runtime.clock.advance(60 * MINUTE);
      assert.deepEqual(await count(), ['check', 'check']);
      runtime.clock.advance(600 * MINUTE);
      assert.deepEqual(await count(), ['check', 'check']);
    });
  });

  it('what was claimed when the process was killed fires at the restart, and does not wait for the end of the claim', async () => {
    const key = await start(bpmn('cut', sequence(timer('pause', 'PT1H'))));
    const scheduled = sequence(userTask('check')).replace(
      '<bpmn:startEvent id="start">',
      '<bpmn:startEvent id="start"><bpmn:timerEventDefinition><bpmn:timeCycle>R1/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>',
    );
    await runtime.deployProcess(bpmn('cut-start', scheduled));
    runtime.clock.advance(60 * MINUTE);
    const rights = runtime.node.rights();
    const claim = { now: runtime.clock.now(), limit: 10 };
    assert.equal((await claimDueTimers(runtime.database, { ...claim, rights })).length, 1);
    assert.equal((await claimDueStarts(runtime.database, { ...claim, right: rights.of(START_TIMERS) })).length, 1);
    await runtime.worker.drain();
    assert.equal(await stateOf(key), 'active', 'claimed: nobody else fires it');
    runtime = await runtime.restarted();
    await runtime.worker.drain();
    assert.equal(await stateOf(key), 'completed');
    const tasks = await runtime.rows("SELECT 1 FROM user_task WHERE process_id = 'cut-start'");
    assert.equal(tasks.length, 1);
  });

  it('the running worker finds work by itself', async () => {
    const done = new Promise<void>((resolve) => runtime.worker.registerJobType('live', async () => resolve()));
    runtime.worker.start();
    await start(bpmn('live', sequence(serviceTask('do-live', 'live'))));
    await done;
    await runtime.worker.stop();
  });
});

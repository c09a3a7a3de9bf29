import assert from 'node:assert/strict';
import { bpmn, sequence } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import type { ActivatedJob } from './claim-jobs.ts';
import { LateJobResult } from './job-errors.ts';

const MINUTE = 60_000;

/** A service task for one job type. */
function work(id: string, { retries = '3', inside = '' } = {}): { readonly id: string; readonly xml: string } {
  return {
    id: `do-${id}`,
    xml: `<bpmn:serviceTask id="do-${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${id}" retries="${retries}"/>${inside}</bpmn:extensionElements></bpmn:serviceTask>`,
  };
}

const header = '<zeebe:taskHeaders><zeebe:header key="retryBackoff" value="PT30S"/></zeebe:taskHeaders>';

forEachDialect((dialect) => {
  describe('when a job is offered', () => {
    let runtime: TestRuntime;
    before(async () => (runtime = await openRuntime(dialect)));
    after(() => runtime.drop());
    afterEach(() => assert.deepEqual(runtime.errors.splice(0), []));

    const start = async (xml: string, variables = {}): Promise<number> => {
      const processDefinitionKey = await runtime.deployProcess(xml);
      return (await runtime.runner.start({ processDefinitionKey, variables, by: null })).processInstanceKey;
    };
    const take = async (type: string): Promise<ActivatedJob | undefined> =>
      (await runtime.worker.jobs.activate({ type, worker: 'w', timeout: MINUTE, maxJobs: 1, requestTimeout: -1 }))[0];
    const fail = async (job: ActivatedJob, more = {}): Promise<void> => {
      await runtime.worker.jobs.fail({
        ...job,
        retries: job.retries - 1,
        errorMessage: 'занято',
        variables: {},
        by: null,
        ...more,
      });
    };
    /** Milliseconds until the job is there again; -1 when it never is. */
    const waitFor = async (type: string): Promise<number> => {
      const [row] = await runtime.rows(
        'SELECT available_at, retries FROM job WHERE type = ? AND ended_at IS NULL AND lease_until IS NULL',
        [type],
      );
      return Number(row!.retries) > 0 ? Number(row!.available_at) - runtime.clock.now() : -1;
    };
    const failures = async (type: string, count: number): Promise<readonly number[]> => {
      const waits: number[] = [];
      for (let n = 0; n < count; n += 1) {
        const job = await take(type);
        assert.ok(job, `try ${n + 1} of ${type}`);
        await fail(job);
        waits.push(await waitFor(type));
        runtime.clock.advance(Math.max(0, waits.at(-1)!));
      }
      return waits;
    };

    it('the model says how often and how long after: R3/PT5M, a list, or the header of connectors', async () => {
      await start(bpmn('every', sequence(work('every', { retries: 'R3/PT5M' }))));
      assert.deepEqual(await failures('every', 3), [5 * MINUTE, 5 * MINUTE, -1]);
      await start(bpmn('list', sequence(work('list', { retries: 'PT1M, PT10M' }))));
      assert.deepEqual(await failures('list', 3), [MINUTE, 10 * MINUTE, -1]);
      await start(bpmn('headed', sequence(work('headed', { retries: '2', inside: header }))));
      assert.deepEqual(await failures('headed', 2), [30_000, -1]);
      await start(bpmn('plain', sequence(work('plain', { retries: '2' }))));
      assert.deepEqual(await failures('plain', 2), [0, -1]);
    });

    it('the worker’s own delay comes before that of the model; a lost lease waits as the model says', async () => {
      await start(bpmn('mixed', sequence(work('mixed', { retries: 'R4/PT5M' }))));
      await fail((await take('mixed'))!, { retryBackOff: 1_000 });
      assert.equal(await waitFor('mixed'), 1_000);
      runtime.clock.advance(1_000);
      assert.ok(await take('mixed'));
      runtime.clock.advance(MINUTE);
      await runtime.worker.drain();
      assert.equal(await waitFor('mixed'), 5 * MINUTE);
    });

    it('our own jobs follow the model, too, and their usual back-off where it is silent', async () => {
      runtime.worker.registerJobType('ours', () => Promise.reject(new Error('нет связи')));
      await start(bpmn('ours', sequence(work('ours', { retries: 'R3/PT7M' }))));
      await runtime.worker.drain();
      assert.equal(await waitFor('ours'), 7 * MINUTE);
      assert.match(runtime.errors.splice(0).join(), /нет связи/);
    });

    it('by priority, and low priority ages: ten seconds of waiting are a point', async () => {
      const urgency = (priority: string): string => `<zeebe:jobPriorityDefinition priority="${priority}"/>`;
      const definition = await runtime.deployProcess(
        bpmn('sorted', sequence(work('sorted', { inside: urgency('=p') }))),
      );
      const begin = async (p: number): Promise<number> =>
        (await runtime.runner.start({ processDefinitionKey: definition, variables: { p }, by: null }))
          .processInstanceKey;
      const old = await begin(0);
      runtime.clock.advance(5 * MINUTE);
      const [urgent, slightly] = [await begin(50), await begin(20)];
      const order = [];
      for (let job = await take('sorted'); job !== undefined; job = await take('sorted')) {
        order.push(job.processInstanceKey);
      }
      // Five minutes are thirty points: more than 20, less than 50.
      assert.deepEqual(order, [urgent, old, slightly]);
    });

    it('the priority of a process is that of its jobs; one that is no number is an incident', async () => {
      const all = '<bpmn:extensionElements><zeebe:jobPriorityDefinition priority="7"/></bpmn:extensionElements>';
      await start(bpmn('shared', all + sequence(work('shared'))));
      const [row] = await runtime.rows("SELECT priority FROM job WHERE type = 'shared'");
      assert.equal(row!.priority, 7);
      const stuck = await start(
        bpmn('stuck', sequence(work('stuck', { inside: '<zeebe:jobPriorityDefinition priority="=5000"/>' }))),
      );
      const [incident] = await runtime.rows('SELECT message FROM incident WHERE process_instance_key = ?', [stuck]);
      assert.match(String(incident!.message), /the job priority .* from -1000 to 1000, but found 5000/);
    });

    it('without a fencing number an answer counts while the job is leased, and not after', async () => {
      const key = await start(bpmn('api', sequence(work('api'))));
      const job = (await take('api'))!;
      const complete = () =>
        runtime.worker.jobs.complete({ jobKey: job.jobKey, variables: { who: 'late' }, by: 'worker' });
      runtime.clock.advance(MINUTE);
      await assert.rejects(complete(), LateJobResult, 'the lease is over');
      await runtime.worker.drain();
      await assert.rejects(complete(), LateJobResult, 'it waits for another worker');
      assert.equal((await runtime.rows('SELECT 1 FROM variable WHERE process_instance_key = ?', [key])).length, 0);
      assert.ok(await take('api'));
      await complete();
    });
  });
});

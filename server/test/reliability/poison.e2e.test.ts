import assert from 'node:assert/strict';
import { queryRows, readerOf } from '../../database/connect.ts';
import { startApp, type TestApp } from '../../http/test/start-app.ts';
import { bpmn, sequence, serviceTask, userTask } from '../../runtime/test/bpmn.ts';
import { forEachDialect } from '../dialects.ts';
import { noteMeasured, volumeOf } from './volume.ts';

/** R18 of reliability.md. */
const EACH = volumeOf({ small: 1, full: 50 });
const LEASE = 60_000;

/** A task that fails before its job is made: the input cannot be computed. */
const withInput = (id: string, source: string) => {
  const task = serviceTask(id, 'far');
  const mapping = `<zeebe:ioMapping><zeebe:input source="${source}" target="x"/></zeebe:ioMapping></bpmn:extensionElements>`;
  return { id, xml: task.xml.replace('</bpmn:extensionElements>', mapping) };
};

forEachDialect((dialect) => {
  describe('poison', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      const { worker } = test.app;
      worker.registerJobType('throws', () => {
        throw new Error('always');
      });
      // Whatever a handler rejects with, an Error or not.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      worker.registerJobType('rejects', () => Promise.reject(undefined));
      worker.registerJobType('unstorable', () => Promise.resolve({ text: 'a\u0000b', '': { deep: ['\ud800'] } }));
      const row = 'row'.repeat(30);
      worker.registerJobType('endless', () => Promise.resolve({ rows: Array.from({ length: 250_000 }, () => row) }));
      worker.registerJobType('fine', () => Promise.resolve({ ok: true }));
      const form = new FormData();
      const models: Readonly<Record<string, { readonly id: string; readonly xml: string }>> = {
        throws: serviceTask('Do', 'throws', 2),
        rejects: serviceTask('Do', 'rejects', 2),
        unstorable: serviceTask('Do', 'unstorable', 2),
        endless: serviceTask('Do', 'endless', 2),
        hangs: serviceTask('Do', 'hangs', 2),
        bomb: withInput('Do', '=count(for a in 1..n, b in 1..n return a * b)'),
        nonsense: withInput('Do', '=date(&quot;no date&quot;).year + missing.value'),
        fine: serviceTask('Do', 'fine', 2),
        form: userTask('Ask'),
      };
      for (const [id, node] of Object.entries(models))
        form.append('resources', new File([bpmn(id, sequence(node))], `${id}.bpmn`));
      const deployed = await test.call('analyst', 'POST /v2/deployments', form);
      assert.equal(deployed.status, 200, JSON.stringify(deployed.body));
    });
    after(() => test.close());

    const start = (processDefinitionId: string) =>
      test.call('analyst', 'POST /v2/process-instances', { processDefinitionId, variables: { n: 30_000 } });
    const rows = (sql: string) => queryRows(readerOf(test.database), sql);

    it('of every kind becomes an incident or a refusal, and what stands beside it is done', async function () {
      this.timeout(120_000 + EACH * 20_000);
      const poisons = ['throws', 'rejects', 'unstorable', 'endless', 'hangs', 'bomb'];
      const outcomes: Record<string, string> = {};
      for (let time = 0; time < EACH; time += 1) {
        for (const id of [...poisons, 'fine']) assert.equal((await start(id)).status, 200, id);
      }
      // What yields null in FEEL is no failure: the job is there, with null.
      assert.equal((await start('nonsense')).status, 200);
      for (let round = 0; round < 6; round += 1) {
        // A worker that takes the job and is never heard of again.
        const claim = { type: 'hangs', worker: 'dies', timeout: LEASE, maxJobsToActivate: 1_000, requestTimeout: -1 };
        assert.equal((await test.call('analyst', 'POST /v2/jobs/activation', claim)).status, 200);
        test.advance(10 * LEASE);
        await test.settle();
      }
      for (const id of poisons) {
        const [row] = await rows(
          `SELECT count(*) AS n, min(i.type) AS type FROM incident i JOIN process_instance p ON p.bucket = i.bucket AND p.process_instance_key = i.process_instance_key
           WHERE i.ended_at IS NULL AND p.process_id = '${id}'`,
        );
        outcomes[id] = String(row!['type']);
        assert.equal(Number(row!['n']), EACH, `${id} has an incident`);
      }
      const [fine] = await rows(
        "SELECT count(*) AS n FROM process_instance WHERE process_id = 'fine' AND state = 'completed'",
      );
      assert.equal(Number(fine!['n']), EACH);

      const refusals = await Promise.all([
        test.call('analyst', 'POST /v2/process-instances', {
          processDefinitionId: 'form\u0000',
        }),
        test.call('analyst', 'POST /v2/process-instances', {
          processDefinitionId: 'form',
          variables: ['no', 'object'],
        }),
        test.call('dispatcher', 'POST /api/intake/mail', new Uint8Array([0, 255, 254, 1, 2]), {
          'content-type': 'message/rfc822',
        }),
      ]);
      for (const { status, body } of refusals)
        assert.ok(status >= 400 && status < 500, `${status} ${JSON.stringify(body)}`);
      assert.equal((await test.call(null, 'GET /readyz')).status, 200);
      noteMeasured('R18', { database: dialect.name, each: EACH, outcomes });
    });
  });
});

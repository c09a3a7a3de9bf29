import assert from 'node:assert/strict';
import { bpmn, sequence, serviceTask } from '../runtime/test/bpmn.ts';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { readFileSync } from 'node:fs';
import { queryRows } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { forEachDialect } from '../test/dialects.ts';

const GUIDE = new URL('../../docs/guide/monitoring.md', import.meta.url);
/** Only where there is a file of SQLite or a disk that somebody watches. */
const ELSEWHERE = ['reglament_wal_bytes', 'reglament_disk_free_bytes'];

/** Always there, whatever happens; those of issue 5 among them. */
const GAUGES = [
  'reglament_due_lag_seconds',
  'reglament_outbox_age_seconds',
  'reglament_incidents_open',
  'reglament_event_loop_lag_seconds',
  'reglament_lease_losses_total',
  'reglament_resident_memory_bytes',
  'reglament_nodes_living',
  'reglament_buckets_held',
  'reglament_buckets_lost',
];

forEachDialect((dialect) => {
  describe('metrics for Prometheus', () => {
    let test: TestApp;
    before(async () => (test = await startApp((await dialect.connect()).settings)));
    after(() => test.close());
    const scrape = async (): Promise<string> => {
      const answer = await test.call('analyst', 'GET /metrics');
      assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
      return (answer.body as Buffer).toString('utf8');
    };
    const valueOf = (text: string, name: string): number | undefined => {
      const line = text.split('\n').find((one) => one.startsWith(`${name} `) || one.startsWith(`${name}{`));
      return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
    };

    it('tells of the work in the text format, one HELP and one TYPE for each name', async () => {
      const text = await scrape();
      for (const name of GAUGES) {
        assert.equal(text.split(`# TYPE ${name} `).length, 2, name);
        assert.ok(Number.isFinite(valueOf(text, name)), name);
      }
      for (const line of text.trim().split('\n')) {
        assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? -?[\d.e+-]+)$/);
      }
    });

    it('sees jobs, incidents, and timers that are late', async () => {
      assert.equal(valueOf(await scrape(), 'reglament_due_lag_seconds'), 0);
      const form = new FormData();
      for (const [id, type] of [
        ['waits', 'outside'],
        ['fails', 'reglament:notify'],
      ] as const) {
        form.append('resources', new File([bpmn(id, sequence(serviceTask('Do', type)))], `${id}.bpmn`));
      }
      assert.equal((await test.call('analyst', 'POST /v2/deployments', form)).status, 200);
      for (const processDefinitionId of ['waits', 'fails']) {
        await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId });
      }
      assert.match(await scrape(), /reglament_jobs\{type="outside",state="ready"\} 1\n/);
      await test.mail('claim-shortage.eml');
      await test.settle();
      const worked = await scrape();
      assert.ok(valueOf(worked, 'reglament_batch_size_count')! > 0, 'commands were carried out');
      assert.match(worked, /reglament_connector_seconds_count\{type="reglament:notify",outcome="failed"\} 1\n/);
      assert.match(worked, /reglament_incidents_open 1\n/);
      test.advance(400 * 24 * 3_600_000);
      const late = await scrape();
      assert.ok(valueOf(late, 'reglament_due_lag_seconds')! > 0, 'deadlines of the case are overdue');
      const lags = [...late.matchAll(/reglament_bucket_due_lag_seconds\{bucket="\d+"\} (\S+)/g)].map(([, lag]) => lag);
      assert.equal(Number(lags[0]), valueOf(late, 'reglament_due_lag_seconds'), 'the bucket most behind comes first');
      await inTransaction(test.database, (tx) => queryRows(tx, 'UPDATE timer SET suspended = TRUE WHERE bucket >= 0'));
      assert.equal(valueOf(await scrape(), 'reglament_due_lag_seconds'), 0, 'what stands still is not late');
      await inTransaction(test.database, (tx) => queryRows(tx, 'UPDATE timer SET suspended = FALSE WHERE bucket >= 0'));
      assert.match(
        late,
        /reglament_http_request_seconds_count\{method="POST",route="\/v2\/process-instances",status="200"\} 2\n/,
      );
    });

    it('names nothing that the guide does not explain, and the guide nothing that is not told', async () => {
      const told = [...(await scrape()).matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name!);
      const explained = [...new Set(readFileSync(GUIDE, 'utf8').match(/\breglament_\w+/g))];
      assert.deepEqual(
        told.filter((name) => !explained.includes(name)),
        [],
      );
      assert.deepEqual(
        explained.filter((name) => !told.includes(name) && !ELSEWHERE.includes(name)),
        [],
      );
    });

    it('holds no key, no login, no text of people', async () => {
      const { caseKey, caseNumber } = (await test.mail('claim-defect.eml')).body;
      await test.call('dispatcher', `GET /api/cases/${caseKey}`);
      await test.call(null, `GET /nothing/${caseKey}?secret=s3cr3t`);
      const text = await scrape();
      for (const secret of [caseKey, caseNumber, 'dispatcher', 's3cr3t', '@'])
        assert.ok(!text.includes(secret), secret);
    });

    it('is for those who run the system', async () => {
      assert.equal((await test.call(null, 'GET /metrics')).status, 401);
      assert.equal((await test.call('dispatcher', 'GET /metrics')).status, 403);
      assert.equal((await test.call(null, 'GET /healthz')).status, 200);
    });
  });
});

import assert from 'node:assert/strict';
import { bpmn, sequence, serviceTask } from '../../runtime/test/bpmn.ts';
import { createPostgresDatabase } from '../postgres-database.ts';
import { startPostgresServer, type PostgresServer } from '../postgres-server.ts';
import { startNodes, type Nodes } from './nodes-on-postgres.ts';
import { PatientClient } from './patient-client.ts';
import { noteMeasured, volumeOf } from './volume.ts';

/** R14 of reliability.md. */
const JOBS = volumeOf({ small: 200, full: 20_000 });
const STARTERS = 16;
const WORKERS = 8;
const LOT = 32;

describe('two servers race for the same jobs', function () {
  this.timeout(60_000 + JOBS * 60);
  let postgres: PostgresServer;
  let nodes: Nodes;
  before(async () => {
    postgres = await startPostgresServer({ durable: true });
    nodes = await startNodes(await createPostgresDatabase(postgres), 2, 10);
    await nodes.deploy('work', bpmn('work', sequence(serviceTask('Do', 'race'))));
  });
  after(async () => {
    await nodes.close();
    await postgres.stop();
  });

  it(`and each of ${JOBS} is given out once and done once`, async () => {
    const clients = (count: number, name: string): readonly PatientClient[] =>
      Array.from(
        { length: count },
        (_, at) => new PatientClient(`${name}${at}`, () => [nodes.urls()[at % 2]!], nodes.login),
      );
    let next = 0;
    await Promise.all(
      clients(STARTERS, 'starter').map(async (client) => {
        for (let number = next++; number < JOBS; number = next++) {
          await client.post('/v2/process-instances', `start-${number}`, { processDefinitionId: 'work', variables: {} });
        }
      }),
    );
    const given = new Map<string, number>();
    const began = performance.now();
    let left = JOBS;
    await Promise.all(
      clients(WORKERS, 'worker').map(async (client) => {
        while (left > 0) {
          const claim = { type: 'race', worker: 'w', timeout: 600_000, maxJobsToActivate: LOT, requestTimeout: -1 };
          const { answer } = await client.post('/v2/jobs/activation', null, claim);
          const { jobs } = JSON.parse(answer) as { readonly jobs: readonly { readonly jobKey: string }[] };
          for (const { jobKey } of jobs) given.set(jobKey, (given.get(jobKey) ?? 0) + 1);
          await Promise.all(
            jobs.map(({ jobKey }) => client.post(`/v2/jobs/${jobKey}/completion`, `done-${jobKey}`, { variables: {} })),
          );
          left -= jobs.length;
        }
      }),
    );
    const seconds = (performance.now() - began) / 1e3;
    assert.equal(given.size, JOBS);
    assert.deepEqual(
      [...given].filter(([, times]) => times > 1),
      [],
    );
    assert.equal(await nodes.count("SELECT count(*) AS n FROM history_event WHERE kind = 'jobCompleted'"), JOBS);
    assert.equal(
      await nodes.count("SELECT count(*) AS n FROM process_instance WHERE process_id = 'work' AND state = 'completed'"),
      JOBS,
    );
    await nodes.check('none', []);
    noteMeasured('R14', { jobs: JOBS, twice: 0, perSecond: Math.round(JOBS / seconds) });
  });
});

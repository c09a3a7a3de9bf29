import { bpmn, sequence, userTask } from '../../runtime/test/bpmn.ts';
import { createPostgresDatabase } from '../postgres-database.ts';
import { startPostgresServer, type PostgresServer } from '../postgres-server.ts';
import { startNodes, type Nodes } from './nodes-on-postgres.ts';
import { underKills } from './under-kills.ts';
import { noteMeasured, openRandom, volumeOf } from './volume.ts';

/** R11 and R22 of reliability.md; the small run of R11 is in `server/nodes/nodes.e2e.test.ts`. */
const KILLS = volumeOf({ small: 1, full: 15 });
const RESTARTS = volumeOf({ small: 1, full: 6 });

describe('two servers on one PostgreSQL, under load', function () {
  this.timeout(120_000 + (KILLS + RESTARTS) * 60_000);
  let postgres: PostgresServer;
  let nodes: Nodes;
  before(async () => {
    postgres = await startPostgresServer({ durable: true });
    nodes = await startNodes(await createPostgresDatabase(postgres), 2);
    for (const id of ['killed', 'restarted']) await nodes.deploy(id, bpmn(id, sequence(userTask('Approve'))));
  });
  after(async () => {
    await nodes.close();
    await postgres.stop();
  });

  it(`lose nothing that was acknowledged when it is killed ${KILLS} times, and do nothing twice`, async () => {
    const random = openRandom();
    const accident = (): Promise<void> => postgres.crash!();
    const measured = await underKills(nodes, { processId: 'killed', times: KILLS, random, accident });
    noteMeasured('R11', { seed: random.seed, kills: KILLS, lost: 0, ...measured });
  });

  it(`are restarted one after the other ${RESTARTS} times, and a client that asks again hears of no error`, async () => {
    const random = openRandom();
    const accident = (time: number): Promise<void> => nodes.replace(time % 2, 'SIGTERM');
    const measured = await underKills(nodes, { processId: 'restarted', times: RESTARTS, random, accident });
    noteMeasured('R22', { seed: random.seed, restarts: RESTARTS, errors: 0, ...measured });
  });
});

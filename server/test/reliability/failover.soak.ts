import assert from 'node:assert/strict';
import { bpmn, sequence, userTask } from '../../runtime/test/bpmn.ts';
import { createPostgresDatabase } from '../postgres-database.ts';
import { startPostgresServer, type PostgresServer } from '../postgres-server.ts';
import { startStandby, type PostgresStandby } from '../postgres-standby.ts';
import { startNodes, type Nodes } from './nodes-on-postgres.ts';
import { startSwitchingProxy, type SwitchingProxy } from './switching-proxy.ts';
import { underKills } from './under-kills.ts';
import { noteMeasured, openRandom } from './volume.ts';

/** R12 of reliability.md. */
describe('PostgreSQL that fails over to its synchronous standby under load', function () {
  this.timeout(180_000);
  let primary: PostgresServer;
  let standby: PostgresStandby;
  let proxy: SwitchingProxy;
  let nodes: Nodes;
  before(async () => {
    primary = await startPostgresServer({ durable: true });
    const database = await createPostgresDatabase(primary);
    standby = await startStandby(primary);
    proxy = await startSwitchingProxy(database);
    nodes = await startNodes(proxy.url, 2);
    await nodes.deploy('load', bpmn('load', sequence(userTask('Approve'))));
  });
  after(async () => {
    await nodes?.close();
    await proxy?.close();
    await standby?.stop();
    await primary.stop();
  });

  it('loses nothing that was acknowledged, and writes are back by themselves', async () => {
    const random = openRandom();
    const accident = async (): Promise<void> => {
      process.kill(primary.pid!, 'SIGKILL');
      await standby.promote();
      const { pathname } = new URL(proxy.url);
      const there = new URL(standby.url);
      there.pathname = pathname;
      proxy.leadTo(there.href);
    };
    const measured = await underKills(nodes, { processId: 'load', times: 1, random, accident });
    assert.equal(
      await nodes.count('SELECT count(*) AS n FROM pg_stat_replication'),
      0,
      'it is the standby that answers',
    );
    noteMeasured('R12', { seed: random.seed, lost: 0, ...measured });
  });
});

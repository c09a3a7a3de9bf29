import assert from 'node:assert/strict';
import { queryRows, readerOf } from '../database/connect.ts';
import { createKeySource } from '../database/key-source.ts';
import { bpmn, sequence, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { noteMeasured, volumeOf } from '../test/reliability/volume.ts';
import { startCuttingProxy, type CuttingProxy } from './test/cutting-proxy.ts';
import { startApp, type TestApp } from './test/start-app.ts';

/** R13 of reliability.md. */
const FAULTS = volumeOf({ small: 20, full: 200 });

forEachDialect((dialect) => {
  if (dialect.name !== 'postgres') return;

  describe('a connection to PostgreSQL that breaks in the middle of COMMIT', function () {
    this.timeout(20_000 + FAULTS * 2_000);
    let proxy: CuttingProxy;
    let test: TestApp;
    before(async () => {
      const { settings } = await dialect.connect();
      assert.ok(settings.dialect === 'postgres');
      proxy = await startCuttingProxy(settings.connectionString);
      test = await startApp({ dialect: 'postgres', connectionString: proxy.url });
      const form = new FormData();
      form.append('resources', new File([bpmn('doubt', sequence(userTask('Ask')))], 'doubt.bpmn'));
      assert.equal((await test.call('analyst', 'POST /v2/deployments', form)).status, 200);
    });
    after(async () => {
      await test.close();
      await proxy.close();
    });
    const start = (key: string | null) =>
      test.call(
        'analyst',
        'POST /v2/process-instances',
        { processDefinitionId: 'doubt', variables: {} },
        key === null ? {} : { 'idempotency-key': key },
      );
    const count = async (): Promise<number> => {
      const sql = `SELECT count(*) AS n FROM process_instance WHERE process_id = 'doubt'`;
      return (await queryRows<{ n: number }>(readerOf(test.database), sql))[0]!.n;
    };

    it(`carries out each of ${FAULTS} commands once, and its sender hears nothing of the break`, async () => {
      for (let fault = 1; fault <= FAULTS; fault += 1) {
        proxy.cutNext(fault % 2 === 0 ? 'before' : 'after');
        const answer = await start(`key-${fault}`);
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        assert.equal(proxy.cuts, fault, 'a connection was cut');
        assert.equal(await count(), fault);
        const again = await start(`key-${fault}`);
        assert.deepEqual(again.body, answer.body, 'a repeat is answered as the first');
      }
      noteMeasured('R13', { faults: FAULTS, lost: 0, doubled: 0 });
    });

    it('a reservation of keys that is in doubt is given up for another, and nobody hears of it', async () => {
      const cuts = proxy.cuts;
      proxy.cutNext('after');
      assert.ok((await createKeySource(test.database).next(9)) > 0);
      assert.equal(proxy.cuts, cuts + 1);
    });

    it('tells a command without a key that nobody knows, and what to do', async () => {
      // From now on its bucket has keys in hand, so the next COMMIT is that of the command and of no reservation.
      assert.equal((await start(null)).status, 200);
      const before = await count();
      proxy.cutNext('after');
      const answer = await start(null);
      assert.deepEqual([answer.status, answer.body.code], [503, 'not-ready']);
      assert.match(answer.body.detail, /результат неизвестен.*Idempotency-Key/);
      assert.equal(await count(), before + 1, 'it did happen, and once');
    });
  });
});

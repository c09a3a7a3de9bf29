import assert from 'node:assert/strict';
import { bpmn, sequence, userTask } from '../runtime/test/bpmn.ts';
import type { Runner } from '../runtime/runner.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createBatches, type Batches } from './batches.ts';
import { createMigrations } from './migrations.ts';

forEachDialect((dialect) => {
  describe('batches', () => {
    let runtime: TestRuntime;
    before(async () => (runtime = await openRuntime(dialect)));
    after(() => runtime.drop());

    const batchesOf = (over: TestRuntime): Batches => createBatches({ ...over, migrations: createMigrations(over) });

    it('go on after a restart where they were, two nodes at once, and do nothing twice', async () => {
      const processDefinitionKey = await runtime.deployProcess(bpmn('trip', sequence(userTask('ask'))));
      for (let count = 0; count < 60; count += 1) {
        await runtime.runner.start({ processDefinitionKey, variables: {}, by: null });
      }
      const batches = batchesOf(runtime);
      await batches.create({
        plan: { kind: 'move', moves: [{ sourceElementId: 'ask', targetElementId: 'ask' }] },
        filter: { sql: '1 = 1', parameters: [] },
        by: 'boss',
      });
      assert.equal(await batches.proceed(), 50, 'the first lot');
      runtime = await runtime.restarted();
      await Promise.all([batchesOf(runtime).proceed(), batchesOf(runtime).proceed()]);
      while ((await batchesOf(runtime).proceed()) > 0);
      const items = await runtime.rows('SELECT state, count(*) AS n FROM batch_operation_item GROUP BY state');
      assert.deepEqual(
        items.map(({ state, n }) => [state, Number(n)]),
        [['COMPLETED', 60]],
      );
      const [batch] = await runtime.rows('SELECT state, total, ended_at FROM batch_operation');
      assert.deepEqual([batch!['state'], batch!['total'], batch!['ended_at'] !== null], ['COMPLETED', 60, true]);
      const moved = await runtime.rows(`SELECT count(*) AS n FROM history_event WHERE kind = 'instanceModified'`);
      assert.equal(Number(moved[0]!['n']), 60, 'each once');
    });

    describe('whose creation is interrupted', () => {
      const filter = { sql: "p.process_id = 'torn'", parameters: [] };
      const plan = { kind: 'cancel' } as const;
      const repeatable = { commandId: 'create-torn', requestHash: 'x' };
      const rowsOf = (batchKey: number) =>
        runtime.rows(
          `SELECT b.state, b.total, (SELECT count(*) FROM batch_operation_item i WHERE i.batch_operation_key = b.batch_operation_key) AS items
           FROM batch_operation b WHERE b.batch_operation_key = ?`,
          [batchKey],
        );
      /** Killed at the given commit. */
      const killedAt = async (last: number, request: object): Promise<number> => {
        let commits = 0;
        const beforeCommit = (): void => {
          commits += 1;
          if (commits >= last) throw new Error('killed');
        };
        const database = { ...runtime.database, beforeCommit };
        const dying = createBatches({ ...runtime, database, migrations: createMigrations(runtime) });
        await assert.rejects(dying.create({ plan, filter, by: 'boss', ...request }), /killed/);
        const [row] = await runtime.rows(
          "SELECT batch_operation_key AS k FROM batch_operation WHERE state = 'CREATED'",
        );
        return row!['k'] as number;
      };
      before(async () => {
        const processDefinitionKey = await runtime.deployProcess(bpmn('torn', sequence(userTask('ask'))));
        for (const bucket of [3, 4, 5]) {
          const processInstanceKey = await runtime.keys.next(bucket);
          await runtime.runner.start({ processDefinitionKey, processInstanceKey, variables: {}, by: null });
        }
      });

      it('does nothing to anybody; nobody asks again: it is given up, and its items go', async () => {
        // The batch itself, then its items: of all buckets on SQLite, of the first on PostgreSQL.
        const key = await killedAt(3, {});
        const batches = batchesOf(runtime);
        assert.equal(await batches.proceed(), 0);
        const written = dialect.name === 'sqlite' ? 3 : 1;
        assert.deepEqual((await rowsOf(key)).map(Object.values).flat().map(String), ['CREATED', '0', String(written)]);
        runtime.clock.advance(10 * 60_000);
        while ((await batches.proceed()) > 0);
        assert.deepEqual((await rowsOf(key)).map(Object.values).flat().map(String), ['FAILED', '0', '0']);
      });

      it('goes on when it is asked again, and each is done once', async () => {
        const key = await killedAt(3, { repeatable });
        const batches = batchesOf(runtime);
        const again = () => batches.create({ plan, filter, by: 'boss', repeatable });
        assert.deepEqual(await again(), { batchOperationKey: key });
        while ((await batches.proceed()) > 0);
        assert.deepEqual(await again(), { batchOperationKey: key });
        assert.deepEqual((await rowsOf(key)).map(Object.values).flat().map(String), ['COMPLETED', '3', '3']);
        const [left] = await runtime.rows(
          "SELECT count(*) AS n FROM process_instance WHERE process_id = 'torn' AND state = 'active'",
        );
        assert.equal(Number(left!['n']), 0);
      });
    });

    it('is canceled where it stands, in all buckets', async () => {
      const processDefinitionKey = await runtime.deployProcess(bpmn('called-off', sequence(userTask('ask'))));
      for (const bucket of [3, 4]) {
        const processInstanceKey = await runtime.keys.next(bucket);
        await runtime.runner.start({ processDefinitionKey, processInstanceKey, variables: {}, by: null });
      }
      const batches = batchesOf(runtime);
      const filter = { sql: "p.process_id = 'called-off'", parameters: [] };
      const { batchOperationKey: key } = await batches.create({ plan: { kind: 'cancel' }, filter, by: 'boss' });
      await batches.cancel(key);
      assert.equal(await batches.proceed(), 0);
      const items = await runtime.rows('SELECT state FROM batch_operation_item WHERE batch_operation_key = ?', [key]);
      assert.deepEqual(
        items.map(({ state }) => state),
        ['CANCELED', 'CANCELED'],
      );
    });

    it('more items at which the engine stumbles than are taken at once do not hold up those behind them', async () => {
      const processDefinitionKey = await runtime.deployProcess(bpmn('many', sequence(userTask('ask'))));
      const keys: number[] = [];
      for (let count = 0; count < 60; count += 1) {
        keys.push((await runtime.runner.start({ processDefinitionKey, variables: {}, by: null })).processInstanceKey);
      }
      const good = keys.sort((a, b) => a - b).at(-1);
      const runner: Runner = {
        ...runtime.runner,
        run: (request) =>
          request.processInstanceKey === good
            ? runtime.runner.run(request)
            : Promise.reject(new Error('a fault of ours')),
      };
      const batches = createBatches({ ...runtime, runner, migrations: createMigrations(runtime) });
      const filter = { sql: "p.process_id = 'many'", parameters: [] };
      const { batchOperationKey } = await batches.create({ plan: { kind: 'cancel' }, filter, by: 'boss' });
      await assert.rejects(batches.proceed(), /50 failed/);
      await assert.rejects(batches.proceed(), /9 failed/);
      const done = "SELECT item_key FROM batch_operation_item WHERE batch_operation_key = ? AND state = 'COMPLETED'";
      assert.deepEqual(await runtime.rows(done, [batchOperationKey]), [{ item_key: good }]);
      await batchesOf(runtime).cancel(batchOperationKey);
    });

    it('an item at which the engine stumbles holds up neither its neighbours nor other batches', async () => {
      const processDefinitionKey = await runtime.deployProcess(bpmn('pair', sequence(userTask('ask'))));
      const keys: number[] = [];
      for (let count = 0; count < 20; count += 1) {
        keys.push((await runtime.runner.start({ processDefinitionKey, variables: {}, by: null })).processInstanceKey);
      }
      let broken = true;
      const runner: Runner = {
        ...runtime.runner,
        run: (request) =>
          broken && request.processInstanceKey === keys[0]
            ? Promise.reject(new Error('a fault of ours'))
            : runtime.runner.run(request),
      };
      const batches = createBatches({ ...runtime, runner, migrations: createMigrations(runtime) });
      const cancel = async (key: string, parameters: readonly number[]): Promise<number> => {
        const filter = { sql: `p.process_instance_key ${key}`, parameters: [...parameters] };
        return (await batches.create({ plan: { kind: 'cancel' }, filter, by: 'boss' })).batchOperationKey;
      };
      const first = await cancel('BETWEEN ? AND ?', [keys[0]!, keys[18]!]);
      const second = await cancel('= ?', [keys[19]!]);
      const open = async (batchKey: number): Promise<number> => {
        const [row] = await runtime.rows(
          "SELECT count(*) AS n FROM batch_operation_item WHERE batch_operation_key = ? AND state = 'ACTIVE'",
          [batchKey],
        );
        return Number(row!['n']);
      };
      await assert.rejects(batches.proceed(), /1 failed and will be tried again.*a fault of ours/);
      assert.deepEqual([await open(first), await open(second)], [1, 0]);
      broken = false;
      while ((await batches.proceed()) > 0);
      assert.equal(await open(first), 0);
    });
  });
});

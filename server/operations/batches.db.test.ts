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

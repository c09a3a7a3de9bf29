import assert from 'node:assert/strict';
import { bpmn, sequence, userTask } from '../runtime/test/bpmn.ts';
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
  });
});

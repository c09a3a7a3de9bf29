import assert from 'node:assert/strict';
import { CommandRejected, UnknownDefinition, UnknownInstance } from '../runtime/runtime-errors.ts';
import { bpmn, sequence, timer, userTask } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createMigrations, type Migrations } from './migrations.ts';

forEachDialect((dialect) => {
  describe('migrations', () => {
    let runtime: TestRuntime;
    let migrations: Migrations;
    before(async () => {
      runtime = await openRuntime(dialect);
      migrations = createMigrations(runtime);
    });
    after(() => runtime.drop());

    it('a dry run names what would go wrong and changes nothing; by id, an instance goes over as it stands', async () => {
      const source = await runtime.deployProcess(bpmn('trip', sequence(timer('nap', 'PT1H'), userTask('ask'))));
      const start = async () =>
        (await runtime.runner.start({ processDefinitionKey: source, variables: {}, by: null })).processInstanceKey;
      const key = await start();
      const broken = await runtime.deployProcess(bpmn('trip', sequence(userTask('nap'), userTask('ask'))));
      const target = await runtime.deployProcess(bpmn('trip', sequence(timer('nap', 'PT3H'), userTask('approve'))));
      const request = {
        processInstanceKey: key,
        targetProcessDefinitionKey: broken,
        mapping: [],
        byId: true,
        recomputeTimers: false,
        by: 'boss',
      };
      const problems = await migrations.dryRun(request);
      assert.deepEqual(
        problems.map(({ elementId }) => elementId),
        ['nap'],
      );
      assert.match(problems[0]!.message, /intermediateCatchEvent.*userTask/);
      await assert.rejects(migrations.migrate(request), (error: CommandRejected) => error.problems.length === 1);
      assert.deepEqual(await migrations.dryRun({ ...request, targetProcessDefinitionKey: target }), []);
      assert.deepEqual(await runtime.rows('SELECT definition_version FROM process_instance'), [
        { definition_version: 1 },
      ]);

      const [before] = await runtime.rows('SELECT due_at FROM timer');
      await migrations.migrate({ ...request, targetProcessDefinitionKey: target });
      assert.deepEqual(await runtime.rows('SELECT due_at FROM timer'), [before], 'it keeps its due date');
      const other = await start();
      await migrations.migrate({
        ...request,
        processInstanceKey: other,
        targetProcessDefinitionKey: target,
        recomputeTimers: true,
      });
      const [, recomputed] = await runtime.rows('SELECT due_at FROM timer ORDER BY due_at');
      assert.equal(Number(recomputed!['due_at']) - Number(before!['due_at']), 7_200_000);

      runtime = await runtime.restarted();
      runtime.clock.advance(3_600_000);
      await runtime.worker.drain();
      const tasks = await runtime.rows('SELECT element_id, definition_version FROM user_task');
      assert.deepEqual(tasks, [{ element_id: 'approve', definition_version: 3 }]);
    });

    it('refuses unknown instances and versions', async () => {
      const request = { mapping: [], byId: true, recomputeTimers: false, by: 'boss' };
      const target = await runtime.deployProcess(bpmn('other', sequence(userTask('ask'))));
      const { processInstanceKey } = await runtime.runner.start({
        processDefinitionKey: target,
        variables: {},
        by: null,
      });
      await assert.rejects(
        migrations.dryRun({ ...request, processInstanceKey: 42, targetProcessDefinitionKey: target }),
        UnknownInstance,
      );
      await assert.rejects(
        migrations.migrate({ ...request, processInstanceKey, targetProcessDefinitionKey: 42 }),
        UnknownDefinition,
      );
      await runtime.runner.run({
        processInstanceKey,
        by: null,
        build: () => ({ kind: 'cancelInstance', byParent: false }),
      });
      await assert.rejects(
        migrations.dryRun({ ...request, processInstanceKey, targetProcessDefinitionKey: target }),
        CommandRejected,
      );
    });
  });
});

import assert from 'node:assert/strict';
import { forEachDialect } from '../test/dialects.ts';
import { VariablesTooLarge } from './check-variables.ts';
import { createRunner } from './runner.ts';
import { bpmn, sequence, userTask } from './test/bpmn.ts';
import { openRuntime, type TestRuntime } from './test/open-runtime.ts';

const MEGABYTE = 1024 * 1024;

forEachDialect((dialect) => {
  describe('variables of one instance', () => {
    let runtime: TestRuntime;
    before(async () => (runtime = await openRuntime(dialect)));
    after(() => runtime.drop());

    it('grow to 20 MB and no further: what would exceed them is refused and changes nothing; the operator hears of it before', async () => {
      const near: number[] = [];
      const runner = createRunner({ ...runtime, onLarge: (_, characters) => near.push(characters) });
      const processDefinitionKey = await runtime.deployProcess(bpmn('large', sequence(userTask('ask'))));
      const { processInstanceKey } = await runner.start({ processDefinitionKey, variables: {}, by: null });
      const set = (name: string, megabytes: number) =>
        runner.run({
          processInstanceKey,
          by: 'anna',
          build: () =>
            ({
              kind: 'setVariables',
              scopeKey: processInstanceKey,
              variables: { [name]: 'x'.repeat(megabytes * MEGABYTE) },
              local: false,
            }) as never,
        });
      await set('small', 1);
      assert.deepEqual(near, []);
      await set('large', 5);
      // As often as the transaction was repeated.
      assert.ok(near.length > 0);
      const before = await runtime.rows('SELECT count(*) AS n FROM history_event WHERE process_instance_key = ?', [
        processInstanceKey,
      ]);
      await assert.rejects(
        set('other', 15),
        (error: unknown) => error instanceof VariablesTooLarge && /21\.0 MB/.test(error.message),
      );
      assert.deepEqual(
        await runtime.rows('SELECT count(*) AS n FROM history_event WHERE process_instance_key = ?', [
          processInstanceKey,
        ]),
        before,
      );
      await set('large', 0);
    });
  });
});

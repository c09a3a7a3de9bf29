import assert from 'node:assert/strict';
import { instanceRows } from '#engine';
import { readerOf } from '../database/connect.ts';
import { migrate } from '../database/migrate.ts';
import { forEachDialect } from '../test/dialects.ts';
import { loadInstances } from './instance-store.ts';
import { bpmn, receive, sequence, timer, userTask } from './test/bpmn.ts';
import { openRuntime, type TestRuntime } from './test/open-runtime.ts';

/** Takes away what 0012 and 0013 added: the database as the release before it left it, with the rows of running instances. */
const BEFORE_0012 = [
  'ALTER TABLE element_instance DROP COLUMN memory',
  'DROP INDEX start_subscription_by_signal',
  'ALTER TABLE start_subscription DROP COLUMN signal_name',
  'ALTER TABLE start_subscription DROP COLUMN definition_index',
  'ALTER TABLE message_correlation DROP COLUMN definition_index',
  'ALTER TABLE process_instance DROP COLUMN conversation_key',
  'ALTER TABLE start_subscription DROP COLUMN by_conversation',
  'ALTER TABLE message_correlation DROP COLUMN by_conversation',
  'DROP TABLE loop_item',
  'DROP TABLE compensation_record',
  'DROP TABLE signal_subscription',
  'DROP TABLE condition_subscription',
];

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  before(async () => (runtime = await openRuntime(dialect)));
  after(() => runtime.drop());

  it('instances that the release before left running go on', async () => {
    const letter = receive('hear', 'letter', '=orderId');
    const xml = bpmn('old', sequence(letter, timer('pause', 'PT1H'), userTask('last')), letter.around);
    const processDefinitionKey = await runtime.deployProcess(xml);
    const { processInstanceKey: key } = await runtime.runner.start({
      processDefinitionKey,
      variables: { orderId: 'A-1' },
      by: null,
    });
    const load = async () => (await loadInstances(readerOf(runtime.database), [key])).get(key)!.instance;
    const running = instanceRows(await load());

    const newest = await runtime.rows('SELECT id FROM schema_migration WHERE id >= ?', ['0012']);
    for (const statement of BEFORE_0012) await runtime.database.writer.raw(statement);
    for (const { id } of newest) {
      await runtime.database.writer.raw('DELETE FROM schema_migration WHERE id = ?', [id as string]);
    }
    assert.deepEqual(
      await migrate(runtime.database),
      newest.map(({ id }) => id),
    );

    assert.deepEqual(instanceRows(await load()), running);
    const message = { name: 'letter', correlationKey: 'A-1', variables: {}, timeToLive: 0, by: null };
    assert.equal((await runtime.messages.publish(message)).correlations.length, 1);
    runtime.clock.advance(3_600_000);
    await runtime.worker.drain();
    assert.deepEqual(
      [...(await load()).userTasks.values()].map(({ elementId }) => elementId),
      ['last'],
    );
    assert.deepEqual(runtime.errors, []);
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';

/** Two pools, message flows between them, and neither a message name nor a correlation key (ADR 0009). */
const TRADE = readFileSync(
  new URL('../../engine/test/scenarios/message-flow-conversation.bpmn', import.meta.url),
  'utf8',
);

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  before(async () => (runtime = await openRuntime(dialect)));
  after(() => runtime.drop());

  it('pools of one file converse: each buyer gets the answer to its own order, also after a restart', async () => {
    const { definitions } = await runtime.deployments.deploy({
      resources: [{ name: 'trade.bpmn', content: TRADE }],
      by: null,
    });
    const buyer = definitions.find(({ id }) => id === 'buyer')!.definitionKey;
    const buy = async (goods: string): Promise<number> => {
      const { processInstanceKey } = await runtime.runner.start({
        processDefinitionKey: buyer,
        variables: { goods },
        by: null,
      });
      await runtime.worker.drain();
      return processInstanceKey;
    };
    const buyers = new Map([
      ['saw', await buy('saw')],
      ['axe', await buy('axe')],
    ]);
    const sellers = await runtime.rows(
      `SELECT p.process_instance_key, p.conversation_key, v.value, t.user_task_key FROM process_instance p
       JOIN variable v ON v.bucket = p.bucket AND v.process_instance_key = p.process_instance_key AND v.name = 'goods'
       JOIN user_task t ON t.bucket = p.bucket AND t.process_instance_key = p.process_instance_key
       WHERE p.process_id = 'seller' ORDER BY v.value DESC`,
    );
    assert.deepEqual(
      sellers.map((row) => [JSON.parse(row['value'] as string), Number(row['conversation_key'])]),
      [...buyers],
    );

    // The later order is answered first; every state comes out of the rows.
    for (const { process_instance_key, user_task_key, value } of sellers.toReversed()) {
      const receipt = `for ${String(JSON.parse(value as string))}`;
      await runtime.runner.run({
        processInstanceKey: process_instance_key as number,
        by: null,
        build: () => ({ kind: 'completeUserTask', userTaskKey: user_task_key as number, variables: { receipt } }),
      });
      await runtime.worker.drain();
    }
    for (const [goods, key] of buyers) {
      const [row] = await runtime.rows(
        `SELECT p.state, v.value FROM process_instance p JOIN variable v
           ON v.bucket = p.bucket AND v.process_instance_key = p.process_instance_key AND v.name = 'receipt'
         WHERE p.process_instance_key = ?`,
        [key],
      );
      assert.deepEqual(row, { state: 'completed', value: `"for ${goods}"` });
    }
    assert.deepEqual(runtime.errors, []);
  });
});

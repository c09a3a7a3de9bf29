import assert from 'node:assert/strict';
import { bucketOf, keyInBucket } from '#engine';
import { bpmn, receive, sequence, userTask } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { until } from '../test/until.ts';
import { inTransaction } from '../database/transaction.ts';
import { claimFor } from './message-claims.ts';
import { DuplicateMessage, NobodyWaits } from './message-errors.ts';
import { messageStartScope, reserve } from './reservations.ts';

const HOUR = 3_600_000;

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  let waiter: number;
  before(async () => {
    runtime = await openRuntime(dialect);
    const event = receive('answer', 'answer', '=orderId');
    waiter = await runtime.deployProcess(bpmn('waiter', sequence(event, userTask('after')), event.around));
  });
  after(() => runtime.drop());
  afterEach(() => assert.deepEqual(runtime.errors.splice(0), []));

  const wait = async (orderId: string): Promise<number> =>
    (await runtime.runner.start({ processDefinitionKey: waiter, variables: { orderId }, by: null })).processInstanceKey;
  const publish = (correlationKey: string, more = {}) =>
    runtime.messages.publish({
      name: 'answer',
      correlationKey,
      variables: { text: 'да' },
      timeToLive: HOUR,
      by: 'mail',
      ...more,
    });
  const reached = async (processInstanceKey: number): Promise<boolean> =>
    (await runtime.rows('SELECT 1 FROM user_task WHERE process_instance_key = ?', [processInstanceKey])).length === 1;
  const textOf = async (processInstanceKey: number): Promise<unknown> =>
    (
      await runtime.rows("SELECT value FROM variable WHERE process_instance_key = ? AND name = 'text'", [
        processInstanceKey,
      ])
    )[0]?.value;

  it('reaches the instance that waits for its key, with its variables', async () => {
    const [mine, other] = [await wait('A-1'), await wait('A-2')];
    const { correlations } = await publish('A-1');
    assert.deepEqual(correlations, [{ processId: 'waiter', processInstanceKey: mine }]);
    assert.equal(await reached(mine), true);
    assert.equal(await textOf(mine), '"да"');
    assert.equal(await reached(other), false);
  });

  it('reaches exactly one of several that wait, the one that waited longest', async () => {
    const first = await wait('B');
    runtime.clock.advance(1);
    const second = await wait('B');
    assert.equal((await publish('B')).correlations.length, 1);
    assert.deepEqual([await reached(first), await reached(second)], [true, false]);
    await runtime.worker.drain();
    assert.equal(await reached(second), false, 'the kept message does not go to a second instance of the process');
    await publish('B');
    assert.equal(await reached(second), true);
  });

  it('is kept for its time to live and taken in publish order', async () => {
    await publish('C', { variables: { text: 'первое' } });
    runtime.clock.advance(1);
    await publish('C', { variables: { text: 'второе' } });
    const one = await wait('C');
    await runtime.worker.drain();
    const two = await wait('C');
    await runtime.worker.drain();
    assert.deepEqual([await textOf(one), await textOf(two)], ['"первое"', '"второе"']);
    await publish('D');
    runtime.clock.advance(HOUR);
    const late = await wait('D');
    await runtime.worker.drain();
    assert.equal(await reached(late), false);
    assert.deepEqual(await runtime.rows('SELECT 1 FROM message'), []);
    assert.deepEqual(await runtime.rows('SELECT 1 FROM message_correlation'), []);
  });

  it('is taken by a running worker as soon as somebody waits', async () => {
    runtime.worker.start();
    await publish('E');
    const key = await wait('E');
    await until('the message has reached it', () => reached(key));
    await runtime.worker.stop();
  });

  it('with an id counts once', async () => {
    const key = await wait('F');
    const results = await Promise.allSettled([1, 2, 3].map(() => publish('F', { messageId: '<m1@example.org>' })));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const result of results)
      if (result.status === 'rejected') assert.ok(result.reason instanceof DuplicateMessage);
    assert.equal(await reached(key), true);
  });

  it('with no time to live and nobody waiting is dropped, and correlate says so', async () => {
    assert.equal((await publish('G', { timeToLive: 0 })).kept, false);
    await assert.rejects(
      runtime.messages.correlate({ name: 'answer', correlationKey: 'G', variables: {}, by: null }),
      NobodyWaits,
    );
    const key = await wait('G');
    await runtime.worker.drain();
    assert.equal(await reached(key), false);
    const { correlations } = await runtime.messages.correlate({
      name: 'answer',
      correlationKey: 'G',
      variables: {},
      by: null,
    });
    assert.equal(correlations[0]!.processInstanceKey, key);
  });

  it('finds the instance whatever comes first, when both come at once', async () => {
    const keys = Array.from({ length: 20 }, (_, n) => `race-${n}`);
    const waiting = await Promise.all(keys.map(async (key) => (await Promise.all([wait(key), publish(key)]))[0]));
    await runtime.worker.drain();
    for (const key of waiting) assert.equal(await reached(key), true);
  });

  it('claimed by a publisher that died is delivered, once', async () => {
    const key = await wait('H');
    const { messageKey } = await publish('other');
    const [subscription] = await runtime.rows(
      'SELECT subscription_key FROM message_subscription WHERE process_instance_key = ?',
      [key],
    );
    await runtime.database.writer.raw(
      'INSERT INTO message_correlation (bucket, message_key, process_id, process_instance_key, subscription_key, done, claimed_at) VALUES (?, ?, ?, ?, ?, FALSE, ?)',
      [bucketOf(messageKey), messageKey, 'waiter', key, subscription!.subscription_key as number, runtime.clock.now()],
    );
    await runtime.worker.drain();
    assert.equal(await reached(key), false, 'the publisher may still be alive');
    runtime.clock.advance(10_000);
    await runtime.worker.drain();
    assert.equal(await reached(key), true);
  });

  it('is claimed for one receiver of a process, by the primary key', async () => {
    const { messageKey } = await publish('I');
    const message = { messageKey, name: 'answer', correlationKey: 'I', variables: {} };
    const claims = await Promise.all(
      [1, 2].map((subscriptionKey) =>
        inTransaction(runtime.database, (tx) => {
          const receiver = {
            kind: 'subscription',
            processId: 'waiter',
            processInstanceKey: 1,
            processDefinitionKey: 1,
            elementId: 'answer',
            elementInstanceKey: 1,
            subscriptionKey,
          } as const;
          return claimFor(tx, message, receiver, 0);
        }),
      ),
    );
    assert.deepEqual(claims.sort(), [false, true]);
    await runtime.database.writer('message_correlation').where({ message_key: messageKey }).delete();
  });

  describe('that starts a process', () => {
    const instances = async (): Promise<number> =>
      (await runtime.rows("SELECT 1 FROM process_instance WHERE process_id = 'claim' AND state = 'active'")).length;
    before(async () => {
      const start = sequence(userTask('work')).replace(
        '<bpmn:startEvent id="start">',
        '<bpmn:startEvent id="start"><bpmn:messageEventDefinition messageRef="m"/>',
      );
      await runtime.deployProcess(bpmn('claim', start, '<bpmn:message id="m" name="claim-mail"/>'));
    });

    it('has at most one active instance per key; the next one starts when it ends', async () => {
      const send = () =>
        runtime.messages.publish({
          name: 'claim-mail',
          correlationKey: 'client-1',
          variables: {},
          timeToLive: HOUR,
          by: null,
        });
      const results = await Promise.all([send(), send()]);
      await runtime.worker.drain();
      assert.equal(await instances(), 1);
      const started = results.flatMap(({ correlations }) => correlations);
      assert.equal(started.length, 1);
      const { processInstanceKey } = started[0]!;
      await runtime.runner.run({
        processInstanceKey,
        by: null,
        build: () => ({ kind: 'cancelInstance', byParent: false }),
      });
      await runtime.worker.drain();
      assert.equal(await instances(), 1);
      const [row] = await runtime.rows(
        "SELECT process_instance_key FROM process_instance WHERE process_id = 'claim' AND state = 'active'",
      );
      assert.notEqual(row!.process_instance_key, processInstanceKey);
    });

    it('starts although the key is held by an instance that is gone: deleted, or never begun', async () => {
      const before = await instances();
      await inTransaction(runtime.database, (tx) =>
        reserve(
          tx,
          { scope: messageStartScope('claim', 'claim-mail'), key: 'client-2', holder: keyInBucket(5, 77) },
          runtime.clock.now(),
        ),
      );
      const message = { name: 'claim-mail', correlationKey: 'client-2', variables: {}, timeToLive: HOUR, by: null };
      assert.deepEqual((await runtime.messages.publish(message)).correlations, []);
      await runtime.worker.drain();
      assert.equal(await instances(), before, 'it may still be about to start');
      runtime.clock.advance(10 * 60_000);
      await runtime.worker.drain();
      assert.equal(await instances(), before + 1);
    });

    it('has no such limit without a key', async () => {
      const before = await instances();
      for (let n = 0; n < 2; n += 1) {
        await runtime.messages.publish({
          name: 'claim-mail',
          correlationKey: '',
          variables: {},
          timeToLive: 0,
          by: null,
        });
      }
      assert.equal((await instances()) - before, 2);
    });
  });

  it('starts the newest version alone from its deployment on; an instance of the version before keeps its wait', async () => {
    const version = (task: string): string => {
      const event = receive('news', 'more-news', '=k');
      const start = sequence(event, userTask(task)).replace(
        '<bpmn:startEvent id="start">',
        '<bpmn:startEvent id="start"><bpmn:messageEventDefinition messageRef="begin"/>',
      );
      return bpmn('versioned', start, `${event.around}<bpmn:message id="begin" name="versioned-begin"/>`);
    };
    const send = async (name: string, correlationKey: string): Promise<number | undefined> => {
      const message = { name, correlationKey, variables: { k: correlationKey }, timeToLive: 0, by: null };
      const { correlations } = await runtime.messages.publish(message);
      assert.equal(correlations.length, 1);
      return correlations[0]?.processInstanceKey;
    };
    const taskOf = async (key: number | undefined): Promise<unknown> =>
      (await runtime.rows('SELECT element_id FROM user_task WHERE process_instance_key = ?', [key!]))[0]?.element_id;

    await runtime.deployProcess(version('first'));
    const old = await send('versioned-begin', 'K-1');
    await runtime.deployProcess(version('second'));
    const young = await send('versioned-begin', 'K-2');
    assert.deepEqual([await send('more-news', 'K-1'), await send('more-news', 'K-2')], [old, young]);
    assert.deepEqual([await taskOf(old), await taskOf(young)], ['first', 'second']);
  });

  it('sent by a process goes through the outbox to the one that waits', async () => {
    const key = await wait('sent-1');
    const send = {
      id: 'send',
      xml: '<bpmn:sendTask id="send" messageRef="message_answer"/>',
      around:
        '<bpmn:message id="message_answer" name="answer"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderId"/></bpmn:extensionElements></bpmn:message>',
    };
    const sender = await runtime.deployProcess(bpmn('sender', sequence(send), send.around));
    await runtime.runner.start({ processDefinitionKey: sender, variables: { orderId: 'sent-1' }, by: null });
    assert.equal(await reached(key), false, 'only after the commit');
    await runtime.worker.drain();
    assert.equal(await reached(key), true);
    assert.deepEqual(await runtime.rows('SELECT 1 FROM outbox'), []);
  });
});

import assert from 'node:assert/strict';
import {
  bpmn,
  callActivity,
  eventSubProcess,
  sequence,
  signal,
  signalCatch,
  signalThrow,
  startsBy,
  userTask,
} from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import type { SignalDelivery } from '../runtime/signal-receivers.ts';
import { forEachDialect } from '../test/dialects.ts';

const BELL = '<bpmn:signalEventDefinition signalRef="signal_bell"/>';

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  let waiter: number;
  let ringer: number;
  before(async () => {
    runtime = await openRuntime(dialect);
    waiter = await runtime.deployProcess(
      bpmn('waiter', sequence(signalCatch('hear', 'bell'), userTask('after')), signal('bell')),
    );
    ringer = await runtime.deployProcess(bpmn('ringer', sequence(signalThrow('ring', 'bell')), signal('bell')));
  });
  after(() => runtime.drop());
  afterEach(() => assert.deepEqual(runtime.errors.splice(0), []));

  const start = async (processDefinitionKey: number, variables = {}): Promise<number> =>
    (await runtime.runner.start({ processDefinitionKey, variables, by: null })).processInstanceKey;
  const tasks = async (processInstanceKey: number): Promise<readonly unknown[]> =>
    (
      await runtime.rows('SELECT element_id FROM user_task WHERE process_instance_key = ? ORDER BY user_task_key', [
        processInstanceKey,
      ])
    ).map((row) => row['element_id']);
  const textOf = async (processInstanceKey: number): Promise<unknown> =>
    (
      await runtime.rows("SELECT value FROM variable WHERE process_instance_key = ? AND name = 'text'", [
        processInstanceKey,
      ])
    )[0]?.['value'];

  it('reaches every instance that waits at the throw, with its variables, and none that begins to wait later', async () => {
    const waiting = [await start(waiter), await start(waiter)];
    await start(ringer, { text: 'дзинь' });
    // The clock stands: only the order of the commits tells the early from the late.
    const late = await start(waiter);
    await runtime.worker.drain();
    for (const key of waiting) assert.deepEqual([await tasks(key), await textOf(key)], [['after'], '"дзинь"']);
    assert.deepEqual(await tasks(late), [], 'a signal is not kept');
    await runtime.signals.broadcast({ name: 'bell', variables: { text: 'снаружи' } });
    await runtime.worker.drain();
    assert.deepEqual([await tasks(late), await textOf(late)], [['after'], '"снаружи"']);
    assert.deepEqual(await runtime.rows('SELECT 1 FROM outbox'), []);
  });

  it('thrown by an instance reaches what it had opened before, not what it opens in the same step after', async () => {
    const definition = await runtime.deployProcess(
      bpmn(
        'both',
        eventSubProcess('heard', BELL, { task: userTask('note'), interrupting: false }) +
          sequence(signalThrow('ring', 'bell'), signalCatch('hear', 'bell'), userTask('after')),
        signal('bell'),
      ),
    );
    const key = await start(definition, { text: '' });
    await runtime.worker.drain();
    assert.deepEqual(await tasks(key), ['note']);
    await runtime.signals.broadcast({ name: 'bell', variables: {} });
    await runtime.worker.drain();
    assert.deepEqual((await tasks(key)).toSorted(), ['after', 'note', 'note']);
    await runtime.runner.run({
      processInstanceKey: key,
      by: null,
      build: () => ({ kind: 'cancelInstance', byParent: false }),
    });
  });

  it('crosses trees: a called instance wakes another tree, and its own caller', async () => {
    const definition = await runtime.deployProcess(
      bpmn(
        'caller',
        eventSubProcess('heard', BELL, { task: userTask('note'), interrupting: false }) +
          sequence(callActivity('call', 'ringer', ' bindingType="latest"'), userTask('done')),
        signal('bell'),
      ),
    );
    const other = await start(waiter);
    const caller = await start(definition, { text: 'вверх' });
    await runtime.worker.drain();
    assert.deepEqual((await tasks(caller)).toSorted(), ['done', 'note']);
    assert.deepEqual(await tasks(other), ['after']);
    await runtime.runner.run({
      processInstanceKey: caller,
      by: null,
      build: () => ({ kind: 'cancelInstance', byParent: false }),
    });
  });

  it('starts the latest version of every process that begins with it, once', async () => {
    const old = bpmn('begun', startsBy(BELL, userTask('first')), signal('bell'));
    await runtime.deployProcess(old);
    const newest = await runtime.deployProcess(old.replaceAll('first', 'second'));
    const begun = () =>
      runtime.rows(
        "SELECT process_instance_key AS key, process_definition_key AS def FROM process_instance WHERE process_id = 'begun'",
      );
    await runtime.signals.broadcast({ name: 'bell', variables: { text: 'начало' } });
    await runtime.worker.drain();
    const [one, ...more] = await begun();
    assert.deepEqual([one?.['def'], more.length], [newest, 0]);
    const key = one!['key'] as number;
    assert.deepEqual([await tasks(key), await textOf(key)], [['second'], '"начало"']);

    await runtime.deployProcess(bpmn('begun', sequence(userTask('third'))));
    await runtime.signals.broadcast({ name: 'bell', variables: {} });
    await runtime.worker.drain();
    assert.equal((await begun()).length, 1, 'a new version without the start event starts by it no more');
  });

  it('is given to each receiver by itself: one that fails is tried again, the others have it and have it once', async () => {
    const keys = [];
    for (let count = 0; count < 5; count += 1) keys.push(await start(waiter));
    const [first, broken] = keys as [number, number];
    // As if another node had left it so: in another version, which the cache therefore does not know.
    const leave = async (memory: string, versions: number): Promise<void> => {
      const { writer } = runtime.database;
      await writer.raw('UPDATE element_instance SET memory = ? WHERE process_instance_key = ?', [memory, broken]);
      await writer.raw(
        'UPDATE process_instance SET history_length = history_length + ? WHERE process_instance_key = ?',
        [versions, broken],
      );
    };
    await leave('{ not JSON', 1_000);
    await start(ringer, { text: 'всем' });
    await runtime.worker.drain();
    assert.match(runtime.errors.splice(0).join(), /all 5 receivers to take the signal "bell", but 1 failed/);
    for (const key of keys) assert.deepEqual(await tasks(key), key === broken ? [] : ['after']);

    await leave('null', -1_000);
    runtime.clock.advance(60_000);
    await runtime.worker.drain();
    for (const key of keys) assert.deepEqual(await tasks(key), ['after']);
    const heard = await runtime.rows(
      "SELECT 1 FROM history_event WHERE process_instance_key = ? AND kind = 'signalReceived'",
      [first],
    );
    assert.equal(heard.length, 1);
  });

  it('that a receiver refuses is reported and over for it, and the others have it', async () => {
    const waits = await start(waiter);
    const [open] = await runtime.rows('SELECT * FROM signal_subscription WHERE process_instance_key = ?', [waits]);
    const other = {
      kind: 'subscription',
      processInstanceKey: waits,
      subscriptionKey: Number(open?.['subscription_key']),
    };
    const gone = { kind: 'start', processDefinitionKey: waiter, elementId: 'no-such', definitionIndex: 0 };
    await runtime.signals.deliver({
      signalId: 'refused-once',
      name: 'bell',
      variables: {},
      receivers: [{ ...gone, subscriptionKey: 1 }, other] as SignalDelivery['receivers'],
    });
    assert.match(
      runtime.errors.splice(0).join(),
      /^signal "bell" to start no-such of definition \d+: Expected a start/,
    );
    assert.deepEqual(await tasks(waits), ['after']);
  });

  it('reaches more receivers than one outbox row holds, and a repeated request reaches nobody twice', async () => {
    const keys = [];
    for (let count = 0; count < 120; count += 1) keys.push(await start(waiter));
    const late = { commandId: 'api:boss:1', requestHash: 'same' };
    const { signalKey } = await runtime.signals.broadcast({ name: 'bell', variables: {}, repeatable: late });
    assert.equal((await runtime.rows('SELECT 1 FROM outbox')).length, 2);
    await runtime.worker.drain();
    for (const key of keys) assert.deepEqual(await tasks(key), ['after']);
    const next = await start(waiter);
    const again = await runtime.signals.broadcast({ name: 'bell', variables: {}, repeatable: late });
    await runtime.worker.drain();
    assert.deepEqual([again.signalKey, await tasks(next)], [signalKey, []]);
  });
});

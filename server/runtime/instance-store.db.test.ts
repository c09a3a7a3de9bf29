import assert from 'node:assert/strict';
import { createInstance, instanceRows } from '#engine';
import type {
  Accepted,
  CompensationRecord,
  EngineCommand,
  Instance,
  LoopItems,
  RowChanges,
  StartInstance,
} from '#engine';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createBatchKeys } from './batch-keys.ts';
import { createBatchMembers } from './batch-members.ts';
import { createHotInstances } from './hot-instances.ts';
import { NO_CASE } from './instance-rows.ts';
import { loadInstances, writeSteps } from './instance-store.ts';
import * as instanceTables from './instance-tables.ts';
import * as definitionTables from './definition-tables.ts';
import { bpmn, receive, sequence, serviceTask, timer, userTask } from './test/bpmn.ts';
import { openRuntime, type TestRuntime } from './test/open-runtime.ts';
import { compensationTable, loopItemTable, loopResultTable } from './scope-rows.ts';
import { subscriptionTables } from './subscription-rows.ts';
import { createTreeRun } from './tree-run.ts';

const RICH = bpmn(
  'rich',
  `<bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:parallelGateway id="split"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing></bpmn:parallelGateway>
  ${userTask('each').xml.replace('</bpmn:userTask>', '<bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f5</bpmn:outgoing><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="results" outputElement="=answer"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>')}
  ${serviceTask('call', 'call').xml.replace('</bpmn:serviceTask>', '<bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f6</bpmn:outgoing></bpmn:serviceTask>')}
  ${receive('hear', 'news', '=topic').xml.replace('<bpmn:messageEvent', '<bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f7</bpmn:outgoing><bpmn:messageEvent')}
  <bpmn:boundaryEvent id="reminder" attachedToRef="call" cancelActivity="false"><bpmn:outgoing>f9</bpmn:outgoing><bpmn:timerEventDefinition><bpmn:timeCycle>R3/PT10M</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>
  <bpmn:endEvent id="reminded"><bpmn:incoming>f9</bpmn:incoming></bpmn:endEvent>
  <bpmn:parallelGateway id="join"><bpmn:incoming>f5</bpmn:incoming><bpmn:incoming>f6</bpmn:incoming><bpmn:incoming>f7</bpmn:incoming><bpmn:outgoing>f8</bpmn:outgoing></bpmn:parallelGateway>
  <bpmn:endEvent id="end"><bpmn:incoming>f8</bpmn:incoming></bpmn:endEvent>
  ${[
    ['f1', 'start', 'split'],
    ['f2', 'split', 'each'],
    ['f3', 'split', 'call'],
    ['f4', 'split', 'hear'],
    ['f5', 'each', 'join'],
    ['f6', 'call', 'join'],
    ['f7', 'hear', 'join'],
    ['f8', 'join', 'end'],
    ['f9', 'reminder', 'reminded'],
  ]
    .map(([id, from, to]) => `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`)
    .join('')}`,
  receive('hear', 'news', '=topic').around,
);

const EVENTFUL = bpmn(
  'eventful',
  `<bpmn:subProcess id="reminder" triggeredByEvent="true">
    <bpmn:startEvent id="called" isInterrupting="false"><bpmn:outgoing>e1</bpmn:outgoing><bpmn:signalEventDefinition signalRef="signal_bell"/></bpmn:startEvent>
    <bpmn:endEvent id="noted"><bpmn:incoming>e1</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="e1" sourceRef="called" targetRef="noted"/>
  </bpmn:subProcess>
  <bpmn:subProcess id="alarm" triggeredByEvent="true">
    <bpmn:startEvent id="hot"><bpmn:outgoing>e2</bpmn:outgoing><bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=degrees &gt; 40</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:startEvent>
    ${userTask('cool').xml.replace('</bpmn:userTask>', '<bpmn:incoming>e2</bpmn:incoming><bpmn:outgoing>e3</bpmn:outgoing></bpmn:userTask>')}
    <bpmn:endEvent id="cooled"><bpmn:incoming>e3</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="e2" sourceRef="hot" targetRef="cool"/><bpmn:sequenceFlow id="e3" sourceRef="cool" targetRef="cooled"/>
  </bpmn:subProcess>
  ${sequence(userTask('work'))}`,
  '<bpmn:signal id="signal_bell" name="bell"/>',
);

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  before(async () => (runtime = await openRuntime(dialect)));
  after(() => runtime.drop());

  const treeRun = (tx: Transaction, context: { readonly now: number; readonly by: string | null }) => {
    const members = createBatchMembers(tx, { ...runtime, hot: createHotInstances() });
    return createTreeRun({ ...runtime, keys: createBatchKeys(tx, runtime.keys), members }, context);
  };

  /** Runs one command, stores it, reads it back and proves that nothing was lost or added. */
  const step = (by: StartInstance | { readonly key: number; readonly command: EngineCommand }): Promise<Accepted> =>
    inTransaction(runtime.database, async (tx) => {
      const now = runtime.clock.now();
      const tree = treeRun(tx, { now, by: 'anna' });
      const accepted = 'key' in by ? await tree.command(by.key, by.command) : await tree.start(by);
      await writeSteps(
        tx,
        tree.steps.map((one) => ({ ...one, ...NO_CASE })),
      );
      const key = accepted.instance.header.processInstanceKey;
      const loaded = (await loadInstances(tx, [key])).get(key)!.instance;
      assert.deepEqual(plain(loaded), plain(accepted.instance));
      return accepted;
    });

  const startCommand = async (xml: string, variables: StartInstance['variables']): Promise<StartInstance> => {
    const processDefinitionKey = await runtime.deployProcess(xml);
    const { deploymentKey, version } = runtime.definitions.catalog.byKey(processDefinitionKey)!;
    const bucket = runtime.keys.pickBucket();
    await runtime.keys.prepare(bucket);
    return {
      kind: 'startInstance',
      processInstanceKey: await runtime.keys.next(bucket),
      processDefinitionKey,
      deploymentKey,
      definitionVersion: version,
      variables,
      businessId: 'заказ 1',
      tags: ['срочно'],
    };
  };

  it('reads back exactly what each step left: waits, loops, tokens, incidents, local variables', async () => {
    const command = await startCommand(RICH, { items: ['a', 'b', 'c'], topic: 'т', deep: { б: [1, null], а: '"' } });
    const key = command.processInstanceKey;
    let { instance } = await step(command);
    assert.deepEqual(
      [instance.userTasks.size, instance.jobs.size, instance.timers.size, instance.subscriptions.size],
      [3, 1, 1, 1],
    );
    const run = async (next: EngineCommand): Promise<void> => void ({ instance } = await step({ key, command: next }));
    const [first, ...others] = [...instance.userTasks.keys()];
    await run({ kind: 'assignUserTask', userTaskKey: first!, assignee: 'boris', allowOverride: false });
    await run({
      kind: 'updateUserTask',
      userTaskKey: first!,
      changes: { dueAt: 5, candidateGroups: ['x'], priority: 7 },
    });
    await run({ kind: 'completeUserTask', userTaskKey: first!, variables: { answer: 'раз' } });
    runtime.clock.advance(600_000);
    await run({ kind: 'fireTimer', timerKey: [...instance.timers.keys()][0]! });
    assert.equal(instance.timers.size, 1, 'the cycle goes on');
    const jobKey = [...instance.jobs.keys()][0]!;
    await run({ kind: 'failJob', jobKey, retries: 0, retryBackOff: 0, errorMessage: 'нет', variables: {} });
    assert.equal(instance.incidents.size, 1);
    await run({ kind: 'updateJobRetries', jobKey, retries: 1 });
    await run({ kind: 'resolveIncident', incidentKey: [...instance.incidents.keys()][0]! });
    await run({ kind: 'completeJob', jobKey, variables: { done: true } });
    await run({ kind: 'setVariables', scopeKey: key, variables: { topic: 'новая' }, local: false });
    assert.equal(instance.tokens.size, 1);
    const subscriptionKey = [...instance.subscriptions.keys()][0]!;
    await run({ kind: 'correlateMessage', subscriptionKey, messageKey: 1, variables: { heard: [] } });
    for (const userTaskKey of others) await run({ kind: 'completeUserTask', userTaskKey, variables: { answer: null } });
    assert.equal(instance.header.state, 'completed');
    const [results] = await runtime.rows(
      "SELECT value FROM variable WHERE process_instance_key = ? AND name = 'results'",
      [key],
    );
    assert.equal(results!.value, '["раз",null,null]');
    for (const table of ['token', 'loop_result', 'timer', 'message_subscription']) {
      assert.deepEqual(await runtime.rows(`SELECT 1 FROM ${table} WHERE process_instance_key = ?`, [key]), [], table);
    }
    for (const table of ['element_instance', 'variable', 'user_task', 'job', 'incident']) {
      const open = await runtime.rows(`SELECT * FROM ${table} WHERE process_instance_key = ? AND ended_at IS NULL`, [
        key,
      ]);
      assert.deepEqual(open, [], table);
    }
  });

  it('reads back signals and conditions that are waited for, and what a scope remembers', async () => {
    const command = await startCommand(EVENTFUL, { degrees: 20 });
    const key = command.processInstanceKey;
    let { instance } = await step(command);
    const run = async (next: EngineCommand): Promise<void> => void ({ instance } = await step({ key, command: next }));
    const kinds = (): readonly string[] => [...instance.subscriptions.values()].map(({ kind }) => kind).sort();
    assert.deepEqual(kinds(), ['condition', 'signal']);
    const signal = [...instance.subscriptions.values()].find(({ kind }) => kind === 'signal')!;
    await run({ kind: 'triggerSignal', subscriptionKey: signal.key, variables: { rung: 1 } });
    assert.deepEqual(kinds(), ['condition', 'signal'], 'a non-interrupting event goes on waiting');
    await run({ kind: 'setVariables', scopeKey: key, variables: { degrees: 41 }, local: false });
    assert.deepEqual(kinds(), []);
    assert.deepEqual(instance.elements.get(key)!.memory, { interruptedBy: 'alarm' });
    for (const table of ['signal_subscription', 'condition_subscription']) {
      assert.deepEqual(await runtime.rows(`SELECT 1 FROM ${table} WHERE process_instance_key = ?`, [key]), [], table);
    }
    await run({ kind: 'completeUserTask', userTaskKey: [...instance.userTasks.keys()][0]!, variables: {} });
    assert.equal(instance.header.state, 'completed');
  });

  it('keeps loop items and compensations while their scope lives, and deletes them with it', async () => {
    const accepted = await step(await startCommand(EVENTFUL, { degrees: 0 }));
    const { instance } = accepted;
    const key = instance.header.processInstanceKey;
    const items = { key, items: ['a', { б: null }, [1]] };
    const record = {
      key: key + 1,
      scopeKey: key,
      elementInstanceKey: key + 2,
      elementId: 'work',
      elementType: 'userTask',
      handlerId: 'undo',
      snapshot: { сумма: 5 },
      calledInstanceKey: null,
    } as const;
    const kept = createInstance({ ...instanceRows(instance), loopItems: [items], compensations: [record] });
    const store = (loopItems: RowChanges<LoopItems>, compensations: RowChanges<CompensationRecord>, before: Instance) =>
      inTransaction(runtime.database, (tx) =>
        writeSteps(tx, [
          {
            ...NO_CASE,
            processName: 'eventful',
            callDepth: 0,
            now: runtime.clock.now(),
            before,
            accepted: { ...accepted, history: [], changes: { ...accepted.changes, loopItems, compensations } },
          },
        ]),
      );
    const read = () =>
      inTransaction(runtime.database, async (tx) => (await loadInstances(tx, [key])).get(key)!.instance);
    await store(new Map([[key, items]]), new Map([[record.key, record]]), instance);
    assert.deepEqual(plain(await read()), plain(kept));
    await store(new Map([[key, null]]), new Map([[record.key, null]]), kept);
    assert.deepEqual(plain(await read()), plain(instance));
  });

  it('refuses a step made from an outdated instance, by the key of the history', async () => {
    const command = await startCommand(bpmn('stale', sequence(timer('t', 'PT1H'))), {});
    const { instance } = await step(command);
    const change: EngineCommand = {
      kind: 'setVariables',
      scopeKey: command.processInstanceKey,
      variables: { a: 1 },
      local: true,
    };
    const stale = inTransaction(runtime.database, async (tx) => {
      const tree = treeRun(tx, { now: 0, by: null });
      await tree.command(command.processInstanceKey, change);
      await writeSteps(
        tx,
        tree.steps.map((one) => ({ ...one, ...NO_CASE })),
      );
      await writeSteps(
        tx,
        tree.steps.map((one) => ({ ...one, ...NO_CASE, before: instance })),
      );
    });
    await assert.rejects(stale, (error) => runtime.database.dialect.isUniqueViolation(error));
  });

  it('declares the columns that the tables have', async () => {
    const specs = [
      ...Object.values(instanceTables),
      ...Object.values(definitionTables),
      ...Object.values(subscriptionTables),
      loopItemTable,
      loopResultTable,
      compensationTable,
    ];
    for (const { name, columns } of specs) {
      const actual = await runtime.database.reader(name).columnInfo();
      for (const [column, type] of Object.entries(columns)) {
        assert.ok(actual[column], `${name}.${column}`);
        assert.equal(actual[column].nullable, type.endsWith('?'), `${name}.${column} may be null`);
      }
    }
  });
});

function plain(instance: Instance): unknown {
  return JSON.parse(JSON.stringify(instanceRows(instance)));
}

import assert from 'node:assert/strict';
import type { Accepted, EngineCommand, Instance, StartInstance, Table } from '#engine';
import { inTransaction } from '../database/transaction.ts';
import { forEachDialect } from '../test/dialects.ts';
import { NO_CASE } from './instance-rows.ts';
import { loadInstances, writeSteps } from './instance-store.ts';
import * as instanceTables from './instance-tables.ts';
import * as definitionTables from './definition-tables.ts';
import { bpmn, receive, sequence, serviceTask, timer, userTask } from './test/bpmn.ts';
import { openRuntime, type TestRuntime } from './test/open-runtime.ts';
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

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  before(async () => (runtime = await openRuntime(dialect)));
  after(() => runtime.drop());

  /** Runs one command, stores it, reads it back and proves that nothing was lost or added. */
  const step = (by: StartInstance | { readonly key: number; readonly command: EngineCommand }): Promise<Accepted> =>
    inTransaction(runtime.database, async (tx) => {
      const now = runtime.clock.now();
      const tree = createTreeRun(tx, runtime, { now, by: 'anna' });
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
      const tree = createTreeRun(tx, runtime, { now: 0, by: null });
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
    const specs = [...Object.values(instanceTables), ...Object.values(definitionTables)];
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
  const rows = <Row>(table: Table<Row>): unknown =>
    [...table.entries()]
      .sort(([a], [b]) => a - b)
      .map(([key, row]) => [key, row instanceof Map ? [...row].sort() : row]);
  const { header, elements, variables, tokens, loopResults, userTasks, jobs, timers, subscriptions, incidents } =
    instance;
  const tables = { elements, variables, tokens, loopResults, userTasks, jobs, timers, subscriptions, incidents };
  const content = Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, rows(table as Table<unknown>)]),
  );
  return JSON.parse(JSON.stringify({ header, ...content }));
}

import assert from 'node:assert/strict';
import { bucketOf } from '#engine';
import { hashRequest, IdempotencyConflict } from '../database/command-log.ts';
import { readerOf } from '../database/connect.ts';
import { forEachDialect } from '../test/dialects.ts';
import { loadInstances } from './instance-store.ts';
import { CommandRejected, UnknownInstance } from './runtime-errors.ts';
import { bpmn, callActivity, sequence, userTask } from './test/bpmn.ts';
import { openRuntime, type TestRuntime } from './test/open-runtime.ts';

const TWO_TASKS = bpmn('two-tasks', sequence(userTask('first'), userTask('second')));

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  let definitionKey: number;
  before(async () => {
    runtime = await openRuntime(dialect);
    definitionKey = await runtime.deployProcess(TWO_TASKS);
  });
  after(() => runtime.drop());

  const start = (variables = {}) =>
    runtime.runner.start({ processDefinitionKey: definitionKey, variables, by: 'anna' });
  const openTask = async (processInstanceKey: number): Promise<number> => {
    const [row] = await runtime.rows(
      'SELECT user_task_key FROM user_task WHERE process_instance_key = ? AND ended_at IS NULL',
      [processInstanceKey],
    );
    return row!.user_task_key as number;
  };
  const complete = (processInstanceKey: number, userTaskKey: number, variables = {}, more = {}) =>
    runtime.runner.run({
      processInstanceKey,
      by: 'anna',
      build: () => ({ kind: 'completeUserTask', userTaskKey, variables }),
      ...more,
    });

  describe('a case from start to end', () => {
    it('keeps every row it needs for its story', async () => {
      const { processInstanceKey, state } = await start({ тема: 'Повреждена упаковка', n: 0.1 });
      assert.equal(state, 'active');
      const first = await openTask(processInstanceKey);
      assert.equal(bucketOf(first), bucketOf(processInstanceKey));
      await complete(processInstanceKey, first, { ok: true });
      const second = await complete(processInstanceKey, await openTask(processInstanceKey), {});
      assert.equal(second?.state, 'completed');

      const tasks = await runtime.rows(
        'SELECT element_id, state, completed_by FROM user_task WHERE process_instance_key = ? ORDER BY user_task_key',
        [processInstanceKey],
      );
      assert.deepEqual(
        tasks.map((row) => ({ ...row })),
        [
          { element_id: 'first', state: 'COMPLETED', completed_by: 'anna' },
          { element_id: 'second', state: 'COMPLETED', completed_by: 'anna' },
        ],
      );
      const elements = await runtime.rows(
        'SELECT element_id, state FROM element_instance WHERE process_instance_key = ? AND ended_at IS NOT NULL ORDER BY element_instance_key',
        [processInstanceKey],
      );
      assert.deepEqual(elements.map((row) => `${String(row.element_id)} ${String(row.state)}`).sort(), [
        'end completed',
        'first completed',
        'second completed',
        'start completed',
        'two-tasks completed',
      ]);
      const variables = await runtime.rows(
        'SELECT name, value FROM variable WHERE process_instance_key = ? AND ended_at IS NOT NULL ORDER BY variable_key',
        [processInstanceKey],
      );
      assert.deepEqual(
        variables.map((row) => [row.name, row.value]),
        [
          ['тема', '"Повреждена упаковка"'],
          ['n', '0.1'],
          ['ok', 'true'],
        ],
      );
      assert.equal(
        (await runtime.rows('SELECT * FROM user_task_candidate WHERE user_task_key = ?', [first])).length,
        0,
      );
      const history = await runtime.rows(
        'SELECT sequence FROM history_event WHERE process_instance_key = ? ORDER BY sequence',
        [processInstanceKey],
      );
      assert.deepEqual(
        history.map((row) => row.sequence),
        history.map((_, at) => at + 1),
      );
      assert.equal(history.length, second?.historyLength);
    });

    it('offers its open task to the groups of the model', async () => {
      const { processInstanceKey } = await start();
      const candidates = await runtime.rows(
        'SELECT kind, name FROM user_task_candidate WHERE user_task_key = ? ORDER BY name',
        [await openTask(processInstanceKey)],
      );
      assert.deepEqual(
        candidates.map((row) => `${String(row.kind)} ${String(row.name)}`),
        ['group claims', 'group warehouse'],
      );
    });

    it('is called by its name on the case and on every task', async () => {
      const { processInstanceKey } = await start();
      await runtime.runner.describeCase(processInstanceKey, { caseNumber: 'ОБР-2026-000007', client: 'Иванов' });
      await complete(processInstanceKey, await openTask(processInstanceKey));
      const tasks = await runtime.rows(
        'SELECT case_number, client, case_search FROM user_task WHERE process_instance_key = ?',
        [processInstanceKey],
      );
      assert.equal(tasks.length, 2);
      for (const task of tasks) {
        assert.deepEqual(
          { ...task },
          { case_number: 'ОБР-2026-000007', client: 'Иванов', case_search: 'обр-2026-000007\nиванов' },
        );
      }
    });
  });

  describe('a command', () => {
    it('that is refused changes nothing', async () => {
      const { processInstanceKey, historyLength } = await start();
      await assert.rejects(complete(processInstanceKey, 1), CommandRejected);
      await assert.rejects(complete(12345, 1), UnknownInstance);
      const loaded = (await loadInstances(readerOf(runtime.database), [processInstanceKey])).get(processInstanceKey)!;
      assert.equal(loaded.instance.header.historyLength, historyLength);
    });

    it('that crashes before the commit leaves nothing', async () => {
      const { processInstanceKey } = await start();
      const task = await openTask(processInstanceKey);
      const count = async () => (await runtime.rows('SELECT * FROM history_event')).length;
      const before = await count();
      const crash = { also: () => Promise.reject(new Error('power cut')) };
      await assert.rejects(complete(processInstanceKey, task, { lost: 1 }, crash), /power cut/);
      assert.equal(await count(), before);
      assert.equal(await openTask(processInstanceKey), task);
      await complete(processInstanceKey, task);
    });

    it('is carried out once when it is repeated, also after the end of the instance and at the same time', async () => {
      const { processInstanceKey } = await start();
      const task = await openTask(processInstanceKey);
      const more = { repeatable: { commandId: 'complete-1', requestHash: hashRequest('complete', task) } };
      const answers = await Promise.all([1, 2, 3].map(() => complete(processInstanceKey, task, {}, more)));
      await complete(processInstanceKey, await openTask(processInstanceKey));
      answers.push(await complete(processInstanceKey, task, {}, more));
      assert.deepEqual(answers, Array(4).fill(answers[0]));
      const other = { repeatable: { commandId: 'complete-1', requestHash: hashRequest('other') } };
      await assert.rejects(complete(processInstanceKey, task, {}, other), IdempotencyConflict);
    });

    it('that starts an instance starts one, however often it is sent', async () => {
      const send = () =>
        runtime.runner.start({
          processDefinitionKey: definitionKey,
          variables: {},
          by: null,
          repeatable: { commandId: 'mail <1@example.org>', requestHash: hashRequest('mail') },
        });
      const keys = (await Promise.all([send(), send(), send()])).map((result) => result.processInstanceKey);
      assert.equal(new Set(keys).size, 1);
    });

    it('finds the state that the one before it left: of two completions of one task, one wins', async () => {
      const { processInstanceKey } = await start();
      const task = await openTask(processInstanceKey);
      const results = await Promise.allSettled([1, 2, 3, 4].map((n) => complete(processInstanceKey, task, { n })));
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected', 'rejected']);
      const [row] = await runtime.rows(
        "SELECT count(*) AS n FROM history_event WHERE process_instance_key = ? AND kind = 'userTaskCompleted'",
        [processInstanceKey],
      );
      assert.equal(row!.n, 1);
    });
  });

  describe('called instances', () => {
    it('run in the transaction of the caller and are one tree', async () => {
      await runtime.deployProcess(bpmn('child', sequence(userTask('inside'))));
      const parent = await runtime.deployProcess(bpmn('parent', sequence(callActivity('call', 'child'))));
      const { processInstanceKey } = await runtime.runner.start({
        processDefinitionKey: parent,
        variables: { a: 1 },
        by: null,
        case: { caseNumber: 'ОБР-2026-000009', title: 'Дерево' },
      });
      const [child] = await runtime.rows('SELECT * FROM process_instance WHERE parent_process_instance_key = ?', [
        processInstanceKey,
      ]);
      assert.equal(child!.root_process_instance_key, processInstanceKey);
      assert.equal(child!.call_depth, 1);
      const childKey = child!.process_instance_key as number;
      const [task] = await runtime.rows(
        'SELECT case_number, case_title FROM user_task WHERE process_instance_key = ?',
        [childKey],
      );
      assert.deepEqual({ ...task }, { case_number: 'ОБР-2026-000009', case_title: 'Дерево' });
      await complete(childKey, await openTask(childKey), { answer: 42 });
      const [ended] = await runtime.rows('SELECT state FROM process_instance WHERE process_instance_key = ?', [
        processInstanceKey,
      ]);
      assert.equal(ended!.state, 'completed');
      const values = await runtime.rows(
        "SELECT value FROM variable WHERE process_instance_key = ? AND name = 'answer'",
        [processInstanceKey],
      );
      assert.deepEqual(
        values.map((row) => row.value),
        ['42'],
      );
    });

    it('are cancelled with their caller', async () => {
      const parent = runtime.definitions.catalog.latest('process', 'parent')!.definitionKey;
      const { processInstanceKey } = await runtime.runner.start({
        processDefinitionKey: parent,
        variables: {},
        by: null,
      });
      await runtime.runner.run({
        processInstanceKey,
        by: 'anna',
        build: () => ({ kind: 'cancelInstance', byParent: false }),
      });
      const states = await runtime.rows('SELECT state FROM process_instance WHERE root_process_instance_key = ?', [
        processInstanceKey,
      ]);
      assert.deepEqual(
        states.map((row) => row.state),
        ['terminated', 'terminated'],
      );
      assert.equal(await openTaskCount(processInstanceKey), 0);
    });

    it('stop with an incident when a process calls itself without end', async () => {
      await runtime.deployProcess(bpmn('self', sequence(userTask('stand-in'))));
      const self = await runtime.deployProcess(bpmn('self', sequence(callActivity('again', 'self'))));
      const { processInstanceKey } = await runtime.runner.start({
        processDefinitionKey: self,
        variables: {},
        by: null,
      });
      const tree = await runtime.rows('SELECT call_depth FROM process_instance WHERE root_process_instance_key = ?', [
        processInstanceKey,
      ]);
      assert.equal(Math.max(...tree.map((row) => row.call_depth as number)), 20);
      const incidents = await runtime.rows("SELECT type, message FROM incident WHERE process_id = 'self'");
      assert.equal(incidents.length, 1);
      assert.match(String(incidents[0]!.message), /at most 20 called instances/);
    });
  });

  const openTaskCount = async (rootKey: number): Promise<number> =>
    (await runtime.rows('SELECT 1 FROM user_task WHERE root_process_instance_key = ? AND ended_at IS NULL', [rootKey]))
      .length;

  it('a large step that needs more keys than are in hand takes a larger block', async () => {
    const items = Array.from({ length: 700 }, (_, n) => n);
    const loop = `<bpmn:userTask id="each"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>
      <bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>`;
    const wide = await runtime.deployProcess(bpmn('wide', sequence({ id: 'each', xml: loop })));
    const { processInstanceKey } = await runtime.runner.start({
      processDefinitionKey: wide,
      variables: { items },
      by: null,
    });
    assert.equal(await openTaskCount(processInstanceKey), 700);
    const after = await start();
    assert.equal(after.state, 'active');
  });
});

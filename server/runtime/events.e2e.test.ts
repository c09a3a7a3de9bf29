import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { EngineCommand, VariableMap } from '#engine';
import { forEachDialect } from '../test/dialects.ts';
import {
  bpmn,
  callActivity,
  eventSubProcess,
  receive,
  sequence,
  signal,
  signalCatch,
  signalThrow,
  startsBy,
  userTask,
} from './test/bpmn.ts';
import { openRuntime, type TestRuntime } from './test/open-runtime.ts';

const HOUR = 3_600_000;
const scenario = (name: string): string =>
  readFileSync(new URL(`../../engine/test/scenarios/${name}.bpmn`, import.meta.url), 'utf8');
const signalled = (name: string): string => `<bpmn:signalEventDefinition signalRef="signal_${name}"/>`;
const messaged = (name: string): string => `<bpmn:messageEventDefinition messageRef="message_${name}"/>`;
const message = (name: string): string => receive('any', name, '=orderId').around;
const timed = (duration: string): string =>
  `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`;
const holds = (feel: string): string =>
  `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=${feel}</bpmn:condition></bpmn:conditionalEventDefinition>`;

forEachDialect((dialect) => {
  describe('events, with a restart of the server before every step', () => {
    let runtime: TestRuntime;
    before(async () => (runtime = await openRuntime(dialect)));
    after(() => runtime.drop());
    afterEach(() => assert.deepEqual(runtime.errors.splice(0), []));

    const restart = async (): Promise<void> => void (runtime = await runtime.restarted());
    const start = async (processDefinitionKey: number, variables: VariableMap = {}): Promise<number> => {
      await restart();
      const { processInstanceKey } = await runtime.runner.start({ processDefinitionKey, variables, by: null });
      await runtime.worker.drain();
      return processInstanceKey;
    };
    const run = async (processInstanceKey: number, command: EngineCommand): Promise<void> => {
      await restart();
      await runtime.runner.run({ processInstanceKey, by: 'anna', build: () => command });
      await runtime.worker.drain();
    };
    /** In the whole tree of the instance. */
    const complete = async (rootKey: number, elementId: string, variables: VariableMap = {}): Promise<void> => {
      const [task] = await runtime.rows(
        `SELECT user_task_key AS key, process_instance_key AS owner FROM user_task
         WHERE root_process_instance_key = ? AND element_id = ? AND ended_at IS NULL`,
        [rootKey, elementId],
      );
      assert.ok(task, `an open task ${elementId}`);
      const userTaskKey = task['key'] as number;
      await run(task['owner'] as number, { kind: 'completeUserTask', userTaskKey, variables });
    };
    const publish = async (name: string, correlationKey: string): Promise<readonly number[]> => {
      await restart();
      const { correlations } = await runtime.messages.publish({
        name,
        correlationKey,
        variables: {},
        timeToLive: HOUR,
        by: null,
      });
      await runtime.worker.drain();
      return correlations.map((one) => one.processInstanceKey);
    };
    const broadcast = async (name: string): Promise<void> => {
      await restart();
      await runtime.signals.broadcast({ name, variables: {} });
      // The process that stored it is gone before it was delivered.
      await restart();
      await runtime.worker.drain();
    };
    const wait = async (milliseconds: number): Promise<void> => {
      runtime.clock.advance(milliseconds);
      await restart();
      await runtime.worker.drain();
    };
    /** Open tasks, then the state of the instance once it has ended. */
    const open = async (processInstanceKey: number): Promise<readonly unknown[]> => {
      const tasks = await runtime.rows(
        'SELECT element_id FROM user_task WHERE process_instance_key = ? AND ended_at IS NULL ORDER BY element_id',
        [processInstanceKey],
      );
      const [instance] = await runtime.rows('SELECT state FROM process_instance WHERE process_instance_key = ?', [
        processInstanceKey,
      ]);
      const state = instance!['state'] === 'active' ? [] : [instance!['state']];
      return [...tasks.map((row) => row['element_id']), ...state];
    };

    it('event sub-processes by timer, signal and message; the interrupting one ends the rest', async () => {
      const definition = await runtime.deployProcess(
        bpmn(
          'claim',
          eventSubProcess('remind', timed('PT1H'), { task: userTask('call'), interrupting: false }) +
            eventSubProcess('bell', signalled('bell'), { task: userTask('note'), interrupting: false }) +
            eventSubProcess('withdraw', messaged('withdrawn'), { task: userTask('close'), interrupting: true }) +
            sequence(userTask('work')),
          signal('bell') + message('withdrawn'),
        ),
      );
      const key = await start(definition, { orderId: 'A-1' });
      assert.deepEqual(await open(key), ['work']);
      await wait(HOUR - 1);
      assert.deepEqual(await open(key), ['work'], 'a timer is never early');
      await wait(1);
      assert.deepEqual(await open(key), ['call', 'work']);
      await broadcast('bell');
      await broadcast('bell');
      assert.deepEqual(await open(key), ['call', 'note', 'note', 'work']);
      assert.deepEqual(await publish('withdrawn', 'A-2'), []);
      assert.deepEqual(await publish('withdrawn', 'A-1'), [key]);
      assert.deepEqual(await open(key), ['close']);
      await broadcast('bell');
      assert.deepEqual(await open(key), ['close'], 'its sibling waits no more');
      await complete(key, 'close');
      assert.deepEqual(await open(key), ['completed']);
    });

    it('a signal from one instance to another one and to a start', async () => {
      const hears = await runtime.deployProcess(
        bpmn('hears', sequence(signalCatch('hear', 'fire'), userTask('run')), signal('fire')),
      );
      await runtime.deployProcess(bpmn('brigade', startsBy(signalled('fire'), userTask('drive')), signal('fire')));
      const rings = await runtime.deployProcess(
        bpmn('rings', sequence(userTask('see'), signalThrow('ring', 'fire')), signal('fire')),
      );
      const hearing = await start(hears);
      const ringing = await start(rings);
      assert.deepEqual(await open(hearing), []);
      await complete(ringing, 'see');
      assert.deepEqual([await open(ringing), await open(hearing)], [['completed'], ['run']]);
      const [brigade, ...more] = await runtime.rows(
        "SELECT process_instance_key AS key FROM process_instance WHERE process_id = 'brigade'",
      );
      assert.equal(more.length, 0);
      assert.deepEqual(await open(brigade!['key'] as number), ['drive']);
    });

    it('a condition, each time it turns true, and never in between', async () => {
      const definition = await runtime.deployProcess(
        bpmn(
          'boiler',
          eventSubProcess('hot', holds('degrees &gt; 90'), { task: userTask('cool'), interrupting: false }) +
            sequence(userTask('heat')),
        ),
      );
      const key = await start(definition, { degrees: 20 });
      const set = (degrees: number): Promise<void> =>
        run(key, { kind: 'setVariables', scopeKey: key, variables: { degrees }, local: false });
      await set(91);
      assert.deepEqual(await open(key), ['cool', 'heat']);
      await set(95);
      assert.deepEqual(await open(key), ['cool', 'heat']);
      await set(50);
      await set(99);
      assert.deepEqual(await open(key), ['cool', 'cool', 'heat']);
    });

    it('an event-based gateway: one event wins, and the message that lost is kept for who waits next', async () => {
      const branch = (id: string, definition: string): string => `
        <bpmn:intermediateCatchEvent id="${id}"><bpmn:incoming>to_${id}</bpmn:incoming><bpmn:outgoing>from_${id}</bpmn:outgoing>${definition}</bpmn:intermediateCatchEvent>
        <bpmn:userTask id="${id}_task"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>from_${id}</bpmn:incoming></bpmn:userTask>
        <bpmn:sequenceFlow id="to_${id}" sourceRef="gate" targetRef="${id}"/><bpmn:sequenceFlow id="from_${id}" sourceRef="${id}" targetRef="${id}_task"/>`;
      const definition = await runtime.deployProcess(
        bpmn(
          'race',
          `<bpmn:startEvent id="begin"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
          <bpmn:eventBasedGateway id="gate"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>to_paid</bpmn:outgoing><bpmn:outgoing>to_refused</bpmn:outgoing><bpmn:outgoing>to_late</bpmn:outgoing></bpmn:eventBasedGateway>
          <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="gate"/>
          ${branch('paid', messaged('payment'))}${branch('refused', messaged('refusal'))}${branch('late', timed('PT2H'))}`,
          message('payment') + message('refusal'),
        ),
      );
      const first = await start(definition, { orderId: 'G-1' });
      assert.deepEqual(await publish('refusal', 'G-1'), [first]);
      assert.deepEqual(await publish('payment', 'G-1'), [], 'it has lost');
      assert.deepEqual(await open(first), ['refused_task']);
      const second = await start(definition, { orderId: 'G-1' });
      assert.deepEqual(await open(second), ['paid_task'], 'the kept payment');
      const third = await start(definition, { orderId: 'G-1' });
      assert.deepEqual(await open(third), [], 'each message reaches one');
      await wait(2 * HOUR);
      assert.deepEqual([await open(third), await open(first)], [['late_task'], ['refused_task']]);
    });

    it('an escalation out of a called process: the caller goes its other way beside it, or instead of it', async () => {
      const throwing = {
        id: 'escalate',
        xml: '<bpmn:intermediateThrowEvent id="escalate"><bpmn:escalationEventDefinition escalationRef="late"/></bpmn:intermediateThrowEvent>',
      };
      const late = '<bpmn:escalation id="late" escalationCode="LATE"/>';
      await runtime.deployProcess(bpmn('called', sequence(throwing, userTask('inner')), late));
      const caller = (id: string, interrupting: boolean): string =>
        bpmn(
          id,
          `${sequence(callActivity('call', 'called', ' bindingType="latest"'))}
          <bpmn:boundaryEvent id="caught" attachedToRef="call" cancelActivity="${interrupting}"><bpmn:outgoing>c1</bpmn:outgoing><bpmn:escalationEventDefinition escalationRef="late"/></bpmn:boundaryEvent>
          ${userTask('chief').xml.replace('</bpmn:userTask>', '<bpmn:incoming>c1</bpmn:incoming></bpmn:userTask>')}
          <bpmn:sequenceFlow id="c1" sourceRef="caught" targetRef="chief"/>`,
          late,
        );
      const called = async (parent: number): Promise<readonly unknown[]> => {
        const [row] = await runtime.rows(
          'SELECT process_instance_key AS key FROM process_instance WHERE parent_process_instance_key = ?',
          [parent],
        );
        return open(row!['key'] as number);
      };
      const beside = await start(await runtime.deployProcess(caller('beside', false)));
      assert.deepEqual([await open(beside), await called(beside)], [['chief'], ['inner']]);
      const instead = await start(await runtime.deployProcess(caller('instead', true)));
      assert.deepEqual([await open(instead), await called(instead)], [['chief'], ['terminated']]);
    });

    /** What waits in the tree, by process: `child: UndoA`. */
    const waiting = async (rootKey: number): Promise<readonly string[]> => {
      const rows = await runtime.rows(
        `SELECT p.process_id, w.element_id FROM process_instance p JOIN (
           SELECT bucket, process_instance_key, element_id FROM user_task WHERE ended_at IS NULL
           UNION ALL SELECT bucket, process_instance_key, element_id FROM job WHERE ended_at IS NULL) w
           ON w.bucket = p.bucket AND w.process_instance_key = p.process_instance_key
         WHERE p.root_process_instance_key = ? ORDER BY p.process_id, w.element_id`,
        [rootKey],
      );
      return rows.map((row) => `${row['process_id'] as string}: ${row['element_id'] as string}`);
    };
    const finishJob = async (rootKey: number): Promise<void> => {
      const [job] = await runtime.rows(
        `SELECT j.job_key, j.process_instance_key FROM process_instance p JOIN job j
           ON j.bucket = p.bucket AND j.process_instance_key = p.process_instance_key AND j.ended_at IS NULL
         WHERE p.root_process_instance_key = ?`,
        [rootKey],
      );
      await run(job!['process_instance_key'] as number, {
        kind: 'completeJob',
        jobKey: job!['job_key'] as number,
        variables: {},
      });
    };
    const deploy = async (name: string, processId: string): Promise<number> => {
      const { definitions } = await runtime.deployments.deploy({
        resources: [{ name: `${name}.bpmn`, content: scenario(name) }],
        by: null,
      });
      return definitions.find(({ id }) => id === processId)!.definitionKey;
    };

    it('compensation, strictly backwards, through processes that were called and have completed', async () => {
      const key = await start(await deploy('compensation-call-activity', 'parent'), { n: 1 });
      await complete(key, 'Before');
      await complete(key, 'A', { n: 2 });
      await complete(key, 'B');
      assert.deepEqual(await waiting(key), ['grandchild: UndoB']);
      await complete(key, 'UndoB');
      assert.deepEqual(await waiting(key), ['child: UndoA']);
      const [what] = await runtime.rows(
        `SELECT v.value FROM process_instance p JOIN variable v
           ON v.bucket = p.bucket AND v.process_instance_key = p.process_instance_key AND v.name = 'what'
         WHERE p.root_process_instance_key = ?`,
        [key],
      );
      assert.equal(what!['value'], '2', 'the data as they were when the child completed');
      await finishJob(key);
      assert.deepEqual(await waiting(key), ['parent: UndoBefore']);
      await complete(key, 'UndoBefore');
      assert.deepEqual(await waiting(key), ['parent: After']);
      await complete(key, 'After');
      const states = await runtime.rows('SELECT state FROM process_instance WHERE root_process_instance_key = ?', [
        key,
      ]);
      assert.deepEqual(
        states.map((row) => row['state']),
        ['completed', 'completed', 'completed'],
      );
      assert.deepEqual(await runtime.rows('SELECT 1 FROM compensation_record'), [], 'nothing is left to undo');
    });

    it('a transaction that is canceled: stop, undo, and only then the way on', async () => {
      const key = await start(await deploy('transaction-cancel', 'booking'), { paid: false });
      await complete(key, 'Flight', { seat: '4A' });
      await complete(key, 'Hotel');
      assert.deepEqual(await waiting(key), ['booking: UndoHotel']);
      await wait(2 * HOUR);
      await complete(key, 'UndoHotel');
      assert.deepEqual(await waiting(key), ['booking: UndoFlight']);
      await finishJob(key);
      assert.deepEqual(await waiting(key), ['booking: Sorry']);
      await complete(key, 'Sorry');
      assert.deepEqual(await open(key), ['completed']);
    });
  });
});

import assert from 'node:assert/strict';
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
    const complete = async (processInstanceKey: number, elementId: string): Promise<void> => {
      const [task] = await runtime.rows(
        'SELECT user_task_key AS key FROM user_task WHERE process_instance_key = ? AND element_id = ? AND ended_at IS NULL',
        [processInstanceKey, elementId],
      );
      assert.ok(task, `an open task ${elementId}`);
      await run(processInstanceKey, {
        kind: 'completeUserTask',
        userTaskKey: task['key'] as number,
        variables: {},
      });
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
  });
});

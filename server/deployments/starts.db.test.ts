import assert from 'node:assert/strict';
import { createConditionals, type Conditionals } from '../conditionals/conditionals.ts';
import { bpmn, signal, startsBy, userTask } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';

const HOUR = 3_600_000;
const MESSAGE = '<bpmn:messageEventDefinition messageRef="message_order"/>';
const SIGNAL = '<bpmn:signalEventDefinition signalRef="signal_monday"/>';
const TIMER = `<bpmn:timerEventDefinition><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>`;
const condition = (feel: string): string =>
  `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=${feel}</bpmn:condition></bpmn:conditionalEventDefinition>`;
const message = (name: string): string =>
  `<bpmn:message id="message_${name}" name="${name}"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderId"/></bpmn:extensionElements></bpmn:message>`;
const AROUND = message('order') + message('payment') + signal('monday');

/** The order leads to `work`, the payment to `book`. */
const behind = (gatewayType: 'Exclusive' | 'Parallel'): string => `
  <bpmn:eventBasedGateway id="gate" instantiate="true" eventGatewayType="${gatewayType}"><bpmn:outgoing>g1</bpmn:outgoing><bpmn:outgoing>g2</bpmn:outgoing></bpmn:eventBasedGateway>
  <bpmn:intermediateCatchEvent id="ordered"><bpmn:incoming>g1</bpmn:incoming><bpmn:outgoing>g3</bpmn:outgoing>${MESSAGE}</bpmn:intermediateCatchEvent>
  <bpmn:intermediateCatchEvent id="paid"><bpmn:incoming>g2</bpmn:incoming><bpmn:outgoing>g4</bpmn:outgoing><bpmn:messageEventDefinition messageRef="message_payment"/></bpmn:intermediateCatchEvent>
  <bpmn:userTask id="work"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>g3</bpmn:incoming></bpmn:userTask>
  <bpmn:userTask id="book"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>g4</bpmn:incoming></bpmn:userTask>
  <bpmn:sequenceFlow id="g1" sourceRef="gate" targetRef="ordered"/><bpmn:sequenceFlow id="g2" sourceRef="gate" targetRef="paid"/>
  <bpmn:sequenceFlow id="g3" sourceRef="ordered" targetRef="work"/><bpmn:sequenceFlow id="g4" sourceRef="paid" targetRef="book"/>`;

forEachDialect((dialect) => {
  describe('a process starts', () => {
    let runtime: TestRuntime;
    let conditionals: Conditionals;
    before(async () => {
      runtime = await openRuntime(dialect);
      conditionals = createConditionals(runtime);
    });
    after(() => runtime.drop());
    afterEach(() => assert.deepEqual(runtime.errors.splice(0), []));

    const publish = async (name: string, orderId: string): Promise<void> => {
      await runtime.messages.publish({
        name,
        correlationKey: orderId,
        variables: { orderId },
        timeToLive: 0,
        by: null,
      });
      await runtime.worker.drain();
    };
    const broadcast = async (): Promise<void> => {
      await runtime.signals.broadcast({ name: 'monday', variables: { orderId: 'from the signal' } });
      await runtime.worker.drain();
    };
    /** Open tasks of each instance of the process, oldest instance first. */
    const tasksOf = async (processId: string): Promise<readonly string[]> => {
      const rows = await runtime.rows(
        `SELECT p.process_instance_key, t.element_id FROM process_instance p LEFT JOIN user_task t
           ON t.bucket = p.bucket AND t.process_instance_key = p.process_instance_key AND t.ended_at IS NULL
         WHERE p.process_id = ? ORDER BY p.started_at, p.process_instance_key, t.element_id`,
        [processId],
      );
      const groups = new Map<unknown, string[]>();
      for (const row of rows) {
        const key = row['process_instance_key'];
        groups.set(key, [...(groups.get(key) ?? []), (row['element_id'] as string | null) ?? '-']);
      }
      return [...groups.values()].map((names) => names.join('+'));
    };

    it('by any one of the definitions of a multiple start event', async () => {
      await runtime.deployProcess(bpmn('any', startsBy(MESSAGE + SIGNAL + TIMER, userTask('work')), AROUND));
      const planned = await runtime.rows(
        "SELECT kind, definition_index FROM start_subscription WHERE process_id = 'any' ORDER BY definition_index",
      );
      assert.deepEqual(
        planned.map((row) => [row['kind'], row['definition_index']]),
        [
          ['message', 0],
          ['signal', 1],
          ['timer', 2],
        ],
      );
      await runtime.worker.drain();
      const atOnce = (await tasksOf('any')).length;
      await publish('order', 'A-1');
      await broadcast();
      assert.equal((await tasksOf('any')).length, atOnce + 2);
      runtime.clock.advance(HOUR);
      await runtime.worker.drain();
      assert.deepEqual(await tasksOf('any'), new Array(atOnce + 3).fill('work'));
      await runtime.deployProcess(bpmn('any', startsBy('', userTask('work'))));
    });

    it('by the first definition of a parallel multiple start event, and goes on when the others have happened too', async () => {
      await runtime.deployProcess(bpmn('all', startsBy(MESSAGE + SIGNAL, userTask('work'), true), AROUND));
      await publish('order', 'B-1');
      assert.deepEqual(await tasksOf('all'), ['-']);
      await publish('order', 'B-2');
      await publish('order', 'B-1');
      assert.deepEqual(
        await tasksOf('all'),
        ['-', '-'],
        'the second message of the same order waits for the first one to end',
      );
      const waiting = await runtime.rows("SELECT signal_name FROM signal_subscription WHERE process_id = 'all'");
      assert.equal(waiting.length, 2, 'only what has not happened yet');
      await broadcast();
      // The signal has started an instance as well, which waits for its order.
      assert.deepEqual((await tasksOf('all')).toSorted(), ['-', 'work', 'work']);
      await runtime.deployProcess(bpmn('all', startsBy('', userTask('work'))));
    });

    it('by an instantiating receive task', async () => {
      const receive = `<bpmn:receiveTask id="order" instantiate="true" messageRef="message_order"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:receiveTask>
        <bpmn:userTask id="work"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming></bpmn:userTask>
        <bpmn:sequenceFlow id="f1" sourceRef="order" targetRef="work"/>`;
      await runtime.deployProcess(bpmn('receive', receive, AROUND));
      await publish('order', 'C-1');
      assert.deepEqual(await tasksOf('receive'), ['work']);
      await runtime.deployProcess(bpmn('receive', startsBy('', userTask('work'))));
    });

    it('by one of the events behind an instantiating gateway; the others are not waited for', async () => {
      await runtime.deployProcess(bpmn('either', behind('Exclusive'), AROUND));
      await publish('order', 'D-1');
      await publish('payment', 'D-2');
      assert.deepEqual((await tasksOf('either')).toSorted(), ['book', 'work']);
      await runtime.deployProcess(bpmn('either', startsBy('', userTask('work'))));
    });

    it('by one of the events behind a parallel instantiating gateway; the same instance waits for the others', async () => {
      await runtime.deployProcess(bpmn('both', behind('Parallel'), AROUND));
      await publish('payment', 'E-1');
      assert.deepEqual(await tasksOf('both'), ['book']);
      await publish('order', 'E-1');
      assert.deepEqual(await tasksOf('both'), ['book+work']);
      await runtime.deployProcess(bpmn('both', startsBy('', userTask('work'))));
    });

    it('by a condition that holds for the variables offered, once per request, whatever other conditions do', async () => {
      const warm = await runtime.deployProcess(bpmn('warm', startsBy(condition('degrees &gt; 20'), userTask('work'))));
      const hot = await runtime.deployProcess(bpmn('hot', startsBy(condition('degrees &gt; 40'), userTask('work'))));
      const broken = await runtime.deployProcess(
        bpmn(
          'broken',
          startsBy(
            condition('working time after(start: now(), duration: "P1D", calendar: "nowhere") = null'),
            userTask('work'),
          ),
        ),
      );
      const filter =
        '<bpmn:extensionElements><zeebe:conditionalFilter variableNames="pressure"/></bpmn:extensionElements>';
      const filtered = condition('degrees &gt; 20').replace('Definition>', `Definition>${filter}`);
      await runtime.deployProcess(bpmn('filtered', startsBy(filtered, userTask('work'))));
      const repeatable = { commandId: 'api:boss:heat', requestHash: 'same' };
      const request = { variables: { degrees: 30 }, by: 'boss', repeatable };
      const first = await conditionals.evaluate(request);
      assert.deepEqual(
        first.started.map((one) => one.processDefinitionKey),
        [warm],
      );
      assert.deepEqual(
        first.failures.map((one) => one.processDefinitionKey),
        [broken],
      );
      assert.deepEqual((await conditionals.evaluate(request)).started, first.started);
      assert.deepEqual([await tasksOf('warm'), await tasksOf('hot')], [['work'], []]);
      const both = await conditionals.evaluate({ variables: { degrees: 50 }, by: null });
      assert.equal(both.started.length, 2);
      await conditionals.evaluate({ variables: { degrees: 50 }, processDefinitionKey: hot, by: null });
      assert.deepEqual([(await tasksOf('warm')).length, (await tasksOf('hot')).length], [2, 2]);
      assert.deepEqual(await tasksOf('filtered'), [], 'its filter names a variable that was not offered');
      await conditionals.evaluate({ variables: { degrees: 30, pressure: 1 }, by: null });
      assert.deepEqual(await tasksOf('filtered'), ['work']);
    });
  });
});

import assert from 'node:assert/strict';
import { buildBpmn } from '../testing/build-bpmn.ts';
import { CommandRefused } from './command-refused.ts';
import { Simulation } from './simulation.ts';

const PAID =
  '<bpmn:message id="Paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=number"/></bpmn:extensionElements></bpmn:message>';
const RECEIVE = { type: 'receiveTask', attributes: 'messageRef="Paid"' };

const waits = buildBpmn({
  id: 'waits',
  roots: PAID,
  elements: { Start: 'startEvent', First: 'userTask', Wait: RECEIVE, Then: 'userTask' },
  flows: ['Start -> First -> Wait -> Then'],
});
const begins = buildBpmn({
  id: 'begins',
  roots: PAID,
  elements: { On: { type: 'startEvent', inner: '<bpmn:messageEventDefinition messageRef="Paid"/>' }, Work: 'userTask' },
  flows: ['On -> Work'],
});

async function playing(text: string): Promise<Simulation> {
  const simulation = new Simulation();
  await simulation.deploy(text);
  return simulation;
}
/** Starts an instance that does not wait yet. */
async function notYetWaiting() {
  const simulation = await playing(waits);
  const key = simulation.start('waits', { number: 'A' });
  const open = () => simulation.userTasks().map(({ elementId }) => elementId);
  const reachWait = () => simulation.completeUserTask(simulation.userTasks()[0]!.key);
  return { simulation, key, open, reachWait };
}

describe('Simulation: messages', () => {
  it('are kept until somebody waits, and taken in the order of publication, one by one', async () => {
    const { simulation, key, open, reachWait } = await notYetWaiting();
    assert.equal(simulation.publishMessage('paid', 'A', { n: 1 }).outcome, 'buffered');
    simulation.publishMessage('paid', 'A', { n: 2 });
    reachWait();
    assert.deepEqual([open(), simulation.state(key).variables['n']], [['Then'], 1]);
    const second = simulation.start('waits', { number: 'A' });
    reachWait();
    reachWait();
    assert.equal(simulation.state(second).variables['n'], 2);
  });

  it('are forgotten when their time to live is over', async () => {
    const { simulation, key, open, reachWait } = await notYetWaiting();
    simulation.publishMessage('paid', 'A', {}, { timeToLive: 'PT1H' });
    simulation.publishMessage('paid', 'A', {}, { timeToLive: 30_000 });
    simulation.advanceBy('PT1H');
    reachWait();
    assert.deepEqual(open(), []);
    assert.deepEqual(
      simulation.state(key).subscriptions.map((one) => one.kind === 'message' && one.correlationKey),
      ['A'],
    );
  });

  it('with no time to live need somebody who waits now, else the sender hears of it', async () => {
    const { simulation, key, reachWait } = await notYetWaiting();
    const publish = () => simulation.publishMessage('paid', 'A', {}, { timeToLive: 0 });
    assert.throws(publish, (error: Error) => {
      assert.ok(error instanceof CommandRefused);
      assert.equal(error.code, 'NO_RECEIVER');
      assert.match(error.message, /"paid" with the key "A".*time to live/);
      return true;
    });
    reachWait();
    assert.deepEqual(publish().outcome, 'correlated');
    assert.deepEqual(simulation.state(key).subscriptions, []);
  });

  it('with the same id count once, also when the first is delivered already', async () => {
    const { simulation, open, reachWait } = await notYetWaiting();
    const publish = (messageId: string) => simulation.publishMessage('paid', 'A', {}, { messageId }).outcome;
    assert.deepEqual([publish('1'), publish('1')], ['buffered', 'duplicate']);
    reachWait();
    assert.deepEqual(open(), ['Then']);
    assert.deepEqual([publish('1'), publish('2')], ['duplicate', 'buffered']);
    simulation.advanceBy('P7D');
    assert.equal(publish('1'), 'buffered', 'remembered as long as it would have been kept');
  });

  it('with a key start one instance at a time; the next starts when it has ended', async () => {
    const simulation = await playing(begins);
    const outcomes = ['A', 'A', 'B'].map((key, n) => simulation.publishMessage('paid', key, { n }).outcome);
    assert.deepEqual(outcomes, ['started', 'buffered', 'started']);
    const numbers = () => simulation.userTasks().map(({ variables }) => variables['n']);
    assert.deepEqual(numbers(), [0, 2]);
    simulation.completeUserTask(simulation.userTasks()[0]!.key);
    assert.deepEqual(numbers(), [2, 1]);
  });

  it('without a key start without limit', async () => {
    const simulation = await playing(begins);
    simulation.publishMessage('paid');
    simulation.publishMessage('paid');
    assert.equal(simulation.userTasks().length, 2);
  });

  it('many kept messages for one waiter do not count as an endless loop', async () => {
    const simulation = await playing(
      buildBpmn({
        id: 'eats',
        roots: PAID,
        elements: { Start: 'startEvent', First: 'userTask', Merge: 'exclusiveGateway', Wait: RECEIVE },
        flows: ['Start -> First -> Merge -> Wait -> Merge'],
      }),
    );
    const key = simulation.start('eats', { number: 'A' });
    for (let n = 0; n < 700; n += 1) simulation.publishMessage('paid', 'A', { n });
    simulation.completeUserTask(simulation.userTasks()[0]!.key);
    assert.equal(simulation.state(key).completed.filter((id) => id === 'Wait').length, 700);
  });
});

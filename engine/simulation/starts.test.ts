import assert from 'node:assert/strict';
import { InvalidBpmn } from '../bpmn/invalid-bpmn.ts';
import { buildBpmn } from '../testing/build-bpmn.ts';
import { Simulation } from './simulation.ts';

const NINE = Date.UTC(2026, 10, 3, 6);
const HOUR = 3_600_000;

const starting = (definition: string, { id = 'p', roots = '', task = 'Wait' } = {}) =>
  buildBpmn({
    id,
    roots,
    elements: { On: { type: 'startEvent', inner: definition }, [task]: 'userTask' },
    flows: [`On -> ${task}`],
  });
const timer = (kind: string, text: string) =>
  `<bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${kind}></bpmn:timerEventDefinition>`;
const MESSAGE = '<bpmn:messageEventDefinition messageRef="M"/>';
const ROOTS = '<bpmn:message id="M" name="order"/><bpmn:signal id="S" name="alarm"/>';

async function deployed(...texts: readonly string[]): Promise<Simulation> {
  const simulation = new Simulation({ now: NINE });
  await simulation.deploy(...texts);
  return simulation;
}
const startedAt = (simulation: Simulation) =>
  [...simulation.instances.values()].map(({ instance }) => (instance.header.startedAt - NINE) / HOUR);

describe('Simulation: what starts a process', () => {
  it('a timer start fires on the way of the clock, a cycle as often as it says', async () => {
    const simulation = await deployed(starting(timer('timeCycle', 'R3/PT2H')));
    simulation.advanceBy('PT1H');
    assert.deepEqual(startedAt(simulation), []);
    simulation.advanceTo('2026-11-04T09:00');
    assert.deepEqual(startedAt(simulation), [2, 4, 6]);
    assert.equal(simulation.now, NINE + 24 * HOUR);
  });

  it('fires for a new version only, counted from its deployment', async () => {
    const simulation = await deployed(starting(timer('timeDuration', 'PT2H')));
    simulation.advanceBy('PT1H');
    await simulation.deploy(starting(timer('timeDuration', 'PT2H')));
    simulation.advanceBy('P1D');
    assert.deepEqual(startedAt(simulation), [3]);
  });

  it('starts missed while the machine was off are made up by one', async () => {
    const simulation = await deployed(starting(timer('timeCycle', 'R/PT2H')));
    simulation.now = NINE + 7 * HOUR;
    simulation.advanceBy('PT1H');
    assert.deepEqual(startedAt(simulation), [7, 8]);
  });

  it('fires timers of instances and of starts in order of their due time', async () => {
    const pause = buildBpmn({
      id: 'pause',
      elements: {
        Start: 'startEvent',
        Pause: { type: 'intermediateCatchEvent', inner: timer('timeDuration', 'PT3H') },
        After: 'userTask',
      },
      flows: ['Start -> Pause -> After'],
    });
    const simulation = await deployed(pause, starting(timer('timeCycle', 'R2/PT2H')));
    simulation.start('pause');
    simulation.advanceBy('PT5H');
    assert.deepEqual(
      simulation.userTasks().map(({ elementId, createdAt }) => [elementId, (createdAt - NINE) / HOUR]),
      [
        ['Wait', 2],
        ['After', 3],
        ['Wait', 4],
      ],
    );
  });

  it('a message start of an older version is replaced at once', async () => {
    const simulation = await deployed(starting(MESSAGE, { roots: ROOTS, task: 'Old' }));
    await simulation.deploy(starting(MESSAGE, { roots: ROOTS, task: 'New' }));
    simulation.publishMessage('order');
    assert.deepEqual(
      simulation.userTasks().map(({ elementId }) => elementId),
      ['New'],
    );
  });

  it('a signal starts every process that waits for it', async () => {
    const signal = '<bpmn:signalEventDefinition signalRef="S"/>';
    const simulation = await deployed(
      starting(signal, { id: 'a', roots: ROOTS }),
      starting(signal, { id: 'b', roots: ROOTS }),
    );
    simulation.broadcastSignal('alarm', { floor: 3 });
    simulation.broadcastSignal('other');
    assert.deepEqual(
      simulation.userTasks().map(({ variables }) => variables),
      [{ floor: 3 }, { floor: 3 }],
    );
  });

  it('a conditional start is asked with variables and starts where it holds', async () => {
    const condition =
      '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=amount &gt; 100</bpmn:condition></bpmn:conditionalEventDefinition>';
    const simulation = await deployed(starting(condition));
    assert.deepEqual(simulation.evaluateConditionalStarts({ amount: 100 }), []);
    assert.deepEqual(simulation.evaluateConditionalStarts({}), []);
    const [key] = simulation.evaluateConditionalStarts({ amount: 101 });
    assert.ok(key !== undefined);
    assert.deepEqual(simulation.state(key).variables, { amount: 101 });
  });

  it('an expression that gives no time is refused at deployment, by the name of its event', async () => {
    await assert.rejects(deployed(starting(timer('timeDate', '=when'))), (error: Error) => {
      assert.ok(error instanceof InvalidBpmn);
      assert.equal(error.problems[0]?.elementId, 'On');
      assert.match(error.message, /"On" cannot start the process/);
      return true;
    });
  });
});

import assert from 'node:assert/strict';
import { buildBpmn } from '../testing/build-bpmn.ts';
import { Simulation } from './simulation.ts';

const NINE = Date.UTC(2026, 10, 3, 6);
const HOUR = 3_600_000;
const extended = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`;
const job = (type: string, more = '') =>
  extended(
    `<zeebe:taskDefinition type="${type}"/><zeebe:taskHeaders><zeebe:header key="to" value="${type}"/></zeebe:taskHeaders>${more}`,
  );
const LATE =
  '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT2H</bpmn:timeDuration></bpmn:timerEventDefinition>';
const LOOP =
  '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=lines" inputElement="line"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>';

const order = buildBpmn({
  id: 'order',
  roots: '<bpmn:error id="E" name="e" errorCode="STOCK"/>',
  elements: {
    Start: 'startEvent',
    Split: 'parallelGateway',
    Pack: { type: 'serviceTask', name: 'Pack it', inner: job('pack') + LOOP },
    Pay: 'userTask',
    Late: { type: 'boundaryEvent', attributes: 'attachedToRef="Pay"', inner: LATE },
    Remind: 'endEvent',
    Join: 'parallelGateway',
    Call: { type: 'callActivity', inner: extended('<zeebe:calledElement processId="ship"/>') },
    Done: 'endEvent',
  },
  flows: ['Start -> Split', 'Split -> Pack -> Join', 'Split -> Pay -> Join', 'Late -> Remind', 'Join -> Call -> Done'],
});
const ship = buildBpmn({
  id: 'ship',
  elements: { Begin: 'startEvent', Send: { type: 'serviceTask', inner: job('send') }, Sent: 'endEvent' },
  flows: ['Begin -> Send -> Sent'],
});

async function ordered() {
  const simulation = new Simulation({ now: NINE });
  await simulation.deploy(order, ship);
  return { simulation, key: simulation.start('order', { lines: ['pump', 'hose'] }) };
}

describe('Simulation: the state of an instance', () => {
  it('says what lives, what waits and what holds which variables', async () => {
    const { simulation, key } = await ordered();
    const state = simulation.state(key);
    const places = state.active.map(({ elementId, type, loopIndex }) => [elementId, type, loopIndex]);
    assert.deepEqual(places, [
      ['Pack', 'multiInstanceBody', null],
      ['Pay', 'userTask', null],
      ['Pack', 'serviceTask', 0],
      ['Pack', 'serviceTask', 1],
    ]);
    const [body, pay, first] = state.active;
    assert.deepEqual([body?.scopeKey, pay?.scopeKey, first?.scopeKey], [key, key, body?.key]);
    assert.deepEqual(
      state.timers.map(({ elementId, dueAt }) => [elementId, dueAt - NINE]),
      [['Late', 2 * HOUR]],
    );
    assert.deepEqual(state.variables, { lines: ['pump', 'hose'] });
    assert.deepEqual(
      state.scopes.map(({ elementId, loopIndex, variables }) => [elementId, loopIndex, variables]),
      [
        ['Pack', 0, { line: 'pump', loopCounter: 1 }],
        ['Pack', 1, { line: 'hose', loopCounter: 2 }],
      ],
    );
    assert.deepEqual([state.ended, state.completed], [null, ['Start', 'Split']]);
  });

  it('tells completed from terminated, in order, with the flows taken and the tokens at a join', async () => {
    const { simulation, key } = await ordered();
    for (const { key: jobKey } of [...simulation.jobs({ type: 'pack' })].reverse()) simulation.completeJob(jobKey);
    const waiting = simulation.state(key);
    assert.deepEqual(
      waiting.tokens.map(({ elementId, flowId }) => [elementId, flowId]),
      [['Join', 'Pack_Join']],
    );
    simulation.advanceBy('PT3H');
    const state = simulation.state(key);
    assert.deepEqual(state.completed, ['Start', 'Split', 'Pack', 'Pack', 'Late', 'Remind']);
    assert.deepEqual(state.terminated, ['Pay']);
    assert.deepEqual(
      state.finished.map(({ elementId, loopIndex, how }) => `${how} ${elementId} ${loopIndex ?? ''}`.trim()).slice(2),
      [
        'completed Pack 1',
        'completed Pack 0',
        'completed Pack',
        'terminated Pay',
        'completed Late',
        'completed Remind',
      ],
    );
    assert.deepEqual(state.flows, ['Start_Split', 'Split_Pack', 'Split_Pay', 'Pack_Join', 'Late_Remind']);
    assert.deepEqual(
      state.incidents.map(({ elementId, type }) => [elementId, type]),
      [['Join', 'DEADLOCK']],
    );
  });

  it('shows the children of its calls, and the end of both with the last variables', async () => {
    const { simulation, key } = await ordered();
    for (const one of simulation.jobs()) simulation.completeJob(one.key);
    simulation.completeUserTask(simulation.userTasks({ elementId: 'Pay' })[0]!.key, { paid: true });
    const [child] = simulation.state(key).children;
    assert.deepEqual([child?.processId, child?.ended], ['ship', null]);
    simulation.completeJob(simulation.jobs({ processInstanceKey: child!.key })[0]!.key, { parcel: 7 });
    const state = simulation.state(key);
    assert.equal(state.ended, 'completed');
    assert.deepEqual(state.variables, { lines: ['pump', 'hose'], paid: true, parcel: 7 });
    assert.deepEqual([state.active, state.children[0]?.ended], [[], 'completed']);
  });

  it('a canceled instance ends with the instances it called', async () => {
    const { simulation, key } = await ordered();
    for (const one of simulation.jobs()) simulation.completeJob(one.key);
    simulation.completeUserTask(simulation.userTasks()[0]!.key);
    simulation.cancel(key);
    const { ended, terminated, children } = simulation.state(key);
    assert.deepEqual([ended, terminated, children[0]?.ended], ['terminated', ['Call'], 'terminated']);
  });
});

describe('Simulation: work', () => {
  it('lists jobs with their type, name, headers and what they see', async () => {
    const { simulation, key } = await ordered();
    const [first, second] = simulation.jobs({ type: 'pack' });
    const { name, type, elementId, headers, variables, processInstanceKey, retries, available } = first!;
    assert.deepEqual(
      { name, type, elementId, headers, variables, processInstanceKey, retries, available },
      {
        name: 'Pack it',
        type: 'pack',
        elementId: 'Pack',
        headers: { to: 'pack' },
        variables: { line: 'pump', loopCounter: 1, lines: ['pump', 'hose'] },
        processInstanceKey: key,
        retries: 3,
        available: true,
      },
    );
    assert.equal(second?.variables['line'], 'hose');
    assert.deepEqual(simulation.jobs({ elementId: 'Nothing' }), []);
    assert.deepEqual(simulation.jobs({ processInstanceKey: 99 }), []);
  });

  it('a failed job waits for its back-off, loses a retry, and at none raises an incident that can be resolved', async () => {
    const { simulation, key } = await ordered();
    const jobKey = simulation.jobs()[0]!.key;
    const found = () => simulation.jobs().find((one) => one.key === jobKey)!;
    simulation.failJob(jobKey, { message: 'busy', backOff: 'PT5M' });
    assert.deepEqual([found().retries, found().errorMessage, found().available], [2, 'busy', false]);
    simulation.advanceBy('PT5M');
    assert.equal(found().available, true);
    simulation.failJob(jobKey, { retries: 0, message: 'broken' });
    const [incident] = simulation.state(key).incidents;
    assert.deepEqual([incident?.type, incident?.message, found().available], ['JOB_NO_RETRIES', 'broken', false]);
    simulation.resolveIncident(incident!.key);
    assert.deepEqual([found().available, simulation.state(key).incidents], [true, []]);
    simulation.throwJobError(jobKey, 'STOCK', { missing: 'pump' }, 'out of stock');
    assert.equal(simulation.state(key).incidents[0]?.type, 'UNHANDLED_ERROR_EVENT');
  });

  it('lists user tasks by assignee; assigned to nobody they are free again', async () => {
    const { simulation } = await ordered();
    const { key, name } = simulation.userTasks({ name: 'Pay' })[0]!;
    assert.equal(name, 'Pay');
    simulation.assignUserTask(key, 'ann');
    assert.deepEqual(
      [simulation.userTasks({ assignee: 'ann' }).length, simulation.userTasks({ assignee: null })],
      [1, []],
    );
    simulation.assignUserTask(key, 'bob');
    simulation.assignUserTask(key, null);
    assert.equal(simulation.userTasks({ assignee: null }).length, 1);
    assert.deepEqual(simulation.userTasks({ candidateGroup: 'clerks' }), []);
  });

  it('sets variables of the instance, of an element that sees them, or of that element alone', async () => {
    const { simulation, key } = await ordered();
    const inner = simulation.jobs()[0]!.elementInstanceKey;
    simulation.setVariables(key, { a: 1 });
    simulation.setVariables(inner, { a: 2, line: 'valve' });
    simulation.setVariables(inner, { a: 3 }, { local: true });
    assert.equal(simulation.state(key).variables['a'], 2);
    assert.deepEqual(simulation.jobs()[0]!.variables, { a: 3, line: 'valve', loopCounter: 1, lines: ['pump', 'hose'] });
  });

  it('says what was expected, what to do, and changes nothing, when a verb cannot be done', async () => {
    const { simulation, key } = await ordered();
    const before = simulation.get(key).instance;
    const refused = (verb: () => void, code: string) =>
      assert.throws(verb, (error: Error & { code?: string; remedy?: string }) => {
        assert.equal(error.name, 'CommandRefused');
        assert.equal(error.code, code);
        assert.match(error.message, /^Expected .*\. [A-Za-z].*\.$/);
        assert.ok(error.remedy !== undefined && error.message.endsWith(error.remedy));
        return true;
      });
    refused(() => simulation.completeJob(99), 'NOT_FOUND');
    refused(() => simulation.failJob(99), 'NOT_FOUND');
    refused(() => simulation.throwJobError(99, 'E'), 'NOT_FOUND');
    refused(() => simulation.completeUserTask(99), 'NOT_FOUND');
    refused(() => simulation.assignUserTask(99, 'ann'), 'NOT_FOUND');
    refused(() => simulation.setVariables(99, {}), 'NOT_FOUND');
    refused(() => simulation.resolveIncident(99), 'NOT_FOUND');
    refused(() => simulation.cancel(99), 'NOT_FOUND');
    refused(() => simulation.state(99), 'NOT_FOUND');
    refused(() => simulation.start('nowhere'), 'UNKNOWN_PROCESS');
    refused(() => simulation.start('order', {}, 'Pack'), 'INVALID_ARGUMENT');
    refused(() => simulation.setVariables(key, { '': 1 }), 'INVALID_ARGUMENT');
    assert.equal(simulation.get(key).instance, before);
  });
});

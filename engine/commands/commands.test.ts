import assert from 'node:assert/strict';
import type { EngineCommand } from '../command.ts';
import { NINE, only, start } from '../test/run-model.ts';

const SERVICE = '<bpmn:extensionElements><zeebe:taskDefinition type="work"/></bpmn:extensionElements>';
const DEADLINE =
  '<bpmn:extensionElements><zeebe:assignmentDefinition candidateGroups="clerks"/><reglament:deadline duration="PT1H" calendar="ru-office" warnBefore="PT30M" escalateTo="heads"/></bpmn:extensionElements>';
const ask = (inner = '') => ({
  id: 'ask',
  elements: { Start: 'startEvent', Ask: { type: 'userTask', name: 'Answer', inner }, Done: 'endEvent' },
  flows: ['Start -> Ask -> Done'],
});
const work = {
  id: 'work',
  elements: { Start: 'startEvent', Work: { type: 'serviceTask', inner: SERVICE }, Done: 'endEvent' },
  flows: ['Start -> Work -> Done'],
};

describe('commands on user tasks', () => {
  it('assigns, gives back, and takes from another only when told to', async () => {
    const { instance, tell, refused } = await start(ask());
    const { key: userTaskKey } = only(instance().userTasks);
    const assign = (assignee: string | null, allowOverride: boolean): EngineCommand => ({
      kind: 'assignUserTask',
      userTaskKey,
      assignee,
      allowOverride,
    });
    tell(assign('ann', false));
    tell(assign('ann', false));
    const rejection = refused(assign('bob', false));
    assert.equal(rejection.code, 'ALREADY_ASSIGNED');
    assert.match(rejection.message, /assigned to "ann"/);
    tell(assign('bob', true));
    assert.equal(only(instance().userTasks).assignee, 'bob');
    tell(assign(null, false));
    assert.equal(only(instance().userTasks).assignee, null);
  });

  it('updates dates, candidates and priority, and nothing else', async () => {
    const { instance, tell, refused } = await start(ask());
    const before = only(instance().userTasks);
    tell({
      kind: 'updateUserTask',
      userTaskKey: before.key,
      changes: { dueAt: NINE + 1, priority: 100, candidateGroups: ['heads'] },
    });
    assert.deepEqual(only(instance().userTasks), {
      ...before,
      dueAt: NINE + 1,
      priority: 100,
      candidateGroups: ['heads'],
    });
    for (const priority of [-1, 101, Number.NaN]) {
      assert.equal(
        refused({ kind: 'updateUserTask', userTaskKey: before.key, changes: { priority } }).code,
        'INVALID_ARGUMENT',
      );
    }
  });

  it('tells the people concerned of a near and of a passed deadline', async () => {
    const { simulation, instance } = await start(ask(DEADLINE));
    simulation.advanceTo(NINE + 3_600_000);
    const { key, deadline, candidateGroups } = only(instance().userTasks);
    const notice = {
      kind: 'notifyDeadline',
      userTaskKey: key,
      elementId: 'Ask',
      taskName: 'Answer',
      users: [],
      dueAt: NINE + 3_600_000,
    };
    assert.deepEqual(simulation.notices, [
      { ...notice, reason: 'warned', groups: ['clerks'] },
      { ...notice, reason: 'breached', groups: ['heads'] },
    ]);
    assert.deepEqual([deadline?.warned, deadline?.breached, candidateGroups], [true, true, ['heads']]);
  });

  it('rejects what is not there', async () => {
    const { refused } = await start(ask());
    const commands: readonly EngineCommand[] = [
      { kind: 'completeUserTask', userTaskKey: 99, variables: {} },
      { kind: 'assignUserTask', userTaskKey: 99, assignee: 'a', allowOverride: true },
      { kind: 'updateUserTask', userTaskKey: 99, changes: {} },
      { kind: 'completeJob', jobKey: 99, variables: {} },
      { kind: 'failJob', jobKey: 99, retries: 0, retryBackOff: 0, errorMessage: '', variables: {} },
      { kind: 'throwJobError', jobKey: 99, errorCode: 'x', errorMessage: '', variables: {} },
      { kind: 'updateJobRetries', jobKey: 99, retries: 1 },
      { kind: 'fireTimer', timerKey: 99 },
      { kind: 'correlateMessage', subscriptionKey: 99, messageKey: 1, variables: {} },
      { kind: 'resolveIncident', incidentKey: 99 },
      { kind: 'setVariables', scopeKey: 99, variables: {}, local: true },
      { kind: 'completeCalledInstance', elementInstanceKey: 99, variables: {} },
      { kind: 'throwCalledInstanceError', elementInstanceKey: 99, errorCode: 'x', errorMessage: '', variables: {} },
      { kind: 'rejectCalledInstance', elementInstanceKey: 99, message: '' },
    ];
    for (const command of commands) {
      const rejection = refused(command);
      assert.equal(rejection.code, 'NOT_FOUND', command.kind);
      assert.match(rejection.message, /^Expected /);
    }
  });
});

describe('commands on jobs', () => {
  it('a failed job waits for its back-off and keeps the message and the worker’s variables', async () => {
    const { instance, tell } = await start(work);
    const { key: jobKey } = only(instance().jobs);
    tell({ kind: 'failJob', jobKey, retries: 2, retryBackOff: 60_000, errorMessage: 'busy', variables: { tried: 1 } });
    const { retries, availableAt, errorMessage, elementInstanceKey } = only(instance().jobs);
    assert.deepEqual([retries, availableAt, errorMessage], [2, NINE + 60_000, 'busy']);
    assert.equal(instance().variables.get(elementInstanceKey)?.get('tried')?.value, 1);
    assert.equal(instance().incidents.size, 0);
  });

  it('negative retries and back-offs count as none', async () => {
    const { instance, tell } = await start(work);
    const { key: jobKey } = only(instance().jobs);
    tell({ kind: 'failJob', jobKey, retries: -5, retryBackOff: -5, errorMessage: '', variables: {} });
    assert.deepEqual([only(instance().jobs).retries, only(instance().jobs).availableAt], [0, NINE]);
    assert.match(only(instance().incidents).message, /no retries are left/);
  });
});

describe('commands on timers', () => {
  it('a timer that is not due is not fired', async () => {
    const { instance, refused } = await start(ask(DEADLINE));
    const [timer] = instance().timers.values();
    assert.ok(timer !== undefined);
    assert.equal(refused({ kind: 'fireTimer', timerKey: timer.key }).code, 'INVALID_STATE');
  });
});

describe('a suspended instance', () => {
  it('opens no complex gateway by a variable, and looks again when it is resumed', async () => {
    const {
      instance,
      tell,
      key: scopeKey,
    } = await start(
      {
        id: 'choice',
        elements: {
          Start: 'startEvent',
          Fork: 'parallelGateway',
          Ask: 'userTask',
          Join: { type: 'complexGateway', inner: '<bpmn:activationCondition>=ok</bpmn:activationCondition>' },
          Next: 'userTask',
        },
        flows: ['Start -> Fork -> Join -> Next', 'Fork -> Ask -> Join'],
      },
      { ok: false },
    );
    const open = () => [...instance().userTasks.values()].map(({ elementId }) => elementId);
    tell({ kind: 'suspendInstance', byParent: false });
    tell({ kind: 'setVariables', scopeKey, variables: { ok: true }, local: false });
    assert.deepEqual(open(), ['Ask']);
    tell({ kind: 'resumeInstance', byParent: false });
    assert.deepEqual(open(), ['Ask', 'Next']);
  });
});

import assert from 'node:assert/strict';
import { advance, type Execution } from './advance.ts';
import { readBpmn } from './bpmn/read-bpmn.ts';
import type { Command, CommandOfKind } from './command.ts';
import type { Library } from './model/library.ts';
import { NINE, only, start } from './test/run-model.ts';
import { buildBpmn, type ProcessSpec } from './testing/build-bpmn.ts';
import { shippedCalendars } from './time/test/shipped-calendars.ts';

const NOTHING: Library = {
  calendars: shippedCalendars,
  zone: 'Europe/Moscow',
  findDecision: () => undefined,
  findForm: () => undefined,
  findProcess: () => undefined,
};
const ASK: ProcessSpec = {
  id: 'ask',
  elements: {
    Start: 'startEvent',
    Scope: {
      type: 'subProcess',
      scope: { elements: { Inner: 'startEvent', Ask: 'userTask' }, flows: ['Inner -> Ask'] },
    },
    Done: 'endEvent',
  },
  flows: ['Start -> Scope -> Done'],
};
const START: CommandOfKind<'startInstance'> = {
  kind: 'startInstance',
  processInstanceKey: 10,
  processDefinitionKey: 1,
  deploymentKey: 1,
  definitionVersion: 3,
  variables: { a: 1 },
  businessId: 'B-1',
  tags: ['t'],
  now: NINE,
  firstKey: 11,
  by: 'ann',
};

async function executionOf(spec: ProcessSpec): Promise<Execution> {
  const [model] = (await readBpmn(buildBpmn(spec))).processes;
  assert.ok(model !== undefined);
  return { model, library: NOTHING };
}

describe('advance', () => {
  it('numbers history without gaps, signs it, takes keys in order and says where it stopped', async () => {
    const outcome = advance(await executionOf(ASK), null, START);
    assert.ok(outcome.accepted);
    assert.deepEqual(
      outcome.history.map(({ sequence }) => sequence),
      outcome.history.map((_, index) => index + 1),
    );
    assert.ok(outcome.history.every(({ at, by }) => at === NINE && by === 'ann'));
    const task = only(outcome.instance.userTasks);
    assert.equal(outcome.nextKey, task.key + 1);
    const { businessId, tags, definitionVersion, historyLength } = outcome.instance.header;
    assert.deepEqual([businessId, tags, definitionVersion, historyLength], ['B-1', ['t'], 3, outcome.history.length]);
  });

  it('says which rows changed: new, changed and gone', async () => {
    const execution = await executionOf(ASK);
    const first = advance(execution, null, START);
    assert.ok(first.accepted);
    const task = only(first.instance.userTasks);
    assert.deepEqual(first.changes.userTasks, new Map([[task.key, task]]));
    const second = advance(execution, first.instance, {
      kind: 'completeUserTask',
      userTaskKey: task.key,
      variables: { a: 2 },
      now: NINE,
      firstKey: first.nextKey,
      by: null,
    });
    assert.ok(second.accepted);
    assert.deepEqual(second.changes.userTasks, new Map([[task.key, null]]));
    assert.equal(second.changes.elements.get(10), null);
    assert.equal(second.changes.jobs.size, 0);
    assert.equal(first.instance.userTasks.size, 1, 'the instance before is not touched');
  });

  it('starts at a start event of the process, not at one inside a sub-process', async () => {
    const execution = await executionOf(ASK);
    for (const startElementId of ['Inner', 'Scope', 'nowhere', '__proto__']) {
      const outcome = advance(execution, null, { ...START, startElementId });
      assert.ok(!outcome.accepted, startElementId);
      assert.equal(outcome.rejection.code, 'INVALID_ARGUMENT');
    }
    assert.ok(advance(execution, null, { ...START, startElementId: 'Start' }).accepted);
  });

  it('rejects a key that is taken, an instance that has ended, and variable names that do harm', async () => {
    const execution = await executionOf(ASK);
    const first = advance(execution, null, START);
    assert.ok(first.accepted);
    const context = { now: NINE, firstKey: first.nextKey, by: null };
    const codeOf = (before: typeof first.instance | null, command: Command) => {
      const outcome = advance(execution, before, command);
      return outcome.accepted ? 'accepted' : outcome.rejection.code;
    };
    assert.equal(codeOf(first.instance, START), 'INVALID_STATE');
    const canceled = advance(execution, first.instance, { kind: 'cancelInstance', byParent: false, ...context });
    assert.ok(canceled.accepted);
    assert.equal(codeOf(canceled.instance, { kind: 'cancelInstance', byParent: false, ...context }), 'INVALID_STATE');
    for (const name of ['', 'x'.repeat(201), '__proto__']) {
      const variables = JSON.parse(`{${JSON.stringify(name)}: 1}`) as Record<string, number>;
      assert.equal(codeOf(null, { ...START, variables }), 'INVALID_ARGUMENT', name);
    }
  });

  it('stops an endless straight-through loop with an incident, and goes on when it is mended and tried again', async () => {
    const spin: ProcessSpec = {
      id: 'spin',
      elements: {
        Start: 'startEvent',
        Merge: 'exclusiveGateway',
        Step: 'task',
        Which: 'exclusiveGateway',
        Done: 'endEvent',
      },
      flows: ['Start -> Merge -> Step -> Which', 'Which -> Merge [=stop = null]', 'Which -> Done default'],
    };
    const { instance, tell, key } = await start(spin);
    const incident = only(instance().incidents);
    assert.deepEqual([incident.type, incident.elementId], ['STEP_LIMIT_EXCEEDED', 'Merge']);
    assert.match(incident.message, /passed 1000 times/);
    tell({ kind: 'resolveIncident', incidentKey: incident.key });
    assert.equal(only(instance().incidents).type, 'STEP_LIMIT_EXCEEDED');
    tell({ kind: 'setVariables', scopeKey: key, variables: { stop: true }, local: true });
    tell({ kind: 'resolveIncident', incidentKey: only(instance().incidents).key });
    assert.equal(instance().header.state, 'completed');
  });

  it('goes a long straight path without a deep stack', async () => {
    const steps = Array.from({ length: 600 }, (_, index) => `T${index}`);
    const long: ProcessSpec = {
      id: 'long',
      elements: Object.fromEntries(['Start', ...steps].map((id) => [id, id === 'Start' ? 'startEvent' : 'task'])),
      flows: [['Start', ...steps].join(' -> ')],
    };
    assert.equal((await start(long)).instance().header.state, 'completed');
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { advance } from './advance.ts';
import { readBpmn } from './bpmn/read-bpmn.ts';
import type { Command, EngineCommand } from './command.ts';
import type { Instance } from './instance.ts';
import { instanceRows } from './instance-rows.ts';
import type { Key } from './key.ts';
import type { ProcessModel } from './model/process-model.ts';
import { Simulation, type SimulationOptions } from './simulation/simulation.ts';
import { propertyOptions } from './test/property-options.ts';
import { blocks, draw, ROOTS } from './test/random-model.ts';
import { buildBpmn } from './testing/build-bpmn.ts';
import { checkState } from './testing/check-state.ts';
import { deepFreeze } from './testing/deep-freeze.ts';
import { shippedCalendars } from './time/test/shipped-calendars.ts';

const START = Date.UTC(2026, 10, 3, 6);
const MODELS = 300;

/** What somebody does next: which kind of thing, and which of the open ones (modulo their number). */
const schedule = fc.array(
  fc.record({
    kind: fc.constantFrom(
      'task',
      'job',
      'failJob',
      'error',
      'message',
      'time',
      'incident',
      'late',
      'variables',
      'cancel' as const,
    ),
    pick: fc.nat({ max: 50 }),
  }),
  { minLength: 5, maxLength: 40 },
);
type Act = { readonly kind: string; readonly pick: number };

describe('the interpreter on random processes and schedules', function () {
  this.timeout(600_000);

  it('keeps its promises after every command', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, schedule, fc.nat({ max: 2 }), async (block, acts, choice) => {
        const model = await modelOf(buildBpmn({ id: 'random', roots: ROOTS, ...draw(block) }));
        const first = play(model, acts, choice);
        assert.equal(play(model, acts, choice), first, 'the same commands must give the same bytes');
      }),
      propertyOptions(MODELS),
    );
  });

  it('always comes to an end when everybody does what is asked of them', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, schedule, async (block, acts) => {
        const model = await modelOf(buildBpmn({ id: 'random', roots: ROOTS, ...draw(block) }));
        const simulation = simulationOf(model);
        const key = simulation.start('random', { choice: 1 });
        for (const act of acts) if (act.kind !== 'cancel') perform(simulation, key, act);
        finish(simulation, key);
        const { instance, history } = simulation.get(key);
        assert.notEqual(instance.header.state, 'active', JSON.stringify(instanceRows(instance)));
        const left = (kind: string) => history.filter(({ event }) => event.kind === kind).length;
        assert.equal(left('tokenArrived'), left('tokenConsumed'), 'every token that waited at a join was consumed');
        assert.equal(left('elementActivated'), left('elementCompleted') + left('elementTerminated'));
      }),
      propertyOptions(MODELS),
    );
  });
});

async function modelOf(xml: string): Promise<ProcessModel> {
  const [model] = (await readBpmn(xml)).processes;
  assert.ok(model !== undefined);
  return model;
}

function simulationOf(model: ProcessModel): Simulation {
  const options: SimulationOptions = { processes: [model], calendars: shippedCalendars, now: START };
  return new Simulation(options);
}

/** Plays a schedule with every check on, and returns all that happened as text. */
function play(model: ProcessModel, acts: readonly Act[], choice: number): string {
  const simulation = simulationOf(model);
  simulation.observe((_, instance) => deepFreeze(instance));
  const key = simulation.start('random', { choice });
  for (const act of acts) {
    const before = simulation.get(key).instance;
    const written = JSON.stringify(instanceRows(before));
    const told = perform(simulation, key, act);
    const { instance, history } = simulation.get(key);
    assert.equal(JSON.stringify(instanceRows(before)), written, 'the instance before must stay what it was');
    if (told === 'rejected') assert.equal(instance, before, 'a rejected command changes nothing');
    checkState(instance, history);
    checkTokens(instance);
  }
  checkChanges(model, simulation.get(key).instance);
  return JSON.stringify([...simulation.get(key).history]);
}

/** A block-structured process never leaves a token stranded. */
function checkTokens(instance: Instance): void {
  for (const { type } of instance.incidents.values()) assert.notEqual(type, 'DEADLOCK');
}

/** `changes` names exactly the rows in which the instance after differs from the instance before. */
function checkChanges(model: ProcessModel, before: Instance): void {
  if (before.header.state !== 'active') return;
  const library = {
    calendars: shippedCalendars,
    zone: 'Europe/Moscow',
    findDecision: none,
    findForm: none,
    findProcess: none,
  };
  const command: Command = { kind: 'cancelInstance', byParent: false, now: START, firstKey: 2 ** 40, by: 'x' };
  const outcome = advance({ model, library }, before, command);
  assert.ok(outcome.accepted);
  assert.deepEqual([...outcome.changes.elements.keys()].sort(), [...before.elements.keys()].sort());
  assert.ok([...outcome.changes.variables.values()].every((row) => row === null));
}
const none = (): undefined => undefined;

function perform(simulation: Simulation, key: Key, { kind, pick }: Act): 'done' | 'rejected' | 'nothing' {
  const { instance } = simulation.get(key);
  const tell = (command: EngineCommand) => ('rejection' in simulation.tell(key, command) ? 'rejected' : 'done');
  const one = <Row>(rows: Iterable<Row>): Row | undefined => {
    const all = [...rows];
    return all[pick % Math.max(1, all.length)];
  };
  const job = one(instance.jobs.values());
  switch (kind) {
    case 'task': {
      const task = one(instance.userTasks.values());
      return task === undefined
        ? 'nothing'
        : tell({ kind: 'completeUserTask', userTaskKey: task.key, variables: { n: pick } });
    }
    case 'job':
      return job === undefined
        ? 'nothing'
        : tell({ kind: 'completeJob', jobKey: job.key, variables: { result: pick } });
    case 'failJob':
      return job === undefined
        ? 'nothing'
        : tell({
            kind: 'failJob',
            jobKey: job.key,
            retries: pick % 2,
            retryBackOff: 0,
            errorMessage: 'no',
            variables: {},
          });
    case 'error':
      return job === undefined
        ? 'nothing'
        : tell({ kind: 'throwJobError', jobKey: job.key, errorCode: 'E', errorMessage: '', variables: { e: 1 } });
    case 'message': {
      const waits = one(instance.subscriptions.values());
      if (waits === undefined) return 'nothing';
      return tell({ kind: 'correlateMessage', subscriptionKey: waits.key, messageKey: 1, variables: { m: pick } });
    }
    case 'time':
      if (instance.header.state === 'active') simulation.advanceTo(simulation.now + (pick % 4) * 1_800_000);
      return 'done';
    case 'incident': {
      const incident = one(instance.incidents.values());
      return incident === undefined ? 'nothing' : tell({ kind: 'resolveIncident', incidentKey: incident.key });
    }
    case 'variables': {
      const scope = one(instance.elements.keys());
      if (scope === undefined) return 'nothing';
      return tell({
        kind: 'setVariables',
        scopeKey: scope,
        variables: { mended: 'work', n: pick },
        local: pick % 2 === 0,
      });
    }
    case 'late':
      return tell({ kind: 'completeUserTask', userTaskKey: 999_999_999, variables: {} });
    default:
      return pick % 10 === 0 ? tell({ kind: 'cancelInstance', byParent: false }) : 'nothing';
  }
}

/** Does whatever is open until nothing is. */
function finish(simulation: Simulation, key: Key): void {
  for (let round = 0; round < 500; round += 1) {
    const { instance } = simulation.get(key);
    if (instance.header.state !== 'active') return;
    if (instance.incidents.size > 0) {
      const scopes = [...instance.elements.keys()];
      for (const scopeKey of scopes)
        simulation.tell(key, { kind: 'setVariables', scopeKey, variables: { mended: 'work' }, local: true });
      for (const incidentKey of [...instance.incidents.keys()])
        simulation.tell(key, { kind: 'resolveIncident', incidentKey });
    }
    for (const kind of ['task', 'job', 'message']) perform(simulation, key, { kind, pick: round });
    simulation.advanceTo(simulation.now + 3_600_000);
  }
}

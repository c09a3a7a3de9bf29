import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { InvalidBpmn } from '../bpmn/invalid-bpmn.ts';
import { InvalidDmn } from '../decisions/invalid-dmn.ts';
import { buildBpmn } from '../testing/build-bpmn.ts';
import { CommandRefused } from './command-refused.ts';
import { Simulation } from './simulation.ts';

const SCENARIOS = new URL('../test/scenarios/', import.meta.url);
const scenario = (name: string) => readFileSync(new URL(name, SCENARIOS), 'utf8');

const asks = (id: string, task: string) =>
  buildBpmn({
    id,
    elements: { Start: 'startEvent', [task]: 'userTask', Done: 'endEvent' },
    flows: [`Start -> ${task} -> Done`],
  });
const tagged = (id: string, task: string, versionTag: string) =>
  asks(id, task).replace(
    '<bpmn:startEvent',
    `<bpmn:extensionElements><zeebe:versionTag value="${versionTag}"/></bpmn:extensionElements><bpmn:startEvent`,
  );
const calls = (binding: string) =>
  buildBpmn({
    id: 'caller',
    elements: {
      Start: 'startEvent',
      Call: {
        type: 'callActivity',
        inner: `<bpmn:extensionElements><zeebe:calledElement processId="called" ${binding}/></bpmn:extensionElements>`,
      },
    },
    flows: ['Start -> Call'],
  });
const openTasks = (simulation: Simulation) => simulation.userTasks().map(({ elementId }) => elementId);

describe('Simulation: deploy', () => {
  it('takes BPMN, DMN and form ids in any order and answers with the processes', async () => {
    const simulation = new Simulation();
    const deployed = await simulation.deploy(
      scenario('business-rule-task.dmn'),
      asks('one', 'A') + '\n',
      'some-form',
      scenario('business-rule-task.bpmn'),
    );
    assert.deepEqual(deployed, ['one', 'rating']);
  });

  it('a word that is no file is not taken for a deployment', async () => {
    const simulation = new Simulation();
    await assert.rejects(simulation.deploy('garbage'), (error: unknown) => {
      assert.ok(error instanceof InvalidBpmn);
      assert.match(error.message, /no BPMN or DMN text.*garbage/);
      return true;
    });
  });

  it('keeps a copy of the variables: what the caller does to his own afterwards changes nothing', async () => {
    const simulation = new Simulation();
    await simulation.deploy(asks('p', 'Ask'));
    const order = { lines: [1] };
    const key = simulation.start('p', { order });
    order.lines.push(2);
    assert.deepEqual(simulation.state(key).variables, { order: { lines: [1] } });
    const endless: Record<string, unknown> = {};
    endless['self'] = endless;
    assert.throws(
      () => simulation.setVariables(key, endless as never),
      (error: unknown) => error instanceof CommandRefused && error.code === 'INVALID_ARGUMENT',
    );
  });

  it('refuses a time that is no number of milliseconds, and the clock stays', async () => {
    const simulation = new Simulation({ now: 5 });
    await simulation.deploy(asks('p', 'Ask'));
    for (const time of [NaN, Infinity, 1.5]) {
      assert.throws(() => simulation.advanceTo(time), CommandRefused);
      assert.throws(() => simulation.advanceBy(time), CommandRefused);
    }
    assert.equal(simulation.now, 5);
  });

  it('a process id deployed again is version 2: new instances get it, running ones keep theirs', async () => {
    const simulation = new Simulation();
    await simulation.deploy(asks('p', 'Old'));
    const old = simulation.start('p');
    await simulation.deploy(asks('p', 'New'));
    const fresh = simulation.start('p');
    assert.deepEqual(openTasks(simulation), ['Old', 'New']);
    assert.deepEqual([simulation.state(old).version, simulation.state(fresh).version], [1, 2]);
    for (const { key } of simulation.userTasks()) simulation.completeUserTask(key);
    assert.deepEqual(simulation.state(old).flows, ['Start_Old', 'Old_Done']);
  });

  it('a call finds the latest version, the one deployed together, or the one with the tag', async () => {
    const calledBy = async (binding: string) => {
      const simulation = new Simulation();
      await simulation.deploy(tagged('called', 'First', 'gold'));
      await simulation.deploy(asks('called', 'Second'), calls(binding));
      await simulation.deploy(asks('called', 'Third'));
      simulation.start('caller');
      return openTasks(simulation);
    };
    assert.deepEqual(await calledBy('bindingType="latest"'), ['Third']);
    assert.deepEqual(await calledBy('bindingType="deployment"'), ['Second']);
    assert.deepEqual(await calledBy('bindingType="versionTag" versionTag="gold"'), ['First']);
  });

  it('a reference that finds nothing is an incident that a later deployment mends', async () => {
    const simulation = new Simulation();
    await simulation.deploy(calls(''));
    const key = simulation.start('caller');
    const [incident] = simulation.state(key).incidents;
    assert.equal(incident?.type, 'CALLED_ELEMENT_ERROR');
    await simulation.deploy(asks('called', 'A'));
    simulation.resolveIncident(incident.key);
    assert.deepEqual(openTasks(simulation), ['A']);
  });

  it('refuses what is broken with every problem, and then nothing of it is deployed', async () => {
    const simulation = new Simulation();
    await assert.rejects(simulation.deploy(asks('p', 'A'), 'no XML and no id of a form'), InvalidBpmn);
    await assert.rejects(simulation.deploy(asks('p', 'A'), asks('p', 'B')), /deployed twice at once/);
    await assert.rejects(
      simulation.deploy(
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"/>',
      ),
      InvalidDmn,
    );
    assert.throws(() => simulation.start('p'), CommandRefused);
  });
});

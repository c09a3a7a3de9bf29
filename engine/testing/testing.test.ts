import assert from 'node:assert/strict';
import { readBpmn } from '../bpmn/read-bpmn.ts';
import type { HistoryRecord } from '../history-event.ts';
import { createInstance } from '../create-instance.ts';
import { instanceRows } from '../instance-rows.ts';
import { InstanceState } from '../instance-state.ts';
import { simulationOf } from '../test/run-model.ts';
import { shippedCalendars } from '../time/test/shipped-calendars.ts';
import { buildBpmn } from './build-bpmn.ts';
import { checkState } from './check-state.ts';
import { deepFreeze } from './deep-freeze.ts';
import { formatTrace, parseTrace } from './parse-trace.ts';
import { runTrace } from './run-trace.ts';

const ASK = {
  id: 'ask',
  elements: { Start: 'startEvent', Ask: 'userTask', Done: 'endEvent' },
  flows: ['Start -> Ask -> Done'],
};

async function run(text: string): Promise<string> {
  const { processes } = await readBpmn(buildBpmn(ASK));
  return runTrace(text, { processes, calendars: shippedCalendars });
}

describe('traces', () => {
  it('are read with comments and lines, and written the same', () => {
    const text = '# why\nstart process "a"\n----\nactivated A\n  completed A\n\n# then\nadvance PT1H\n----\n';
    const blocks = parseTrace(text);
    assert.deepEqual(
      blocks.map(({ command, line, comments }) => [command, line, comments]),
      [
        ['start process "a"', 2, ['# why']],
        ['advance PT1H', 8, ['# then']],
      ],
    );
    assert.equal(blocks[0]?.expected, 'activated A\n  completed A');
    assert.equal(formatTrace(blocks), text);
  });

  it('come out with what really happened, whatever was written before', async () => {
    const written = await run('start process "ask"\n----\nsomething else\n');
    assert.match(written, /user task "Ask"/);
    assert.doesNotMatch(written, /something else/);
    assert.equal(await run(written), written);
  });

  it('record a rejection', async () => {
    const written = await run('start process "ask"\n\ncancel "ask"\n\nagain\n');
    assert.match(written, /REJECTED INVALID_STATE: Expected process instance 1 to be active/);
  });

  it('name the line of a command that cannot be read or finds nothing', async () => {
    await assert.rejects(run('start process "ask"\n\ndance\n'), /^Error: line 3: dance\nExpected one of:/);
    await assert.rejects(run('complete user task "Ask"\n'), /line 1.*\nExpected an open user task "Ask"/);
  });
});

describe('checkState', () => {
  it('notices a lost event, a wrong number and something that hangs on nothing', async () => {
    const simulation = await simulationOf(ASK);
    const { instance, history } = simulation.get(simulation.start('ask', { a: 1 }));
    checkState(instance, history);
    assert.throws(() => checkState(instance, history.slice(0, -1)), /the history of 1, applied/);
    const renumbered = history.map((record, index): HistoryRecord =>
      index === 1 ? { ...record, sequence: 7 } : record,
    );
    assert.throws(() => checkState(instance, renumbered), /the number of a history record/);
    const rows = instanceRows(instance);
    const orphan = createInstance({ ...rows, elements: rows.elements.filter(({ elementId }) => elementId !== 'Ask') });
    assert.throws(() => checkState(orphan, history), Error);
    const unmarked = new InstanceState({ ...instance, live: createInstance({ ...rows, userTasks: [] }).live });
    assert.throws(() => checkState(unmarked, history), /the waits index of 1/);
  });
});

describe('deepFreeze', () => {
  it('reaches into lists, objects, maps and tables', async () => {
    const simulation = await simulationOf(ASK);
    const { instance } = simulation.get(simulation.start('ask', { list: [{ a: 1 }] }));
    deepFreeze(instance);
    const value = instance.variables.get(1)?.get('list')?.value as { a: number }[];
    // Not push(): pdfjs in another test replaces it by one that fails silently.
    assert.throws(() => (value[1] = { a: 2 }), TypeError);
    assert.throws(() => (value[0]!.a = 2), TypeError);
    const [task] = instance.userTasks.values();
    assert.throws(() => Object.assign(task!, { name: 'x' }), TypeError);
  });
});

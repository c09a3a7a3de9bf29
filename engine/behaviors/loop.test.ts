import assert from 'node:assert/strict';
import { advance } from '../advance.ts';
import { readBpmn } from '../bpmn/read-bpmn.ts';
import type { Instance } from '../instance.ts';
import { instanceRows } from '../instance-rows.ts';
import { buildBpmn, type ElementSpec } from '../testing/build-bpmn.ts';
import { checkState } from '../testing/check-state.ts';
import { only, start } from '../test/run-model.ts';
import { shippedCalendars } from '../time/test/shipped-calendars.ts';

const formal = (name: string, text: string) => `<bpmn:${name} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${name}>`;
const EACH =
  '<bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="out" outputElement="=item"/></bpmn:extensionElements>';
const multi = (attributes: string, inner = EACH) =>
  `<bpmn:multiInstanceLoopCharacteristics ${attributes}>${inner}</bpmn:multiInstanceLoopCharacteristics>`;
const standard = (attributes: string, inner = '') =>
  `<bpmn:standardLoopCharacteristics ${attributes}>${inner}</bpmn:standardLoopCharacteristics>`;
const process = (element: ElementSpec) => ({
  id: 'loop',
  elements: { Start: 'startEvent', Each: element, After: 'userTask', Done: 'endEvent' },
  flows: ['Start -> Each -> After -> Done'],
});
const inside = { elements: { In: 'startEvent', Step: 'task', Out: 'endEvent' }, flows: ['In -> Step -> Out'] };
const numbers = Array.from({ length: 10_000 }, (_, index) => index);

function variable(instance: Instance, name: string): unknown {
  return instance.variables.get(instance.header.processInstanceKey)?.get(name)?.value;
}

describe('loops without a pause', function () {
  this.timeout(60_000);

  for (const [kind, attributes] of [
    ['sequential', 'isSequential="true"'],
    ['parallel', ''],
  ] as const) {
    it(`a ${kind} loop of 10,000 goes straight through, and leaves nothing of itself behind`, async () => {
      const { instance, simulation, key } = await start(
        process({ type: 'subProcess', inner: multi(attributes), scope: inside }),
        { items: numbers },
      );
      assert.deepEqual(variable(instance(), 'out'), numbers);
      assert.equal(only(instance().userTasks).elementId, 'After');
      const { loopItems, loopResults } = instanceRows(instance());
      assert.deepEqual([loopItems, loopResults], [[], []]);
      assert.equal(instance().resultsOf.size, 0);
      checkState(instance(), simulation.get(key).history);
    });
  }

  it('a maximum of 10,000 is not endless', async () => {
    const { instance, simulation, key } = await start(
      process({ type: 'task', inner: standard('loopMaximum="10000"', formal('loopCondition', '=true')) }),
    );
    assert.equal(only(instance().userTasks).elementId, 'After');
    const passes = simulation.get(key).history.filter(({ event }) => event.kind === 'loopIterationCompleted');
    assert.equal(passes.length, 10_000);
  });

  it('a condition that always holds stops at an incident, and goes on where it stood when it is mended', async () => {
    const { instance, tell, key } = await start(
      process({ type: 'task', inner: standard('', formal('loopCondition', '=go')) }),
      { go: true },
    );
    const { type, message, key: incidentKey } = only(instance().incidents);
    assert.equal(type, 'STEP_LIMIT_EXCEEDED');
    assert.match(message, /"Each", but it was passed 1000 times in one go/);
    // Still wrong: as far again, and the next incident.
    tell({ kind: 'resolveIncident', incidentKey });
    assert.equal(only(instance().incidents).type, 'STEP_LIMIT_EXCEEDED');
    tell({ kind: 'setVariables', scopeKey: key, variables: { go: false }, local: true });
    const records = tell({ kind: 'resolveIncident', incidentKey: only(instance().incidents).key });
    assert.equal(only(instance().userTasks).elementId, 'After');
    assert.ok(records.some(({ event }) => event.kind === 'loopIterationCompleted' && event.index === 2_001));
  });
});

describe('a sequential loop that waits', () => {
  it('keeps one snapshot, written once, and one live iteration', async () => {
    const { instance, tell } = await start(process({ type: 'userTask', inner: multi('isSequential="true"') }), {
      items: ['a', 'b', 'c'],
    });
    const [row] = instanceRows(instance()).loopItems;
    assert.deepEqual(row?.items, ['a', 'b', 'c']);
    tell({ kind: 'completeUserTask', userTaskKey: only(instance().userTasks).key, variables: {} });
    assert.equal(instanceRows(instance()).loopItems[0], row, 'the step did not rewrite it');
    assert.equal(instance().elements.size, 3);
  });
});

describe('what a loop throws', () => {
  it('bears another id than what the instance itself has sent, so that none is taken for a repetition', async () => {
    const key =
      '<bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;k&quot;"/></bpmn:extensionElements>';
    const { processes } = await readBpmn(
      buildBpmn({
        ...process({
          type: 'sendTask',
          attributes: 'messageRef="Sent"',
          inner: multi('behavior="None" noneBehaviorEventRef="ToldDef"'),
        }),
        roots:
          `<bpmn:message id="Sent" name="sent">${key}</bpmn:message><bpmn:message id="Told" name="told">${key}</bpmn:message>` +
          '<bpmn:messageEventDefinition id="ToldDef" messageRef="Told"/>',
      }),
    );
    const [model] = processes;
    assert.ok(model !== undefined);
    const none = () => undefined;
    const library = { calendars: shippedCalendars, zone: 'UTC', findDecision: none, findForm: none, findProcess: none };
    const outcome = advance({ model, library }, null, {
      kind: 'startInstance',
      processInstanceKey: 1,
      processDefinitionKey: 1,
      deploymentKey: 1,
      definitionVersion: 1,
      variables: { items: ['a', 'b'] },
      now: 0,
      firstKey: 2,
      by: null,
    });
    assert.ok(outcome.accepted);
    const sent = outcome.effects.flatMap((effect) => (effect.kind === 'publishMessage' ? [effect] : []));
    assert.deepEqual(
      sent.map(({ name }) => name),
      ['sent', 'told', 'sent', 'told'],
    );
    assert.equal(new Set(sent.map(({ messageId }) => messageId)).size, 4);
  });
});

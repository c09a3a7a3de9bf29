import assert from 'node:assert/strict';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { NINE, simulationOf } from '../test/run-model.ts';
import type { ProcessSpec } from '../testing/build-bpmn.ts';
import type { PlaceExplanation, WaitReason } from './explanation.ts';

const HOUR = 3_600_000;
const extended = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`;
const formal = (tag: string, text: string) => `<bpmn:${tag} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${tag}>`;
const after = (text: string) =>
  `<bpmn:timerEventDefinition>${formal('timeDuration', text)}</bpmn:timerEventDefinition>`;
const when = (text: string) =>
  `<bpmn:conditionalEventDefinition>${formal('condition', text)}</bpmn:conditionalEventDefinition>`;
const MESSAGE = '<bpmn:messageEventDefinition messageRef="M"/>';
const SIGNAL = '<bpmn:signalEventDefinition signalRef="S"/>';
const WORK = extended('<zeebe:taskDefinition type="work"/>');
const ROOTS =
  '<bpmn:message id="M" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=number"/></bpmn:extensionElements></bpmn:message>' +
  '<bpmn:signal id="S" name="alarm"/><bpmn:error id="E" errorCode="STOCK"/><bpmn:escalation id="L" escalationCode="LATE"/>';

interface Told {
  readonly simulation: Simulation;
  readonly key: Key;
  /** The only place of an element. */
  at(elementId: string): PlaceExplanation;
}

async function running(spec: Omit<ProcessSpec, 'id' | 'roots'>, variables: VariableMap = {}): Promise<Told> {
  const simulation = await simulationOf({ id: 'p', roots: ROOTS, ...spec });
  const key = simulation.start('p', { number: 'A-7', ...variables });
  return {
    simulation,
    key,
    at(elementId) {
      const places = simulation.explain(key).places.filter((place) => place.elementId === elementId);
      assert.equal(places.length, 1, `one place at ${elementId}`);
      return places[0]!;
    },
  };
}

/** Start → the element → End, with what else stands around it. */
function alone(element: ProcessSpec['elements'][string], more: ProcessSpec['elements'] = {}, flows: string[] = []) {
  return {
    elements: { Start: 'startEvent', It: element, End: 'endEvent', ...more },
    flows: ['Start -> It -> End', ...flows],
  };
}

/** Without keys: what a reader compares. */
function facts(reasons: readonly object[]): readonly object[] {
  return reasons.map((reason) =>
    Object.fromEntries(Object.entries(reason).filter(([name]) => name === 'correlationKey' || !/Keys?$/.test(name))),
  );
}

function kinds(reasons: readonly WaitReason[]): readonly string[] {
  return reasons.map(({ kind }) => kind);
}

describe('why an instance waits', () => {
  it('for a person: who has the task, who may take it, whether it is late', async () => {
    const inner = extended(
      '<zeebe:assignmentDefinition assignee="ann" candidateGroups="clerks, heads"/><zeebe:taskSchedule dueDate="2026-11-03T10:00"/>',
    );
    const { simulation, at } = await running(alone({ type: 'userTask', name: 'Approve', inner }));
    const reason = {
      kind: 'userTask',
      assignee: 'ann',
      candidateUsers: [],
      candidateGroups: ['clerks', 'heads'],
      dueAt: NINE + HOUR,
      overdue: false,
      since: NINE,
    };
    assert.deepEqual(facts(at('It').waitsFor), [reason]);
    assert.equal(at('It').elementName, 'Approve');
    simulation.advanceBy('PT2H');
    assert.deepEqual(facts(at('It').waitsFor), [{ ...reason, overdue: true }]);
    assert.equal(at('It').since, NINE);
  });

  it('for a worker: the type of the job, what the last try failed with, and when the next may come', async () => {
    const { simulation, at } = await running(alone({ type: 'serviceTask', inner: WORK }));
    const { key } = simulation.jobs()[0]!;
    simulation.failJob(key, { retries: 1, message: 'no answer', backOff: 'PT5M' });
    const job = { kind: 'job', type: 'work', retries: 1, errorMessage: 'no answer', availableAt: NINE + 300_000 };
    assert.deepEqual(facts(at('It').waitsFor), [{ ...job, backingOff: true, since: NINE }]);
    simulation.advanceBy('PT5M');
    assert.deepEqual(facts(at('It').waitsFor), [{ ...job, backingOff: false, since: NINE }]);
  });

  it('for an operator: the incident beside the job that has no retries left', async () => {
    const { simulation, at } = await running(alone({ type: 'serviceTask', inner: WORK }));
    simulation.failJob(simulation.jobs()[0]!.key, { retries: 0, message: 'broken' });
    const [incident] = at('It').waitsFor;
    assert.deepEqual(facts([incident!]), [
      { kind: 'incident', type: 'JOB_NO_RETRIES', elementId: 'It', message: 'broken', stopsElement: true, since: NINE },
    ]);
    assert.deepEqual(kinds(at('It').waitsFor), ['incident', 'job']);
  });

  it('for a timer, a message, a signal, a condition', async () => {
    const event = (inner: string) => running(alone({ type: 'intermediateCatchEvent', name: 'Wait', inner }), { n: 1 });
    const own = { eventId: 'It', eventName: 'Wait' };
    const wait = async (inner: string) => {
      const place = (await event(inner)).at('It');
      assert.equal(place.needs, 'any');
      return facts(place.waitsFor);
    };
    assert.deepEqual(await wait(after('PT3H')), [
      { kind: 'timer', ...own, dueAt: NINE + 3 * HOUR, overdue: false, repeats: false },
    ]);
    assert.deepEqual(await wait(MESSAGE), [
      { kind: 'message', ...own, since: NINE, messageName: 'paid', correlationKey: 'A-7' },
    ]);
    assert.deepEqual(await wait(SIGNAL), [{ kind: 'signal', ...own, since: NINE, signalName: 'alarm' }]);
    assert.deepEqual(await wait(when('=n &gt; 1')), [
      { kind: 'condition', ...own, since: NINE, condition: 'n > 1', holds: false },
    ]);
  });

  it('for all the events of a parallel multiple one that have not happened yet', async () => {
    const inner = MESSAGE + SIGNAL;
    const { simulation, at } = await running(
      alone({ type: 'intermediateCatchEvent', attributes: 'parallelMultiple="true"', inner }),
    );
    assert.deepEqual([at('It').needs, kinds(at('It').waitsFor)], ['all', ['message', 'signal']]);
    simulation.broadcastSignal('alarm');
    assert.deepEqual(kinds(at('It').waitsFor), ['message']);
  });

  it('for the first of the events behind a gateway', async () => {
    const { at } = await running({
      elements: {
        Start: 'startEvent',
        Which: 'eventBasedGateway',
        Paid: { type: 'intermediateCatchEvent', name: 'Money came', inner: MESSAGE },
        Late: { type: 'intermediateCatchEvent', inner: after('PT1H') },
        A: 'endEvent',
        B: 'endEvent',
      },
      flows: ['Start -> Which', 'Which -> Paid -> A', 'Which -> Late -> B'],
    });
    const { needs, waitsFor } = at('Which');
    const alternatives = waitsFor.map((one) => ('eventId' in one ? [one.kind, one.eventId, one.eventName] : []));
    assert.equal(needs, 'any');
    assert.deepEqual(alternatives, [
      ['timer', 'Late', 'Late'],
      ['message', 'Paid', 'Money came'],
    ]);
  });

  it('for the instance it called, and nothing when that could not start', async () => {
    const call = {
      type: 'callActivity',
      inner: extended('<zeebe:calledElement processId="=called"/>'),
    };
    const { simulation, at, key } = await running(alone(call), { called: 'q' });
    assert.deepEqual(kinds(at('It').waitsFor), ['incident']);
    simulation.setVariables(key, { called: 'p' });
    const [incident] = simulation.state(key).incidents;
    simulation.resolveIncident(incident!.key);
    const reason = at('It').waitsFor.find(({ kind }) => kind === 'calledInstance');
    const [child] = simulation.state(key).children;
    assert.deepEqual(reason, { kind: 'calledInstance', processInstanceKey: child!.key, calledElement: 'called' });
  });

  it('for what lives inside a sub-process', async () => {
    const { at, key } = await running(
      alone({
        type: 'subProcess',
        scope: { elements: { In: 'startEvent', Ask: 'userTask' }, flows: ['In -> Ask'] },
      }),
    );
    const ask = at('Ask').elementInstanceKey;
    assert.deepEqual(at('It').waitsFor, [{ kind: 'inner', elementInstanceKeys: [ask], tokenKeys: [] }]);
    assert.deepEqual([at('Ask').scopeKey, at('It').scopeKey], [at('It').elementInstanceKey, key]);
    assert.deepEqual(kinds(at('p').waitsFor), ['inner']);
  });

  it('for what a compensation event undoes, one after another', async () => {
    const { at } = await running({
      elements: {
        Start: 'startEvent',
        Book: 'task',
        Undone: {
          type: 'boundaryEvent',
          attributes: 'attachedToRef="Book"',
          inner: '<bpmn:compensateEventDefinition/>',
        },
        Cancel: { type: 'userTask', attributes: 'isForCompensation="true"' },
        Undo: { type: 'intermediateThrowEvent', inner: '<bpmn:compensateEventDefinition/>' },
        Line: { type: 'association', attributes: 'sourceRef="Undone" targetRef="Cancel"' },
        End: 'endEvent',
      },
      flows: ['Start -> Book -> Undo -> End'],
    });
    assert.deepEqual(at('Undo').waitsFor, [{ kind: 'compensation', activityId: null, currentId: 'Cancel' }]);
  });

  it('for the iterations of a loop that have not finished', async () => {
    const loop =
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2,3]" inputElement="n"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>';
    const { simulation, key } = await running(alone({ type: 'serviceTask', inner: WORK + loop }));
    simulation.completeJob(simulation.jobs()[1]!.key);
    const [body, ...iterations] = simulation.explain(key).places.filter(({ elementId }) => elementId === 'It');
    const running_ = iterations.map(({ elementInstanceKey }) => elementInstanceKey);
    assert.deepEqual(body?.waitsFor, [{ kind: 'iterations', total: 3, completed: 1, running: running_ }]);
    assert.deepEqual(
      iterations.map(({ iteration, waitsFor }) => [iteration, kinds(waitsFor)]),
      [
        [{ index: 0, total: 3 }, ['job']],
        [{ index: 2, total: 3 }, ['job']],
      ],
    );
  });

  it('for somebody to choose activities of an ad-hoc sub-process, and for its condition', async () => {
    const { simulation, at, key } = await running(
      alone({
        type: 'adHocSubProcess',
        inner: `${extended('<zeebe:adHoc/>')}${formal('completionCondition', '=enough')}`,
        scope: { elements: { Call: 'userTask', Write: 'userTask' }, flows: [] },
      }),
      { enough: false },
    );
    const adHoc = { kind: 'adHoc', couldStart: ['Call', 'Write'], next: [], completionCondition: 'enough' };
    assert.deepEqual(at('It').waitsFor, [{ ...adHoc, running: [] }]);
    simulation.activateAdHocElements(at('It').elementInstanceKey!, [{ elementId: 'Call', variables: { to: 'ann' } }]);
    const [task] = simulation.userTasks();
    assert.deepEqual([task?.elementId, task?.variables['to']], ['Call', 'ann']);
    const [outer] = simulation.explain(key).places.filter(({ elementType }) => elementType === 'adHocSubProcess');
    assert.deepEqual(kinds(outer?.waitsFor ?? []), ['adHoc']);
    simulation.completeUserTask(task!.key, { enough: true });
    assert.deepEqual(simulation.state(key).completed, ['Start', 'Call', 'It', 'End']);
  });
});

describe('what could still happen to an instance', () => {
  it('events on the border: timers and messages that are open, errors and escalations that are caught', async () => {
    const { simulation, at } = await running(
      alone(
        { type: 'serviceTask', inner: WORK },
        {
          Late: {
            type: 'boundaryEvent',
            attributes: 'attachedToRef="It" cancelActivity="false"',
            inner: after('PT1H'),
          },
          Paid: { type: 'boundaryEvent', attributes: 'attachedToRef="It"', inner: MESSAGE },
          Empty: {
            type: 'boundaryEvent',
            name: 'Out of stock',
            attributes: 'attachedToRef="It"',
            inner: '<bpmn:errorEventDefinition errorRef="E"/>',
          },
          A: 'endEvent',
          B: 'endEvent',
          C: 'endEvent',
        },
        ['Late -> A', 'Paid -> B', 'Empty -> C'],
      ),
    );
    const events = () =>
      at('It').couldHappen.map(({ place, eventName, interrupting, trigger }) => [
        place,
        eventName,
        interrupting,
        trigger.kind,
        'code' in trigger ? trigger.code : null,
      ]);
    const rest = [
      ['boundary', 'Paid', true, 'message', null],
      ['boundary', 'Out of stock', true, 'error', 'STOCK'],
    ];
    assert.deepEqual(kinds(at('It').waitsFor), ['job']);
    assert.deepEqual(events(), [['boundary', 'Late', false, 'timer', null], ...rest]);
    simulation.advanceBy('PT1H');
    assert.deepEqual(events(), rest, 'the timer has fired');
  });

  it('event sub-processes of a scope, until one has interrupted it', async () => {
    const handler = (start: string, attributes = '') => ({
      type: 'subProcess',
      attributes: 'triggeredByEvent="true"',
      scope: {
        elements: {
          [`${start}On`]: { type: 'startEvent', attributes, inner: start === 'Stop' ? MESSAGE : SIGNAL },
          [`${start}Ask`]: 'userTask',
        },
        flows: [`${start}On -> ${start}Ask`],
      },
    });
    const { simulation, at } = await running(
      alone('userTask', { Stop: handler('Stop'), Ring: handler('Ring', 'isInterrupting="false"') }),
    );
    assert.deepEqual(
      at('p').couldHappen.map(({ place, eventId, interrupting, trigger }) => [
        place,
        eventId,
        interrupting,
        trigger.kind,
      ]),
      [
        ['eventSubProcess', 'StopOn', true, 'message'],
        ['eventSubProcess', 'RingOn', false, 'signal'],
      ],
    );
    simulation.publishMessage('paid', 'A-7');
    assert.deepEqual([at('p').couldHappen, kinds(at('Stop').waitsFor)], [[], ['inner']]);
  });

  it('an event whose condition cannot be read stands still alone', async () => {
    const { simulation, key, at } = await running(
      alone(
        'userTask',
        {
          Odd: {
            type: 'boundaryEvent',
            attributes: 'attachedToRef="It"',
            inner: when('=count(for i in 1..n return i) &gt; 5'),
          },
          A: 'endEvent',
        },
        ['Odd -> A'],
      ),
      { n: 1 },
    );
    simulation.setVariables(key, { n: 9_000_000 });
    const [incident, task] = at('It').waitsFor;
    assert.ok(incident?.kind === 'incident' && task?.kind === 'userTask');
    assert.deepEqual([incident.type, incident.elementId, incident.stopsElement], ['CONDITION_ERROR', 'Odd', false]);
  });

  it('nothing of an instance that has ended', async () => {
    const { simulation, key } = await running(alone('userTask'));
    simulation.cancel(key);
    assert.deepEqual(simulation.explain(key), {
      processInstanceKey: key,
      processId: 'p',
      state: 'terminated',
      places: [],
    });
  });
});

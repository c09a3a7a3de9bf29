import assert from 'node:assert/strict';
import type { Simulation } from '../simulation/simulation.ts';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import { NINE, simulationOf } from '../test/run-model.ts';
import type { ProcessSpec } from '../testing/build-bpmn.ts';
import type { JoinReason, PlaceExplanation } from './explanation.ts';

const HOUR = 3_600_000;

interface Told {
  readonly simulation: Simulation;
  readonly key: Key;
  /** The place at which tokens wait. */
  at(elementId: string): PlaceExplanation;
  complete(elementId: string): void;
}

async function running(spec: Omit<ProcessSpec, 'id'>, variables: VariableMap = {}): Promise<Told> {
  const simulation = await simulationOf({ id: 'p', ...spec });
  const key = simulation.start('p', variables);
  return {
    simulation,
    key,
    at(elementId) {
      const places = simulation.explain(key).places.filter((place) => place.elementId === elementId);
      assert.equal(places.length, 1, `one place at ${elementId}`);
      return places[0]!;
    },
    complete: (elementId) => simulation.completeUserTask(simulation.userTasks({ elementId })[0]!.key),
  };
}

function joinOf({ waitsFor }: PlaceExplanation): JoinReason {
  const [reason] = waitsFor;
  assert.ok(reason?.kind === 'join' && waitsFor.length === 1);
  return reason;
}

/** «flow: the elements a token could still come from». */
function closedBy(place: PlaceExplanation): readonly string[] {
  return joinOf(place).closedBy.map(
    ({ flowId, comesFrom }) => `${flowId}: ${comesFrom.map(({ elementId }) => elementId).join(', ')}`,
  );
}

/** A, B and C between a split and a join of one kind. */
function between(split: string, join: string, conditions: readonly string[] = ['', '', '']) {
  return {
    elements: {
      Start: 'startEvent',
      Split: split,
      A: 'userTask',
      B: 'userTask',
      C: 'userTask',
      Join: join,
      End: 'endEvent',
    },
    flows: [
      'Start -> Split',
      ...['A', 'B', 'C'].flatMap((id, index) => [`Split -> ${id} ${conditions[index]}`, `${id} -> Join`]),
      'Join -> End',
    ],
  };
}

describe('what keeps a join closed', () => {
  it('a parallel join: the flows without a token, and who could still come by them', async () => {
    const { simulation, at, complete } = await running(between('parallelGateway', 'parallelGateway'));
    complete('B');
    simulation.advanceBy('PT1H');
    complete('A');
    const place = at('Join');
    assert.deepEqual(
      [place.elementInstanceKey, place.elementType, place.since],
      [null, 'parallelGateway', NINE],
      'since the oldest of its tokens',
    );
    const { opensBy, tokens } = joinOf(place);
    assert.equal(opensBy, 'everyFlow');
    assert.deepEqual(
      tokens.map(({ flowId, arrivedAt }) => [flowId, arrivedAt]),
      [
        ['B_Join', NINE],
        ['A_Join', NINE + HOUR],
      ],
    );
    assert.deepEqual(closedBy(place), ['C_Join: C']);
    const [source] = joinOf(place).closedBy[0]!.comesFrom;
    assert.equal(source?.elementInstanceKey, at('C').elementInstanceKey);
  });

  it('a parallel join by whose flow nobody can come any more: the flow, and nobody', async () => {
    const { at, complete } = await running(
      between('exclusiveGateway', 'parallelGateway', ['[=false]', '[=true]', 'default']),
    );
    complete('B');
    assert.deepEqual(closedBy(at('Join')), ['A_Join: ', 'C_Join: ']);
    const incident = at('p').waitsFor.find(({ kind }) => kind === 'incident');
    assert.ok(incident?.kind === 'incident' && incident.type === 'DEADLOCK' && incident.elementId === 'Join');
  });

  it('an inclusive join: only flows by which somebody can still come, not those that were never taken', async () => {
    const { at, complete } = await running(
      between('inclusiveGateway', 'inclusiveGateway', ['[=true]', '[=true]', '[=false]']),
    );
    complete('A');
    assert.equal(joinOf(at('Join')).opensBy, 'nothingElse');
    assert.deepEqual(closedBy(at('Join')), ['B_Join: B']);
  });

  it('a token that waits at another join can be what it waits for', async () => {
    const { at, complete } = await running({
      elements: {
        Start: 'startEvent',
        Split: 'parallelGateway',
        A: 'userTask',
        B: 'userTask',
        C: 'userTask',
        Inner: 'parallelGateway',
        Join: 'inclusiveGateway',
        End: 'endEvent',
      },
      flows: [
        'Start -> Split',
        'Split -> A -> Join',
        'Split -> B -> Inner',
        'Split -> C -> Inner',
        'Inner -> Join',
        'Join -> End',
      ],
    });
    complete('A');
    complete('B');
    assert.deepEqual(closedBy(at('Inner')), ['C_Inner: C']);
    assert.deepEqual(closedBy(at('Join')), ['Inner_Join: C, Inner']);
    const inner = joinOf(at('Join')).closedBy[0]!.comesFrom.find(({ elementId }) => elementId === 'Inner');
    assert.equal(inner?.tokenKey, joinOf(at('Inner')).tokens[0]?.tokenKey);
  });

  it('a boundary event is a way to the join, too', async () => {
    const spec = between('parallelGateway', 'parallelGateway');
    const { at, complete } = await running({
      elements: {
        ...spec.elements,
        Late: {
          type: 'boundaryEvent',
          attributes: 'attachedToRef="C"',
          inner:
            '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>',
        },
        Other: 'userTask',
      },
      flows: [...spec.flows.filter((flow) => flow !== 'C -> Join'), 'C -> Other -> End', 'Late -> Join'],
    });
    complete('A');
    assert.deepEqual(closedBy(at('Join')), ['B_Join: B', 'Late_Join: C']);
  });

  it('a complex gateway: its condition, then whoever belongs to what it has started with', async () => {
    const inner =
      '<bpmn:activationCondition xsi:type="bpmn:tFormalExpression">=activationCount &gt;= 2</bpmn:activationCondition>';
    const { elements, flows } = between('parallelGateway', 'complexGateway');
    const { at, complete } = await running({
      elements: { ...elements, Join: { type: 'complexGateway', inner } },
      flows,
    });
    complete('A');
    const waiting = joinOf(at('Join'));
    assert.deepEqual([waiting.opensBy, waiting.condition], ['condition', 'activationCount >= 2']);
    assert.deepEqual(closedBy(at('Join')), ['B_Join: B', 'C_Join: C']);
    complete('B');
    const place = at('Join');
    assert.equal(joinOf(place).opensBy, 'nothingElse');
    assert.deepEqual(closedBy(place), ['C_Join: C']);
    assert.notEqual(place.elementInstanceKey, null, 'it lives until its reset');
  });

  it('an activity that needs several tokens: how many, and who could bring them', async () => {
    const { at, complete } = await running({
      elements: {
        Start: 'startEvent',
        Split: 'parallelGateway',
        A: 'userTask',
        B: 'userTask',
        Pack: { type: 'userTask', attributes: 'startQuantity="2"' },
        End: 'endEvent',
      },
      flows: ['Start -> Split', 'Split -> A -> Pack', 'Split -> B -> Pack', 'Pack -> End'],
    });
    complete('B');
    const [reason] = at('Pack').waitsFor;
    assert.ok(reason?.kind === 'startQuantity');
    assert.deepEqual(
      [reason.needed, reason.tokens.map(({ flowId }) => flowId), reason.comesFrom.map(({ elementId }) => elementId)],
      [2, ['B_Pack'], ['A']],
    );
  });
});

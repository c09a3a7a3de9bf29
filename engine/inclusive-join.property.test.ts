import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyHistory } from './apply-history.ts';
import { readBpmn } from './bpmn/read-bpmn.ts';
import { explainJoins } from './explain/explain-joins.ts';
import type { HistoryRecord } from './history-event.ts';
import type { Instance } from './instance.ts';
import type { Key } from './key.ts';
import type { ProcessModel } from './model/process-model.ts';
import { Simulation } from './simulation/simulation.ts';
import { JoinOracle, type JoinState } from './test/join-oracle.ts';
import { propertyOptions } from './test/property-options.ts';
import { graphs, type Graph } from './test/random-graph.ts';
import { buildBpmn } from './testing/build-bpmn.ts';
import { checkState } from './testing/check-state.ts';
import { shippedCalendars } from './time/test/shipped-calendars.ts';

const START = Date.UTC(2026, 10, 3, 6);
const MODELS = 200;
/** Loops multiply tokens; the oracle walks every path for every token, so a run stops when it has seen enough. */
const ENOUGH = 400;

const schedule = fc.array(
  fc.record({ kind: fc.constantFrom('task', 'task', 'task', 'message'), pick: fc.nat({ max: 60 }) }),
  { minLength: 3, maxLength: 25 },
);
type Act = { readonly kind: string; readonly pick: number };

describe('inclusive joins on random graphs, against the specification word by word', function () {
  this.timeout(600_000);

  it('opens when the rule says so, and at no other moment', async () => {
    const everything = graphs([
      'userTask',
      'userTask',
      'inclusiveGateway',
      'inclusiveGateway',
      'exclusiveGateway',
      'parallelGateway',
      'complexGateway',
      'collector',
      'link',
    ]);
    const seen = { firings: 0, deadlocks: 0, waits: 0 };
    await fc.assert(
      fc.asyncProperty(everything, schedule, fc.nat({ max: 5 }), async (graph, acts, n) => {
        const model = await modelOf(graph);
        const oracle = new JoinOracle(graph);
        const { simulation, key } = started(model, n);
        for (const act of [null, ...acts]) {
          const before = simulation.get(key).history.length;
          if (act !== null) perform(simulation, key, act);
          const { instance, history } = simulation.get(key);
          if (history.length > ENOUGH) return;
          checkState(instance, history);
          if (instance.header.state !== 'active') return;
          seen.waits += checkRest(oracle, model, instance);
          for (const firing of firingsIn(history, act === null ? 0 : before)) {
            seen.firings += 1;
            if (checkFiring(oracle, history, firing) === 'in line') seen.deadlocks += 1;
          }
        }
      }),
      propertyOptions(MODELS),
    );
    // The test has to have met what it is about.
    const runs = propertyOptions(MODELS).numRuns;
    if (runs >= MODELS) assert.ok(seen.firings > runs / 4 && seen.waits > runs / 8, JSON.stringify(seen));
  });

  it('never leaves a token stranded where all joins are inclusive', async () => {
    const inclusive = graphs([
      'userTask',
      'userTask',
      'inclusiveGateway',
      'inclusiveGateway',
      'exclusiveGateway',
      'link',
    ]);
    await fc.assert(
      fc.asyncProperty(inclusive, schedule, fc.nat({ max: 5 }), async (graph, acts, n) => {
        const { simulation, key } = started(await modelOf(graph), n);
        for (const act of acts) {
          perform(simulation, key, act);
          const { instance, history } = simulation.get(key);
          if (history.length > ENOUGH) return;
          for (const { type } of instance.incidents.values()) assert.notEqual(type, 'DEADLOCK');
          if (instance.header.state === 'active' && instance.incidents.size === 0) {
            assert.ok(instance.userTasks.size > 0, 'somebody has something to do');
          }
        }
      }),
      propertyOptions(MODELS),
    );
  });
});

async function modelOf({ process }: Graph): Promise<ProcessModel> {
  const [model] = (await readBpmn(buildBpmn(process))).processes;
  assert.ok(model !== undefined);
  return model;
}

function started(model: ProcessModel, n: number): { readonly simulation: Simulation; readonly key: Key } {
  const simulation = new Simulation({ processes: [model], calendars: shippedCalendars, now: START });
  return { simulation, key: simulation.start('graph', { n }) };
}

function perform(simulation: Simulation, key: Key, { kind, pick }: Act): void {
  const { instance } = simulation.get(key);
  const rows = [...(kind === 'task' ? instance.userTasks : instance.subscriptions).keys()];
  const row = rows[pick % Math.max(1, rows.length)];
  if (row === undefined) return;
  if (kind === 'task') simulation.tell(key, { kind: 'completeUserTask', userTaskKey: row, variables: { n: pick } });
  else simulation.tell(key, { kind: 'correlateMessage', subscriptionKey: row, messageKey: pick, variables: {} });
}

/** At rest no join is open, each waits in the end for something that lives, and `explainJoins` names the same tokens. */
function checkRest(oracle: JoinOracle, model: ProcessModel, instance: Instance): number {
  const stuck = oracle.stuck(instance);
  const explained = new Map(explainJoins(model, instance).map((one) => [one.elementId, one] as const));
  const joins = oracle.joins(instance);
  for (const join of joins) {
    const { awaits = [] } = explained.get(join.nodeId) ?? {};
    if (join.byRule) {
      assert.ok(join.awaited.length > 0, `${join.nodeId} is open by the rule, but it waits`);
      assert.ok(!stuck.has(join.nodeId), `${join.nodeId} waits for nothing that lives`);
    }
    // An activation condition waits for whatever lives; what is explained is which tokens can come.
    if (join.byRule || explained.get(join.nodeId)?.opensBy === 'count') {
      assert.deepEqual(
        awaits.map(({ elementInstanceKey, tokenKey }) => elementInstanceKey ?? tokenKey).sort(),
        join.awaited.map(({ key }) => key).sort(),
        `what ${join.nodeId} waits for`,
      );
    }
  }
  return joins.filter(({ byRule }) => byRule).length;
}

/** The place in the history at which an inclusive join takes its tokens, with their keys. */
interface FiringAt {
  readonly index: number;
  readonly nodeId: string;
  readonly tokens: readonly { readonly key: Key; readonly flowId: string }[];
}

function* firingsIn(history: readonly HistoryRecord[], from: number): Generator<FiringAt> {
  for (let end = from; end < history.length; end += 1) {
    const event = history[end]?.event;
    const opened = event?.kind === 'elementActivated' && event.element.elementType === 'inclusiveGateway';
    const nodeId = opened ? event.element.elementId : '';
    const tokens: FiringAt['tokens'][number][] = [];
    let index = end;
    for (let before = history[index - 1]?.event; opened && before?.kind === 'tokenConsumed';) {
      if (before.token.elementId !== nodeId) break;
      tokens.push(before.token);
      index -= 1;
      before = history[index - 1]?.event;
    }
    if (tokens.length > 0) yield { index, nodeId, tokens };
  }
}

/** In the state before a firing the join is open; or no join is, and it is the first in line of those that wait for each other. */
function checkFiring(
  oracle: JoinOracle,
  history: readonly HistoryRecord[],
  { index, nodeId, tokens }: FiringAt,
): 'open' | 'in line' {
  const before = applyHistory(history.slice(0, index));
  const joins = oracle.joins(before);
  const join = joins.find((one) => one.nodeId === nodeId);
  assert.ok(join !== undefined);
  assert.deepEqual(tokens.map(({ flowId }) => flowId).sort(), [...join.filled].sort(), 'one token per filled flow');
  for (const { key, flowId } of tokens) {
    const same = [...before.tokens.values()].filter((one) => one.elementId === nodeId && one.flowId === flowId);
    assert.equal(key, Math.min(...same.map((one) => one.key)), 'the oldest token of its flow');
  }
  if (join.awaited.length === 0) return 'open';
  assert.ok(
    joins.every((one) => !one.byRule || one.awaited.length > 0),
    `${nodeId} opens out of turn: another join is open`,
  );
  const stuck = oracle.stuck(before);
  assert.ok(stuck.has(nodeId), `${nodeId} opens although something that lives can come`);
  const inLine = joins.filter((one) => one.byRule && stuck.has(one.nodeId) && isFirst(one, joins));
  assert.equal(nodeId, inLine.sort((a, b) => a.age - b.age)[0]?.nodeId, 'the longest waiting goes first');
  return 'in line';
}

function isFirst(join: JoinState, joins: readonly JoinState[]): boolean {
  return [...behind(join, joins)].every((other) => !other.byRule || behind(other, joins).has(join));
}

/** The joins whose tokens it waits for, at whatever remove. */
function behind(join: JoinState, joins: readonly JoinState[]): ReadonlySet<JoinState> {
  const found = new Set<JoinState>();
  const follow = ({ awaited }: JoinState): void => {
    for (const other of joins) {
      if (found.has(other) || !awaited.some((one) => !one.living && one.nodeId === other.nodeId)) continue;
      found.add(other);
      follow(other);
    }
  };
  follow(join);
  return found;
}

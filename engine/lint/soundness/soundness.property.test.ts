import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readBpmn } from '../../bpmn/read-bpmn.ts';
import { InvalidBpmn } from '../../bpmn/invalid-bpmn.ts';
import type { ProcessModel } from '../../model/process-model.ts';
import { Simulation } from '../../simulation/simulation.ts';
import { propertyOptions } from '../../test/property-options.ts';
import { blocks, type Block } from '../../test/random/block.ts';
import { drawScope } from '../../test/random/draw-block.ts';
import { CHILD, ROOTS } from '../../test/random/random-elements.ts';
import { buildBpmn, type ElementSpec } from '../../testing/build-bpmn.ts';
import { shippedCalendars } from '../../time/test/shipped-calendars.ts';
import { lintProcess } from '../lint-process.ts';

const START = Date.UTC(2026, 10, 3, 6);

/** Nodes in a row with arrows forward, and back to tasks alone, so that no circle runs by itself. */
const graphs = fc.record({
  types: fc.array(fc.constantFrom('userTask', 'exclusiveGateway', 'parallelGateway', 'userTask'), {
    minLength: 3,
    maxLength: 8,
  }),
  arrows: fc.array(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 8 })), { minLength: 3, maxLength: 14 }),
});
type Graph = Readonly<{ types: readonly string[]; arrows: readonly (readonly [number, number])[] }>;

function xmlOf({ types, arrows }: Graph): string {
  const elements: Record<string, ElementSpec | string> = { Start: 'startEvent', End: 'endEvent' };
  types.forEach((type, index) => (elements[`N${index}`] = type));
  const last = types.length;
  const ends = new Map<string, Set<string>>();
  const draw = (from: string, to: string) => ends.set(from, (ends.get(from) ?? new Set()).add(to));
  draw('Start', 'N0');
  for (let index = 0; index < last; index += 1) draw(`N${index}`, index + 1 < last ? `N${index + 1}` : 'End');
  for (const [a, b] of arrows) {
    const [from, to] = [a % last, b % (last + 1)];
    if (to === last) draw(`N${from}`, 'End');
    else if (to > from || types[to] === 'userTask') draw(`N${from}`, `N${to}`);
  }
  const flows = [...ends].flatMap(([from, targets]) =>
    [...targets].map((to, index) => {
      const chooses = elements[from] === 'exclusiveGateway' && targets.size > 1;
      const mark = !chooses ? '' : index === 0 ? ' default' : ` [=modulo(pick, ${targets.size}) = ${index}]`;
      return `${from} -> ${to}${mark}`;
    }),
  );
  return buildBpmn({ id: 'random', elements, flows });
}

/** An open end starves the join behind it, and a complex join lets the branches pass one by one: lint is right to say so. */
function joinsWhatItSplits(block: Block): boolean {
  if (block.kind === 'complex') return false;
  if (block.kind === 'leaf') return !['terminate', 'errorEnd', 'escalationEnd', 'compensationEnd'].includes(block.leaf);
  return ('blocks' in block ? block.blocks : [block.inner]).every(joinsWhatItSplits);
}

/** Completes tasks in a random order and says what went wrong on the way. */
function play(model: ProcessModel, picks: readonly number[]): { readonly deadlock: boolean; readonly twice: boolean } {
  const simulation = new Simulation({ processes: [model], calendars: shippedCalendars, now: START });
  const key = simulation.start('random', { pick: picks[0] ?? 0 });
  let twice = false;
  for (const pick of picks) {
    const { instance } = simulation.get(key);
    const tasks = [...instance.userTasks.values()];
    twice ||= new Set(tasks.map(({ elementId }) => elementId)).size < tasks.length;
    const task = tasks[pick % Math.max(1, tasks.length)];
    if (task === undefined) break;
    simulation.tell(key, { kind: 'completeUserTask', userTaskKey: task.key, variables: { pick } });
  }
  const incidents = [...simulation.get(key).instance.incidents.values()];
  return { deadlock: incidents.some(({ type }) => type === 'DEADLOCK'), twice };
}

describe('lint: soundness against the interpreter', function () {
  this.timeout(600_000);

  it('finds nothing in block-structured processes', async () => {
    await fc.assert(
      fc.asyncProperty(blocks.filter(joinsWhatItSplits), async (block) => {
        const { processes } = await readBpmn(buildBpmn({ id: 'random', roots: ROOTS, ...drawScope(block) }, CHILD));
        const found = lintProcess(processes[0]!).filter(({ code }) => /deadlock|livelock|no-way|synchron/.test(code));
        assert.deepEqual(found, []);
      }),
      propertyOptions(100),
    );
  });

  it('foresees every deadlock and every doubled task that a random walk meets', async () => {
    const met = { deadlock: 0, twice: 0, sound: 0 };
    await fc.assert(
      fc.asyncProperty(graphs, fc.array(fc.nat({ max: 30 }), { minLength: 5, maxLength: 30 }), async (graph, picks) => {
        const model = await modelOf(xmlOf(graph));
        if (model === null) return;
        const codes = new Set(lintProcess(model).map(({ code }) => code));
        const { deadlock, twice } = play(model, picks);
        const undecided = codes.has('soundness-not-decided');
        if (deadlock) assert.ok(codes.has('deadlock') || undecided, `no deadlock foreseen: ${[...codes].join()}`);
        if (twice)
          assert.ok(
            codes.has('lack-of-synchronization') || undecided,
            `nothing doubled foreseen: ${[...codes].join()}`,
          );
        met.deadlock += Number(deadlock);
        met.twice += Number(twice);
        met.sound += Number(![...codes].some((code) => /deadlock|synchron|decided/.test(code)));
      }),
      propertyOptions(400),
    );
    // The walk must meet each kind, or the test says nothing. Of 300 models some nine come to a deadlock.
    assert.ok(
      Object.values(met).every((count) => count > 1),
      JSON.stringify(met),
    );
  });
});

async function modelOf(xml: string): Promise<ProcessModel | null> {
  try {
    return (await readBpmn(xml)).processes[0]!;
  } catch (error) {
    if (error instanceof InvalidBpmn) return null;
    throw error;
  }
}

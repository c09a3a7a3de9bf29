import fc from 'fast-check';
import { readBpmn } from '../../bpmn/read-bpmn.ts';
import { instanceRows } from '../../instance-rows.ts';
import type { ProcessModel } from '../../model/process-model.ts';
import { buildBpmn } from '../../testing/build-bpmn.ts';
import { acts, perform, type Act } from './act.ts';
import { blocks, type Block } from './block.ts';
import { checkChanges } from './check-changes.ts';
import { drawScope } from './draw-block.ts';
import { auditedSimulation, finish, playAudited, playPlain, transcript } from './play.ts';
import { CHILD, ROOTS } from './random-elements.ts';

const SCHEDULES = 5;

export interface RandomRun {
  readonly models: number;
  readonly seed: number;
}

/**
 * Random models, each with five random schedules. After every command: history replayed gives the state, indexes are true,
 * every live element waits for something, tokens balance (`TokenLedger`), a rejected command changes nothing; at the end the
 * same input has given the same bytes, and a process in which everybody does what is asked comes to its end.
 * Throws with the smallest model and schedule that break a promise, and the seed.
 */
export async function runRandomModels({ models, seed }: RandomRun): Promise<void> {
  const input = fc.tuple(blocks, fc.array(acts, { minLength: SCHEDULES, maxLength: SCHEDULES }), fc.nat({ max: 2 }));
  await fc.assert(
    fc.asyncProperty(input, async ([block, schedules, choice]) => {
      const processes = await modelsOf(block);
      for (const schedule of schedules) keepsItsPromises(processes, schedule, choice);
      comesToAnEnd(processes, schedules[0] ?? [], choice);
    }),
    { numRuns: models, seed, verbose: fc.VerbosityLevel.None },
  );
}

async function modelsOf(block: Block): Promise<readonly ProcessModel[]> {
  const { processes } = await readBpmn(buildBpmn({ id: 'random', roots: ROOTS, ...drawScope(block) }, CHILD));
  return processes;
}

function keepsItsPromises(processes: readonly ProcessModel[], schedule: readonly Act[], choice: number): void {
  const simulation = playAudited(processes, schedule, choice);
  if (playPlain(processes, schedule, choice) !== transcript(simulation)) {
    throw new Error('Expected the same commands to give the same bytes');
  }
  for (const { instance } of simulation.instances.values()) {
    const model = processes.find(({ processId }) => processId === instance.header.processId);
    if (model !== undefined) checkChanges(model, instance);
  }
}

/**
 * Every block has a way out. Only an error that nobody catches may keep a process for ever, and a join behind a choice of
 * which one way ends before it: both are incidents, never silence (`ReplayedInstance` sees to that at every step).
 */
function comesToAnEnd(processes: readonly ProcessModel[], schedule: readonly Act[], choice: number): void {
  const simulation = auditedSimulation(processes);
  simulation.start('random', { choice });
  for (const act of schedule) if (act.kind !== 'cancel') perform(simulation, act);
  finish(simulation);
  for (const { instance } of simulation.instances.values()) {
    const rows = instanceRows(instance);
    const excused = rows.incidents.some(({ type }) => type === 'UNHANDLED_ERROR_EVENT' || type === 'DEADLOCK');
    if (instance.header.state !== 'active' || (excused && hasOpenEnd(processes))) continue;
    throw new Error(`Expected the process to come to its end, but it stands at ${JSON.stringify(rows)}`);
  }
}

/** Whether a branch may end before the join behind it. */
function hasOpenEnd(processes: readonly ProcessModel[]): boolean {
  const nodes = processes.flatMap((process) => [...process.nodes.values()]);
  return nodes.some(({ type, ...node }) => type === 'endEvent' && 'event' in node && node.event.kind !== 'none');
}

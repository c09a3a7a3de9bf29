import type { EngineCommand } from '../../command.ts';
import type { HistoryRecord } from '../../history-event.ts';
import type { Instance } from '../../instance.ts';
import { instanceRows } from '../../instance-rows.ts';
import type { Key } from '../../key.ts';
import type { ProcessModel } from '../../model/process-model.ts';
import { Simulation } from '../../simulation/simulation.ts';
import { deepFreeze } from '../../testing/deep-freeze.ts';
import { shippedCalendars } from '../../time/test/shipped-calendars.ts';
import { perform, type Act } from './act.ts';
import { TokenLedger } from './check-tokens.ts';
import { ReplayedInstance } from './replayed-instance.ts';

const START = Date.UTC(2026, 10, 3, 6);

/** A simulation in which every step of every instance is audited: replay, indexes, living hosts, tokens. */
export function auditedSimulation(processes: readonly ProcessModel[]): Simulation {
  const simulation = new Simulation({ processes, calendars: shippedCalendars, now: START });
  const audits = new Map<Key, { readonly replay: ReplayedInstance; readonly ledger: TokenLedger }>();
  simulation.observe((records: readonly HistoryRecord[], instance: Instance) => {
    deepFreeze(instance);
    const { processInstanceKey, processId } = instance.header;
    const model = processes.find((process) => process.processId === processId);
    if (model === undefined) throw new Error(`Expected a process ${processId}`);
    const audit = audits.get(processInstanceKey) ?? { replay: new ReplayedInstance(), ledger: new TokenLedger(model) };
    audits.set(processInstanceKey, audit);
    audit.replay.follow(records, instance);
    audit.ledger.book(records);
  });
  return simulation;
}

/** Plays a schedule with every check on; throws at the first promise that is broken. */
export function playAudited(processes: readonly ProcessModel[], acts: readonly Act[], choice: number): Simulation {
  const simulation = auditedSimulation(processes);
  simulation.start('random', { choice });
  for (const act of acts) {
    const before = [...simulation.instances.values()].map(({ instance }) => instance);
    const told = perform(simulation, act);
    if (told !== 'rejected') continue;
    const after = [...simulation.instances.values()].map(({ instance }) => instance);
    if (after.some((instance, index) => instance !== before[index])) {
      throw new Error('Expected a rejected command to change nothing');
    }
  }
  return simulation;
}

/** Plays a schedule without checks, and returns all that happened as text. */
export function playPlain(processes: readonly ProcessModel[], acts: readonly Act[], choice: number): string {
  const simulation = new Simulation({ processes, calendars: shippedCalendars, now: START });
  simulation.start('random', { choice });
  for (const act of acts) perform(simulation, act);
  return transcript(simulation);
}

/** Everything that happened and what is left, as text: equal bytes for equal input. */
export function transcript(simulation: Simulation): string {
  const lines = [...simulation.instances.values()].map(({ instance, history }) =>
    JSON.stringify([history, instanceRows(instance)]),
  );
  return lines.join('\n');
}

/** Enough for a loop in a loop that asks for a number by chance. */
const LAST_ROUND = 300;

/** Does whatever is open until nothing is: mends, completes, delivers what somebody has to wait for, lets time pass. */
export function finish(simulation: Simulation): void {
  for (let round = 0; round < LAST_ROUND; round += 1) {
    const running = [...simulation.instances.values()].filter(({ instance }) => instance.header.state === 'active');
    if (running.length === 0) return;
    for (const { instance } of running) finishOnce(simulation, instance, round);
    simulation.advanceTo(simulation.now + 3_600_000);
  }
}

/**
 * 0 to 7 without a pattern: of numbers that rise, a loop of as many rounds always met the same (seed 594513433), and one with a
 * conditional event inside, which waits for the rise, was kept in step with them (seed 624243510).
 */
function numberOf(round: number): number {
  const mixed = Math.imul(round + 1, 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 29;
}

/** A command that comes too late, because an earlier one ended what it is for, is rejected and does no harm. */
function finishOnce(simulation: Simulation, instance: Instance, round: number): void {
  const tell = (command: EngineCommand) => simulation.tell(instance.header.processInstanceKey, command);
  const variables = { mended: 'work', n: numberOf(round) };
  // A variable further in hides the one outside: each scope gets its own.
  const conditional =
    [...instance.subscriptions.values()].some(({ kind }) => kind === 'condition') ||
    [...instance.elements.values()].some(({ elementType }) => elementType === 'adHocSubProcess');
  if (instance.incidents.size > 0 || conditional) {
    for (const scopeKey of instance.elements.keys()) tell({ kind: 'setVariables', scopeKey, variables, local: true });
  }
  tell({ kind: 'resumeInstance', byParent: false });
  for (const incidentKey of instance.incidents.keys()) tell({ kind: 'resolveIncident', incidentKey });
  for (const userTaskKey of instance.userTasks.keys()) tell({ kind: 'completeUserTask', userTaskKey, variables });
  for (const jobKey of instance.jobs.keys()) tell({ kind: 'completeJob', jobKey, variables });
  for (const { key, elementId, elementType } of instance.elements.values()) {
    // An ad-hoc sub-process whose condition does not hold yet waits for somebody to choose.
    if (elementType !== 'adHocSubProcess' || (instance.children.get(key)?.size ?? 0) > 0) continue;
    const elements = [{ elementId: `${elementId}a0`, variables: {} }];
    tell({ kind: 'activateAdHocElements', adHocInstanceKey: key, elements, cancelRemaining: false });
  }
  for (const { key: subscriptionKey, kind, interrupting } of instance.subscriptions.values()) {
    // A non-interrupting event may happen for ever; nobody has to.
    if (!interrupting) continue;
    if (kind === 'message') tell({ kind: 'correlateMessage', subscriptionKey, messageKey: 1, variables: {} });
    if (kind === 'signal') tell({ kind: 'triggerSignal', subscriptionKey, variables: {} });
  }
}

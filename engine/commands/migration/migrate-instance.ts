import type { CommandOfKind } from '../../command.ts';
import type { ElementInstance, ElementMemory } from '../../instance.ts';
import { emit } from '../../behaviors/emit.ts';
import { living } from '../../behaviors/living.ts';
import { planBoundary, planDefinition, planSubscription, planWait } from '../../behaviors/open-event.ts';
import { noteMove, nodeById, type Run } from '../../behaviors/run.ts';
import { Stuck } from '../../behaviors/stuck.ts';
import { cancelWait } from '../../behaviors/terminate-element.ts';
import { checkElement } from './check-element.ts';
import { readPlan, renamed, targetOf, type MigrationPlan } from './migration-plan.ts';
import { planRecords, planTokens } from './plan-tokens.ts';
import { planWaits, type WaitsPlan } from './plan-waits.ts';

/**
 * Takes a running instance over to another version (`semantics.md`, «Migration at a join / timer»; Camunda 8 «migrate
 * process instance»). Nothing moves: what runs is called by the names of the target from now on. Everything is checked
 * before the first event, so that the same command with its outcome thrown away is a dry run.
 */
export function migrateInstance(run: Run, command: CommandOfKind<'migrateInstance'>): void {
  const plan = readPlan(run, command);
  const elements = [...living(run)];
  for (const element of elements) checkElement(plan, element);
  const tokens = planTokens(plan);
  const records = planRecords(plan);
  const moves = elements.map((element) => ({
    element,
    memory: memoryOf(plan, element),
    waits: planWaits(plan, element),
  }));
  const expected = `a plan that takes ${run.draft.header.processInstanceKey} to ${run.model.processId}`;
  plan.problems.refuse(expected);

  const { processDefinitionKey, deploymentKey, definitionVersion } = command;
  const { processId, versionTag = null } = run.model;
  emit(run, {
    kind: 'instanceMigrated',
    processDefinitionKey,
    deploymentKey,
    processId,
    definitionVersion,
    versionTag,
  });
  for (const { element, memory, waits } of moves) {
    for (const wait of waits.closing) cancelWait(run, wait);
    emit(run, {
      kind: 'elementMigrated',
      elementInstanceKey: element.key,
      fromElementId: element.elementId,
      elementId: targetOf(plan, element.elementId) ?? element.elementId,
      memory,
      events: waits.events,
    });
  }
  for (const token of tokens) emit(run, { kind: 'tokenMigrated', token });
  for (const record of records) emit(run, { kind: 'compensationMigrated', record });
  for (const { element, waits } of moves) open(plan, element, waits);
  plan.problems.refuse(expected);
  // Joins may be closed by other paths now, and open by them.
  for (const { key } of elements) noteMove(run, key);
}

/** Ids that an element remembers; null when it remembers none. */
function memoryOf(plan: MigrationPlan, { elementId, memory }: ElementInstance): ElementMemory | null {
  if (memory === null) return null;
  const rename = (id: string): string => {
    const target = renamed(plan, id);
    if (target !== undefined) return target;
    plan.problems.add(elementId, {
      message: `"${elementId}" remembers "${id}", which is not in the target version`,
      remedy: `Map "${id}" to an element of the target.`,
    });
    return id;
  };
  const { interruptedBy, adHoc, complexGateway } = memory;
  return {
    ...memory,
    ...(interruptedBy === undefined ? {} : { interruptedBy: rename(interruptedBy) }),
    ...(adHoc === undefined ? {} : { adHoc: { ...adHoc, left: adHoc.left.map(rename) } }),
    ...(complexGateway === undefined
      ? {}
      : { complexGateway: { ...complexGateway, takenFlowIds: complexGateway.takenFlowIds.map(rename) } }),
  };
}

/** Opens what the target waits for and the instance did not, and counts mapped timers anew when asked to. */
function open(plan: MigrationPlan, { key }: ElementInstance, { events, opening }: WaitsPlan): void {
  const { run, problems } = plan;
  const host = run.draft.elements.get(key);
  if (host === undefined) return;
  const attempt = (eventId: string, step: () => void): void => {
    try {
      step();
    } catch (reason) {
      if (!(reason instanceof Stuck)) throw reason;
      problems.add(eventId, {
        message: `"${eventId}" cannot open: ${reason.message}`,
        remedy: 'Correct the variables it reads, then migrate.',
      });
    }
  };
  for (const eventId of opening) attempt(eventId, () => openEvent(run, eventId, host));
  if (!plan.recomputeTimers) return;
  for (const wait of run.draft.waits.get(key) ?? []) {
    const timer = run.draft.timers.get(wait.key);
    const mine = timer?.elementId === host.elementId || Object.values(events).includes(timer?.elementId ?? '');
    if (timer === undefined || timer.purpose !== 'event' || !mine) continue;
    attempt(timer.elementId, () => {
      const again = planTimerAgain(run, timer.elementId, host);
      if (again === null) return;
      cancelWait(run, wait);
      again();
    });
  }
}

function openEvent(run: Run, eventId: string, host: ElementInstance): void {
  const node = nodeById(run, eventId);
  const place = { host, scopeKey: host.key, elementId: eventId };
  if (node.type === 'boundaryEvent') planBoundary(run, eventId, host)();
  else if (node.type === 'startEvent') planWait(run, node.event, { ...place, interrupting: node.interrupting })();
  else if (node.type === 'intermediateCatchEvent') planWait(run, node.event, { ...place, interrupting: true })();
  else if (node.type === 'receiveTask') planSubscription(run, node.message, { ...place, interrupting: true })();
}

/** Of an event with several definitions nobody can tell which timer is whose: those keep their due date. */
function planTimerAgain(run: Run, eventId: string, host: ElementInstance): (() => void) | null {
  const node = nodeById(run, eventId);
  if (!('event' in node) || node.event.kind !== 'timer') return null;
  const scopeKey = node.type === 'boundaryEvent' ? (host.scopeKey ?? host.key) : host.key;
  const interrupting = !('interrupting' in node) || node.interrupting;
  return planDefinition(run, node.event, { host, scopeKey, elementId: eventId, interrupting, definitionIndex: 0 });
}

import { InvalidBpmn } from '../bpmn/invalid-bpmn.ts';
import type { EventStart, ProcessModel } from '../model/process-model.ts';
import { planStart, type StartPlan, type StartPlanning } from '../plan-start.ts';
import { nextFire } from '../time/timer-cycle.ts';

/** A way in of a process, with what it waits for. */
export type PlannedStart = StartPlan & { readonly start: EventStart };
type TimerPlan = Extract<PlannedStart, { kind: 'timer' }>;

/** @throws InvalidBpmn naming the event whose expression gives no name or time */
export function planStarts(model: ProcessModel, planning: StartPlanning): readonly PlannedStart[] {
  return (model.scopes.get(model.processId)?.eventStarts ?? []).map((start) => {
    try {
      return { ...planStart(start.event, planning), start };
    } catch (error) {
      const { name = '' } = model.nodes.get(start.elementId) ?? {};
      throw new InvalidBpmn([
        {
          code: 'invalid-start',
          elementId: start.elementId,
          elementName: name,
          line: null,
          message: `"${name || start.elementId}" cannot start the process: ${(error as Error).message}`,
          remedy: 'Correct the expression; a start event sees no variables.',
        },
      ]);
    }
  });
}

/** The next time a cycle starts its process, as its misfire policy says; null when it has ended. */
export function nextStart<T extends TimerPlan>(timer: T, { zone, now }: StartPlanning): T | null {
  if (timer.cycle === null) return null;
  const next = nextFire(timer.cycle, timer.dueAt, { now, zone });
  return next === null ? null : { ...timer, dueAt: next };
}

import { evaluate } from '../expressions/expression.ts';
import type { VariableMap } from '../json.ts';
import type { DeployedProcess } from '../model/library.ts';
import { startScope, type StartPlanning } from '../plan-start.ts';
import { nextStart, type PlannedStart } from './plan-starts.ts';

/** What starts a process, and which version of it. */
export type ProcessStart = PlannedStart & { readonly process: DeployedProcess };
export type TimerStart = Extract<ProcessStart, { kind: 'timer' }>;

/** What starts processes from outside: of each process the starts of its newest version, and of no other. */
export class StartSubscriptions {
  readonly #starts = new Map<string, readonly ProcessStart[]>();

  /** A new version takes the place of the older one at once (`semantics.md`). */
  replace(process: DeployedProcess, plans: readonly PlannedStart[]): void {
    this.#starts.set(
      process.model.processId,
      plans.map((plan) => ({ ...plan, process })),
    );
  }

  /** In the order in which the processes were first deployed. */
  byName(kind: 'message' | 'signal', name: string): readonly ProcessStart[] {
    return this.#all().filter((start) => start.kind === kind && start.name === name);
  }

  /** The starts whose condition holds of these variables; one that gives no value does not hold. */
  thatHold(variables: VariableMap, planning: StartPlanning): readonly ProcessStart[] {
    return this.#all().filter((start) => {
      if (start.kind !== 'conditional') return false;
      const result = evaluate(start.condition, startScope(variables, planning));
      return result.ok && result.value === true;
    });
  }

  /** The timer start that is due first, until then. */
  nextTimer(until: number): TimerStart | null {
    let next: TimerStart | null = null;
    for (const start of this.#all()) {
      if (start.kind === 'timer' && start.dueAt <= until && (next === null || start.dueAt < next.dueAt)) next = start;
    }
    return next;
  }

  /** The timer has fired: a cycle goes on, anything else is over. */
  fired(timer: TimerStart, planning: StartPlanning): void {
    const { processId } = timer.process.model;
    const next = nextStart(timer, planning);
    const starts = this.#starts.get(processId) ?? [];
    this.#starts.set(
      processId,
      starts.flatMap((start) => (start !== timer ? [start] : next === null ? [] : [next])),
    );
  }

  #all(): readonly ProcessStart[] {
    return [...this.#starts.values()].flat();
  }
}

import type { MigrateInstance } from '../../command.ts';
import type { ElementInstance } from '../../instance.ts';
import type { ProcessModel } from '../../model/process-model.ts';
import { outwards } from '../../behaviors/living.ts';
import type { Run } from '../../behaviors/run.ts';
import { ProblemsFound } from '../modification/problems-found.ts';

/** What a migration maps from where to where, and what is wrong with it so far. */
export interface MigrationPlan {
  readonly run: Run;
  readonly from: ProcessModel;
  readonly to: ProcessModel;
  readonly mapped: ReadonlyMap<string, string>;
  readonly targets: ReadonlySet<string>;
  readonly recomputeTimers: boolean;
  readonly problems: ProblemsFound;
}

export function readPlan(run: Run, command: MigrateInstance): MigrationPlan {
  const { migratesFrom: from, model: to } = run;
  if (from === undefined) throw new Error('Expected the model from which the instance migrates');
  const problems = new ProblemsFound();
  const mapped = new Map<string, string>();
  for (const { sourceElementId: source, targetElementId: target } of command.mapping) {
    if (!exists(from, source)) {
      problems.add(source, {
        message: `there is no element "${source}" in the version that runs`,
        remedy: 'Take this mapping away, or correct its source.',
      });
    } else if (!exists(to, target)) {
      problems.add(source, {
        message: `"${source}" is mapped to "${target}", which is not in the target version`,
        remedy: 'Map it to an element of the target.',
      });
    } else if (mapped.has(source)) {
      problems.add(source, { message: `"${source}" is mapped twice`, remedy: 'Map each element once.' });
    } else mapped.set(source, target);
  }
  const targets = new Set(mapped.values());
  return { run, from, to, mapped, targets, recomputeTimers: command.recomputeTimers, problems };
}

function exists({ nodes, flows }: ProcessModel, id: string): boolean {
  return nodes.has(id) || flows.has(id);
}

/** The target of an element that runs; the process itself goes to the process. */
export function targetOf({ from, to, mapped }: MigrationPlan, elementId: string): string | undefined {
  return elementId === from.processId ? to.processId : mapped.get(elementId);
}

/** What an element refers to beside what runs: mapped, else what bears the same id. */
export function renamed({ to, mapped }: MigrationPlan, id: string): string | undefined {
  return mapped.get(id) ?? (exists(to, id) ? id : undefined);
}

/** The scope around an element as the model knows it: a loop body and an inner flow bear the id of what is around them. */
export function scopeIdOf({ run }: MigrationPlan, element: ElementInstance): string {
  for (const { elementId } of outwards(run, element.key)) if (elementId !== element.elementId) return elementId;
  return element.elementId;
}

import type { CommandOfKind } from '../command.ts';
import type { Effect } from '../effect.ts';
import { emit } from '../behaviors/emit.ts';
import { lookAtActivation } from '../behaviors/fire-joins.ts';
import { releaseHeldResults } from '../behaviors/hold-result.ts';
import { living } from '../behaviors/living.ts';
import { Refusal } from '../behaviors/refusal.ts';
import type { Run } from '../behaviors/run.ts';
import { callRuns } from '../behaviors/terminate-element.ts';
import { refuseCalled } from './refuse-called.ts';

/** The whole tree stands still: what the instance has called is suspended with it (`semantics.md`, «Suspended instance»). */
export function suspendInstance(run: Run, command: CommandOfKind<'suspendInstance'>): void {
  const { processInstanceKey, suspendedAt } = run.draft.header;
  refuseCalled(run, command.byParent, 'suspend');
  if (suspendedAt !== null) {
    throw new Refusal('INVALID_STATE', `Expected process instance ${processInstanceKey} to run, but it is suspended`);
  }
  emit(run, { kind: 'instanceSuspended' });
  tellCalled(run, 'suspendCalledInstance');
}

/** Timers that are due, and messages that wait, come by themselves. */
export function resumeInstance(run: Run, command: CommandOfKind<'resumeInstance'>): void {
  const { processInstanceKey, suspendedAt } = run.draft.header;
  refuseCalled(run, command.byParent, 'resume');
  if (suspendedAt === null) {
    throw new Refusal(
      'INVALID_STATE',
      `Expected process instance ${processInstanceKey} to be suspended, but it is running`,
    );
  }
  emit(run, { kind: 'instanceResumed' });
  tellCalled(run, 'resumeCalledInstance');
  for (const { key, kind } of run.draft.subscriptions.values()) {
    if (kind === 'condition') (run.changed.subscriptions ??= new Set()).add(key);
  }
  lookAtActivation(run);
  releaseHeldResults(run);
}

function tellCalled(run: Run, kind: Extract<Effect['kind'], 'suspendCalledInstance' | 'resumeCalledInstance'>): void {
  for (const element of living(run)) {
    if (element.calledInstanceKey === null || !callRuns(run, element)) continue;
    run.effects.push({ kind, processInstanceKey: element.calledInstanceKey });
  }
}

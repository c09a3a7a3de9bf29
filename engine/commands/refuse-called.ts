import { Refusal } from '../behaviors/refusal.ts';
import type { Run } from '../behaviors/run.ts';

/** A called instance ends or stands still with the tree it belongs to: half a tree would answer a caller that does not. */
export function refuseCalled(
  { draft: { header } }: Run,
  byParent: boolean,
  verb: 'cancel' | 'suspend' | 'resume',
): void {
  if (header.parent === null || byParent) return;
  throw new Refusal(
    'INVALID_STATE',
    `Expected to ${verb} a root process instance, but ${header.processInstanceKey} was called by ` +
      `${header.parent.processInstanceKey}; ${verb} ${header.rootProcessInstanceKey} instead`,
  );
}

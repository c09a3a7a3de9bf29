import type { Invariant } from './invariant.ts';
import { calledOnce } from './invariants/called-once.ts';
import { candidatesOfOpenTasks } from './invariants/candidates-of-open-tasks.ts';
import { contentIsThere } from './invariants/content-is-there.ts';
import { databaseIsSound } from './invariants/database-is-sound.ts';
import { definitionIsThere } from './invariants/definition-is-there.ts';
import { elementBelongs } from './invariants/element-belongs.ts';
import { endedMeansEnded } from './invariants/ended-means-ended.ts';
import { historyWithoutGaps } from './invariants/history-without-gaps.ts';
import { instanceWaits } from './invariants/instance-waits.ts';
import { keysReserved } from './invariants/keys-reserved.ts';
import { leasesInTime } from './invariants/leases-in-time.ts';
import { noJobOfEndedInstance } from './invariants/no-job-of-ended-instance.ts';
import { numbersWithoutGaps } from './invariants/numbers-without-gaps.ts';
import { outboxOnce } from './invariants/outbox-once.ts';
import { tokenOnce } from './invariants/token-once.ts';
import { waitHasElement } from './invariants/wait-has-element.ts';

/**
 * What `reglament fsck` checks (reliability.md §2), the database itself first: on broken pages nothing else is worth
 * saying. The total of an act is not among them yet: acts are not rows of their own until the month-end desk is there.
 */
export const invariants: readonly Invariant[] = [
  databaseIsSound,
  instanceWaits,
  elementBelongs,
  waitHasElement,
  noJobOfEndedInstance,
  endedMeansEnded,
  calledOnce,
  historyWithoutGaps,
  tokenOnce,
  outboxOnce,
  leasesInTime,
  keysReserved,
  definitionIsThere,
  candidatesOfOpenTasks,
  numbersWithoutGaps,
  contentIsThere,
];

import type { LintRule } from '../lint-rule.ts';
import { assumedReading } from './assumed-reading.ts';
import { conditionOnDefault } from './condition-on-default.ts';
import { constantComparison } from './constant-comparison.ts';
import { deadlock } from './deadlock.ts';
import { lackOfSynchronization } from './lack-of-synchronization.ts';
import { livelock } from './livelock.ts';
import { noWayToEnd } from './no-way-to-end.ts';
import { soundnessNotDecided } from './soundness-not-decided.ts';
import { uncoveredCondition } from './uncovered-condition.ts';
import { unknownReference } from './unknown-reference.ts';
import { unwrittenVariable } from './unwritten-variable.ts';

/** Every rule that looks at a model that compiles. What the reader refuses has pages beside these: `reader-problems.md`. */
export const lintRules: readonly LintRule[] = [
  noWayToEnd,
  deadlock,
  livelock,
  lackOfSynchronization,
  soundnessNotDecided,
  uncoveredCondition,
  conditionOnDefault,
  constantComparison,
  unwrittenVariable,
  unknownReference,
  assumedReading,
];

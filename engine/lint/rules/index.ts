import type { LintRule } from '../lint-rule.ts';
import type { TableLintRule } from '../tables/table-rule.ts';
import { assumedReading } from './assumed-reading.ts';
import { conditionOnDefault } from './condition-on-default.ts';
import { constantComparison } from './constant-comparison.ts';
import { deadlock } from './deadlock.ts';
import { formBinding } from './form-binding.ts';
import { impossibleCondition } from './impossible-condition.ts';
import { lackOfSynchronization } from './lack-of-synchronization.ts';
import { livelock } from './livelock.ts';
import { missingRules } from './missing-rules.ts';
import { noResult } from './no-result.ts';
import { noWayToEnd } from './no-way-to-end.ts';
import { outputNotAllowed } from './output-not-allowed.ts';
import { overlappingRules } from './overlapping-rules.ts';
import { soundnessNotDecided } from './soundness-not-decided.ts';
import { uncoveredCondition } from './uncovered-condition.ts';
import { unknownReference } from './unknown-reference.ts';
import { unmatchableRule } from './unmatchable-rule.ts';
import { unwrittenVariable } from './unwritten-variable.ts';
import { wrongType } from './wrong-type.ts';

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
  impossibleCondition,
  noResult,
  wrongType,
  unwrittenVariable,
  unknownReference,
  formBinding,
  assumedReading,
];

/** Every rule that looks at a decision table. */
export const tableRules: readonly TableLintRule[] = [unmatchableRule, outputNotAllowed, overlappingRules, missingRules];

import { Type, type Static } from '@sinclair/typebox';
import { Instant, Items } from './common.ts';

export const RetentionRuleView = Type.Object({
  processId: Type.String(),
  /** Whole days after the end of a case. */
  keepDays: Type.Integer(),
  withDocuments: Type.Boolean(),
  setBy: Type.Union([Type.String(), Type.Null()]),
  setAt: Instant,
  /** Ended cases of the process; of them past their time; of those kept for their numbered documents. */
  ended: Type.Integer(),
  due: Type.Integer(),
  held: Type.Integer(),
});
export type RetentionRuleView = Static<typeof RetentionRuleView>;
export const RetentionRules = Items(RetentionRuleView);

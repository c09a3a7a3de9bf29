import { Type, type Static } from '@sinclair/typebox';
import { Instant, KeyText, PageOf } from './common.ts';

const NamedValue = Type.Object({ name: Type.String(), value: Type.Unknown() });

/** One decision of an evaluation: what it looked at, which rules matched, what came out. */
export const DecisionView = Type.Object({
  decisionId: Type.String(),
  name: Type.String(),
  /** Null for a decision of another file, whose version is not the caller's. */
  version: Type.Union([Type.Integer(), Type.Null()]),
  /** Null for what is no table. */
  table: Type.Union([
    Type.Object({
      hitPolicy: Type.String(),
      aggregation: Type.Union([Type.String(), Type.Null()]),
      ruleCount: Type.Integer(),
    }),
    Type.Null(),
  ]),
  inputs: Type.Array(NamedValue),
  matchedRules: Type.Array(
    Type.Object({
      /** From 1, as drawn. */
      index: Type.Integer(),
      annotation: Type.Union([Type.String(), Type.Null()]),
      outputs: Type.Array(NamedValue),
    }),
  ),
  /** Null when it failed. */
  output: Type.Unknown(),
  failure: Type.Union([Type.String(), Type.Null()]),
});
export type DecisionView = Static<typeof DecisionView>;

/** What one step of a case decided. */
export const CaseDecisionView = Type.Object({
  id: KeyText,
  at: Instant,
  /** The step that asked, as drawn; null once its row is gone. */
  elementName: Type.Union([Type.String(), Type.Null()]),
  /** The process, where the case has called others. */
  processName: Type.String(),
  /** Required decisions before those that require them; the last one was asked for. */
  decisions: Type.Array(DecisionView),
  /** Names of groups that the results mention by their id. */
  groupNames: Type.Record(Type.String(), Type.String()),
});
export type CaseDecisionView = Static<typeof CaseDecisionView>;
export const CaseDecisionPage = PageOf(CaseDecisionView);
export type CaseDecisionPage = Static<typeof CaseDecisionPage>;

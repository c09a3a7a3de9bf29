import { Type, type Static } from '@sinclair/typebox';
import { KeyText } from './common.ts';

/** What became of an incoming mail. */
export const IntakeResult = Type.Object({
  outcome: Type.Union([
    Type.Literal('case-created'),
    Type.Literal('joined-case'),
    Type.Literal('duplicate'),
    Type.Literal('ignored'),
  ]),
  /** For `ignored`: `auto-reply` or `bounce`. */
  reason: Type.Union([Type.String(), Type.Null()]),
  caseKey: Type.Union([KeyText, Type.Null()]),
  caseNumber: Type.Union([Type.String(), Type.Null()]),
});
export type IntakeResult = Static<typeof IntakeResult>;

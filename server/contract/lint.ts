import { Type, type Static } from '@sinclair/typebox';
import { Items } from './common.ts';

/** In both languages: what is wrong is often read by two people. */
const LintTexts = Type.Object({ ru: Type.String(), en: Type.String() });

/** One thing to mend in a file that is to be deployed. */
export const LintFindingView = Type.Object({
  /** Name of the file as sent. */
  file: Type.String(),
  /** Its page is `engine/lint/rules/<rule>.md`. */
  rule: Type.String(),
  code: Type.String(),
  /** An error refuses the deployment. */
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  processId: Type.Union([Type.String(), Type.Null()]),
  elementId: Type.Union([Type.String(), Type.Null()]),
  elementName: Type.Union([Type.String(), Type.Null()]),
  line: Type.Union([Type.Integer(), Type.Null()]),
  message: LintTexts,
  remedy: LintTexts,
  /** How the model gets there, element by element. */
  path: Type.Array(Type.Object({ elementId: Type.String(), elementName: Type.String() })),
});
export type LintFindingView = Static<typeof LintFindingView>;

export const LintReport = Items(LintFindingView);
export type LintReport = Static<typeof LintReport>;

import { Type, type Static } from '@sinclair/typebox';
import { Instant, Items, KeyText } from './common.ts';
import { FormId, StepBinding } from './form-drafts.ts';
import { LintFindingView } from './lint.ts';

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** A deployed process, as its latest version says. */
export const ProcessSummary = Type.Object({
  processId: Type.String(),
  name: Type.String(),
  version: Type.Integer(),
  at: Instant,
  byName: OrNull(Type.String()),
  /** Instances that go on, of all versions. */
  running: Type.Integer(),
  /** The latest version starts nothing new. */
  suspendedAt: OrNull(Instant),
});
export type ProcessSummary = Static<typeof ProcessSummary>;
export const ProcessList = Items(ProcessSummary);
export type ProcessList = Static<typeof ProcessList>;

/** Which form a step shows, and what it lets people do with it. */
export const StepFormView = Type.Object(
  {
    formId: FormId,
    bindingType: Type.Union([Type.Literal('latest'), Type.Literal('deployment'), Type.Literal('versionTag')]),
    versionTag: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    binding: StepBinding,
    /** Of a start: who from outside of the house may start the process by it. Absent in a request leaves it as it stands. */
    openTo: Type.Optional(
      Type.Array(Type.Union([Type.Literal('anyone'), Type.Literal('contractors')]), { maxItems: 2 }),
    ),
  },
  { additionalProperties: false },
);
export type StepFormView = Static<typeof StepFormView>;

/** A user task or a start by hand. */
export const ProcessStep = Type.Object({
  elementId: Type.String(),
  elementName: Type.String(),
  type: Type.Union([Type.Literal('userTask'), Type.Literal('startEvent')]),
  form: OrNull(StepFormView),
  /** The form is chosen by an expression: it is shown, and edited elsewhere. */
  formExpression: OrNull(Type.String()),
});
export type ProcessStep = Static<typeof ProcessStep>;

export const ProcessVersion = Type.Object({
  processDefinitionKey: KeyText,
  version: Type.Integer(),
  at: Instant,
  byName: OrNull(Type.String()),
  running: Type.Integer(),
  suspendedAt: OrNull(Instant),
});
export type ProcessVersion = Static<typeof ProcessVersion>;

/** A process as it is opened for editing: its latest version. */
export const ProcessDesign = Type.Object({
  processId: Type.String(),
  name: Type.String(),
  /** To be sent back with a publication: what it was made from. */
  processDefinitionKey: KeyText,
  version: Type.Integer(),
  xml: Type.String(),
  /** Where people from outside reach this server (`--public-url`); null: at the address it was asked by. */
  publicUrl: OrNull(Type.String()),
  steps: Type.Array(ProcessStep),
  /** Newest first; old ones only while instances of theirs go on. */
  versions: Type.Array(ProcessVersion),
});
export type ProcessDesign = Static<typeof ProcessDesign>;

/** Steps whose form becomes another one; null is none. Steps that are not named stay as they are. */
export const EditedSteps = Type.Object(
  {
    processDefinitionKey: KeyText,
    steps: Type.Array(
      Type.Object({ elementId: Type.String(), form: OrNull(StepFormView) }, { additionalProperties: false }),
      { minItems: 1, maxItems: 1_000 },
    ),
  },
  { additionalProperties: false },
);
export type EditedSteps = Static<typeof EditedSteps>;

export const EditedStepsReport = Type.Object({
  /** What lint finds now and did not find before. */
  findings: Type.Array(LintFindingView),
  /** Published anew with the process, because it uses them in the version of its own deployment. */
  along: Type.Array(Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() })),
});
export type EditedStepsReport = Static<typeof EditedStepsReport>;

export const ProcessPublished = Type.Object({
  processDefinitionKey: KeyText,
  version: Type.Integer(),
  /** False: it was the same as what stands. */
  changed: Type.Boolean(),
});
export type ProcessPublished = Static<typeof ProcessPublished>;

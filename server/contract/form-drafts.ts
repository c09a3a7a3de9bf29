import { Type, type Static } from '@sinclair/typebox';
import { Instant, KeyText } from './common.ts';

const Json = Type.Record(Type.String(), Type.Unknown());
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** What `zeebe:formDefinition formId` names. */
export const FormId = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,99}$' });

export const FormSummary = Type.Object({
  formId: Type.String(),
  title: Type.String(),
  fields: Type.Integer(),
  /** Null: never published. */
  published: OrNull(Type.Object({ version: Type.Integer(), at: Instant })),
  /** Null: what is published is all there is. */
  draft: OrNull(Type.Object({ savedAt: Instant, savedBy: Type.String(), savedByName: Type.String() })),
});
export type FormSummary = Static<typeof FormSummary>;

export const FormList = Type.Object({ items: Type.Array(FormSummary) });
export type FormList = Static<typeof FormList>;

/** What a task lets people read, write and must have filled (`reglament:formBinding`); absent lists mean «as the form says». */
export const StepBinding = Type.Object(
  {
    readable: Type.Optional(Type.Array(Type.String())),
    writable: Type.Optional(Type.Array(Type.String())),
    requiredHere: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
);
export type StepBinding = Static<typeof StepBinding>;

/** A user task of the latest version of a process that shows the form. */
export const FormStep = Type.Object({
  processId: Type.String(),
  processName: Type.String(),
  elementId: Type.String(),
  elementName: Type.String(),
  binding: StepBinding,
});
export type FormStep = Static<typeof FormStep>;

/** A form as the designer opens it. */
export const FormDesign = Type.Object({
  formId: Type.String(),
  /** The draft, or what is published where there is none. */
  definition: Json,
  sample: Json,
  /** To be sent back with the next save; 0 where nothing was ever saved. */
  revision: Type.Integer(),
  /** False: the same as the version that is published. */
  changed: Type.Boolean(),
  savedAt: OrNull(Instant),
  savedBy: OrNull(Type.String()),
  savedByName: OrNull(Type.String()),
  published: OrNull(Type.Object({ version: Type.Integer(), at: Instant, definition: Json })),
  steps: Type.Array(FormStep),
});
export type FormDesign = Static<typeof FormDesign>;

export const SaveFormDraft = Type.Object(
  {
    /** The revision this was made from; when another person has saved since, the answer is 409. */
    revision: Type.Integer({ minimum: 0 }),
    definition: Json,
    sample: Type.Optional(Json),
  },
  { additionalProperties: false },
);
export type SaveFormDraft = Static<typeof SaveFormDraft>;

export const FormDraftSaved = Type.Object({ revision: Type.Integer(), savedAt: Instant });
export type FormDraftSaved = Static<typeof FormDraftSaved>;

/** What publishing would change, and what outside of the form counts on what it takes away. */
export const FormImpact = Type.Object({
  changes: Type.Array(
    Type.Object({
      kind: Type.String(),
      field: Type.String(),
      formerly: Type.Optional(Type.String()),
      what: Type.Optional(Type.String()),
      before: Type.Optional(Type.String()),
      after: Type.Optional(Type.String()),
      breaking: Type.Boolean(),
    }),
  ),
  uses: Type.Array(
    Type.Object({
      kind: Type.Union([
        Type.Literal('process'),
        Type.Literal('decision'),
        Type.Literal('form'),
        Type.Literal('template'),
      ]),
      id: Type.String(),
      name: Type.String(),
      elementId: Type.String(),
      elementName: Type.String(),
      variable: Type.String(),
      text: Type.String(),
    }),
  ),
});
export type FormImpact = Static<typeof FormImpact>;

export const PublishForm = Type.Object(
  {
    revision: Type.Integer({ minimum: 0 }),
    note: Type.String({ maxLength: 2_000 }),
    /** That others may lose what they read is known and wanted; without it a breaking change is refused. */
    confirmBreaking: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type PublishForm = Static<typeof PublishForm>;

export const FormPublished = Type.Object({
  version: Type.Integer(),
  formKey: KeyText,
  revision: Type.Integer(),
  /** False: it was the same as what stands. */
  changed: Type.Boolean(),
});
export type FormPublished = Static<typeof FormPublished>;

export const FormVersion = Type.Object({
  version: Type.Integer(),
  formKey: KeyText,
  at: Instant,
  by: OrNull(Type.String()),
  byName: OrNull(Type.String()),
  note: Type.String(),
});
export type FormVersion = Static<typeof FormVersion>;
export const FormVersionList = Type.Object({ items: Type.Array(FormVersion) });
export type FormVersionList = Static<typeof FormVersionList>;

export const PreviewForm = Type.Object({ definition: Json }, { additionalProperties: false });
/** Same-origin ES module; gone after a restart of the server, then ask again. */
export const FormPreview = Type.Object({ validatorUrl: Type.String(), now: Instant, zone: Type.String() });
export type FormPreview = Static<typeof FormPreview>;

export const EvaluateForm = Type.Object(
  {
    definition: Json,
    input: Json,
    stored: Type.Optional(Json),
    binding: Type.Optional(StepBinding),
  },
  { additionalProperties: false },
);
export type EvaluateForm = Static<typeof EvaluateForm>;

export const FormEvaluated = Type.Object({
  /** Empty: the server would take it. */
  errors: Type.Array(
    Type.Object({
      path: Type.String(),
      keyword: Type.String(),
      params: Json,
      message: Type.String(),
    }),
  ),
  /** What would be written to the case. */
  variables: Json,
  ignored: Type.Array(Type.Object({ path: Type.String(), reason: Type.String() })),
});
export type FormEvaluated = Static<typeof FormEvaluated>;

/** What a variable holds, as far as it is known; `any` where nothing is, or where it may be one thing or another. */
export const FormVariableType = Type.Recursive((This) =>
  Type.Object({
    kind: Type.Union(
      (
        [
          'any',
          'string',
          'number',
          'boolean',
          'date',
          'time',
          'date and time',
          'days and time duration',
          'years and months duration',
          'list',
          'context',
        ] as const
      ).map((kind) => Type.Literal(kind)),
    ),
    choices: Type.Optional(Type.Array(Type.String())),
    items: Type.Optional(This),
    members: Type.Optional(Type.Array(Type.Object({ name: Type.String(), type: This }))),
  }),
);
export type FormVariableType = Static<typeof FormVariableType>;

/** A variable of the processes that show a form, which the form may show or read. */
export const FormVariable = Type.Object({
  name: Type.String(),
  type: FormVariableType,
  /** A field that shows it: that of another form, or one of its type. Null: no field can. */
  field: OrNull(
    Type.Object({
      schema: Json,
      /** By part: `label`, `options.<value>`. */
      texts: Type.Record(
        Type.String(),
        Type.Object({ ru: Type.Optional(Type.String()), en: Type.Optional(Type.String()) }),
      ),
    }),
  ),
  /** Where it comes from; `outside` is a message, a caller or the mail. */
  sources: Type.Array(
    Type.Object({
      process: Type.String(),
      kind: Type.Union([Type.Literal('form'), Type.Literal('element'), Type.Literal('outside')]),
      name: Type.String(),
    }),
  ),
});
export type FormVariable = Static<typeof FormVariable>;
export const FormVariables = Type.Object({ items: Type.Array(FormVariable) });
export type FormVariables = Static<typeof FormVariables>;

import { Type, type Static } from '@sinclair/typebox';
import { Instant, Items, PageOf } from './common.ts';

/** Values by field name, as in a form: money in kopecks, dates as ISO text, a reference as the key of its row. */
const RowValues = Type.Record(Type.String(), Type.Unknown());

export const RegisterSummary = Type.Object({
  registerKey: Type.String(),
  title: Type.String(),
  rows: Type.Integer(),
  mayWrite: Type.Boolean(),
});
export type RegisterSummary = Static<typeof RegisterSummary>;

export const RegisterList = Items(RegisterSummary);

export const RegisterDetail = Type.Object({
  registerKey: Type.String(),
  title: Type.String(),
  version: Type.Integer(),
  mayWrite: Type.Boolean(),
  /** The definition as deployed: `readRegister` of the engine reads it. */
  definition: Type.Unknown(),
  /** ES module that checks the values of a row. */
  validatorUrl: Type.String(),
  now: Instant,
  zone: Type.String(),
});
export type RegisterDetail = Static<typeof RegisterDetail>;

export const RegisterRow = Type.Object({
  rowKey: Type.String(),
  version: Type.Integer(),
  label: Type.String(),
  values: RowValues,
  /** What references in `values` are called, by field. */
  labels: Type.Record(Type.String(), Type.String()),
  updatedAt: Instant,
  /** Display name; null is a process or the system. */
  updatedBy: Type.Union([Type.String(), Type.Null()]),
});
export type RegisterRow = Static<typeof RegisterRow>;

export const RegisterRowQuery = Type.Object(
  {
    search: Type.Optional(Type.String({ maxLength: 200 })),
    /** An indexed field; by default the key. */
    sort: Type.Optional(Type.String({ maxLength: 64 })),
    order: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
    /** JSON object: indexed field → value that it must have; an empty text is «empty». */
    where: Type.Optional(Type.String({ maxLength: 2000 })),
    cursor: Type.Optional(Type.String({ maxLength: 2000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  },
  { additionalProperties: false },
);
export type RegisterRowQuery = Static<typeof RegisterRowQuery>;

export const RegisterRowPage = Type.Composite([PageOf(RegisterRow), Type.Object({ total: Type.Integer() })]);
export type RegisterRowPage = Static<typeof RegisterRowPage>;

export const CreateRegisterRow = Type.Object({ values: RowValues }, { additionalProperties: false });
export type CreateRegisterRow = Static<typeof CreateRegisterRow>;

/** What is not sent stays as it is; null clears. `version` is the one that the person saw. */
export const UpdateRegisterRow = Type.Object(
  { values: RowValues, version: Type.Integer({ minimum: 1 }) },
  { additionalProperties: false },
);
export type UpdateRegisterRow = Static<typeof UpdateRegisterRow>;

export const RegisterChangeView = Type.Object({
  version: Type.Integer(),
  kind: Type.Union([Type.Literal('created'), Type.Literal('updated'), Type.Literal('deleted')]),
  at: Instant,
  /** Display name; null is the system. */
  by: Type.Union([Type.String(), Type.Null()]),
  origin: Type.Union([Type.Literal('edit'), Type.Literal('import'), Type.Literal('process'), Type.Literal('demo')]),
  changes: Type.Array(Type.Object({ field: Type.String(), from: Type.Unknown(), to: Type.Unknown() })),
});
export type RegisterChangeView = Static<typeof RegisterChangeView>;

export const RegisterHistory = Items(RegisterChangeView);

/** Rows to choose from in a look-up field. The filter only narrows: who may read the register may read all of it. */
export const RegisterSuggestionQuery = Type.Object(
  {
    search: Type.Optional(Type.String({ maxLength: 200 })),
    /** Only the rows with these keys: to name what is chosen already. */
    values: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })),
    /** Field that names a row; by default the register's own. */
    label: Type.Optional(Type.String({ maxLength: 64 })),
    /** `filter` of `x-source`. */
    filter: Type.Optional(Type.String({ maxLength: 2000 })),
    /** The values of the form that the filter names. */
    form: Type.Optional(RowValues),
    /** Fields of the register to tell with each row: what `fill` writes into the form. */
    fields: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 50 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  { additionalProperties: false },
);
export type RegisterSuggestionQuery = Static<typeof RegisterSuggestionQuery>;

export const RegisterSuggestions = Type.Object({
  items: Type.Array(Type.Object({ value: Type.String(), label: Type.String(), values: RowValues })),
  /** True when more rows might fit than were looked at: a longer search helps. */
  more: Type.Boolean(),
});
export type RegisterSuggestions = Static<typeof RegisterSuggestions>;

/** What became, or would become, of the rows of a file. */
export const RegisterImportReport = Type.Object({
  /** False: nothing was written, because it was a preview or rows are bad and only all were wanted. */
  applied: Type.Boolean(),
  columns: Type.Array(
    Type.Object({
      heading: Type.String(),
      field: Type.Union([Type.String(), Type.Null()]),
      sample: Type.Array(Type.String()),
    }),
  ),
  rows: Type.Integer(),
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer(),
  /** Rows that cannot be taken. */
  bad: Type.Integer(),
  /** What is wrong, the first ones. */
  errors: Type.Array(
    Type.Object({
      /** Number of the line in the file. */
      line: Type.Integer(),
      field: Type.Union([Type.String(), Type.Null()]),
      message: Type.String(),
      value: Type.String(),
    }),
  ),
});
export type RegisterImportReport = Static<typeof RegisterImportReport>;

/** `mapping`: JSON list, for each column of the file the field or null; guessed from the headings when absent. */
export const RegisterImportQuery = Type.Object(
  {
    mode: Type.Union([
      Type.Literal('preview'),
      /** One bad row keeps all out. */
      Type.Literal('all'),
      /** The bad ones are left out. */
      Type.Literal('good'),
    ]),
    mapping: Type.Optional(Type.String({ maxLength: 20_000 })),
  },
  { additionalProperties: false },
);
export type RegisterImportQuery = Static<typeof RegisterImportQuery>;

export const RegisterBadRowsQuery = Type.Object(
  { mapping: Type.Optional(Type.String({ maxLength: 20_000 })) },
  { additionalProperties: false },
);

export const RegisterExportQuery = Type.Object(
  {
    format: Type.Union([Type.Literal('xlsx'), Type.Literal('csv')]),
    search: Type.Optional(Type.String({ maxLength: 200 })),
    sort: Type.Optional(Type.String({ maxLength: 64 })),
    order: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
    where: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false },
);
export type RegisterExportQuery = Static<typeof RegisterExportQuery>;

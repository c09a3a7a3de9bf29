import { Type, type Static } from '@sinclair/typebox';
import { Instant, KeyText, PageOf } from './common.ts';
import { DocumentView } from './cases.ts';
import { FileView } from './files.ts';
import { CaseProgress, SubmissionKey } from './starts.ts';

/** A form by which a contractor may start a case. */
export const PortalStart = Type.Object({ key: Type.String(), title: Type.String() });
export type PortalStart = Static<typeof PortalStart>;

export const SubmitPortalStart = Type.Object(
  {
    submission: SubmissionKey,
    data: Type.Record(Type.String(), Type.Unknown()),
    /** Group of the organisation that it is sent for; needed only by people of several. */
    organisation: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
);
export type SubmitPortalStart = Static<typeof SubmitPortalStart>;

/** A case that the contractor's organisation has begun or worked on, as told to people outside. */
export const PortalCase = Type.Composite([
  CaseProgress,
  Type.Object({
    caseKey: KeyText,
    /** When the organisation came in. */
    since: Instant,
  }),
]);
export type PortalCase = Static<typeof PortalCase>;

export const PortalCasePage = PageOf(PortalCase);
export type PortalCasePage = Static<typeof PortalCasePage>;

export const PortalCaseQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  { additionalProperties: false },
);
export type PortalCaseQuery = Static<typeof PortalCaseQuery>;

export const PortalDocument = Type.Omit(DocumentView, ['template', 'createdBy', 'shownTo']);
export type PortalDocument = Static<typeof PortalDocument>;

export const PortalCaseDetail = Type.Object({
  case: PortalCase,
  /** What the process has written for the organisation: acts, answers. */
  documents: Type.Array(PortalDocument),
  /** Files that tasks of the organisation show, and that others gave. Who gave them is not told. */
  received: Type.Array(Type.Omit(FileView, ['by', 'source'])),
  /** What people of the organisation have sent or attached. */
  files: Type.Array(FileView),
});
export type PortalCaseDetail = Static<typeof PortalCaseDetail>;

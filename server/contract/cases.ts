import { Type, type Static } from '@sinclair/typebox';
import { Instant, KeyText, PageOf } from './common.ts';
import { FileReference } from './files.ts';
import { DeadlineView } from './tasks.ts';

export const CaseQuery = Type.Object(
  {
    search: Type.Optional(Type.String({ maxLength: 200 })),
    state: Type.Optional(
      Type.Union([
        Type.Literal('ACTIVE'),
        Type.Literal('COMPLETED'),
        Type.Literal('TERMINATED'),
        Type.Literal('INCIDENT'),
      ]),
    ),
    processId: Type.Optional(Type.String()),
    cursor: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);
export type CaseQuery = Static<typeof CaseQuery>;

/** A case is a root process instance with a number. */
export const CaseSummary = Type.Object({
  caseKey: KeyText,
  caseNumber: Type.Union([Type.String(), Type.Null()]),
  title: Type.String(),
  client: Type.Union([Type.String(), Type.Null()]),
  processId: Type.String(),
  processName: Type.String(),
  state: Type.Union([Type.Literal('ACTIVE'), Type.Literal('COMPLETED'), Type.Literal('TERMINATED')]),
  hasIncident: Type.Boolean(),
  /** Names of the steps where the case waits now. */
  stages: Type.Array(Type.String()),
  startedAt: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
  deadline: Type.Union([DeadlineView, Type.Null()]),
});
export type CaseSummary = Static<typeof CaseSummary>;
export const CasePage = PageOf(CaseSummary);
export type CasePage = Static<typeof CasePage>;

/** A step of the stage strip: a user task or sub-process that was or is worked on, in order of first entry. */
export const StageView = Type.Object({
  elementId: Type.String(),
  name: Type.String(),
  state: Type.Union([Type.Literal('done'), Type.Literal('current'), Type.Literal('overdue'), Type.Literal('canceled')]),
  startedAt: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
  heldBy: Type.Union([Type.String(), Type.Null()]),
  userTaskKey: Type.Union([KeyText, Type.Null()]),
});
export type StageView = Static<typeof StageView>;

export const FactView = Type.Object({
  name: Type.String(),
  label: Type.String(),
  /** JSON value and how it reads in the person's language. */
  value: Type.Unknown(),
  text: Type.String(),
});
export type FactView = Static<typeof FactView>;

export const CaseDetail = Type.Object({
  case: CaseSummary,
  /** Since when an operator has it stand still; null when it goes on or has ended. */
  suspendedAt: Type.Union([Instant, Type.Null()]),
  stages: Type.Array(StageView),
  facts: Type.Array(FactView),
  participants: Type.Array(Type.Object({ username: Type.String(), name: Type.String() })),
});
export type CaseDetail = Static<typeof CaseDetail>;

/** One sentence of the story; the server writes it in the person's language, `kind` picks the icon. */
export const StoryEntry = Type.Object({
  id: Type.String(),
  at: Instant,
  kind: Type.Union([
    Type.Literal('mail'),
    Type.Literal('start'),
    Type.Literal('task'),
    Type.Literal('decision'),
    Type.Literal('deadline'),
    Type.Literal('document'),
    Type.Literal('message'),
    Type.Literal('job'),
    Type.Literal('incident'),
    Type.Literal('end'),
  ]),
  by: Type.Union([Type.String(), Type.Null()]),
  text: Type.String(),
  /** Why: the matched rules of a decision, an error message, a filled form. */
  details: Type.Array(Type.String()),
});
export type StoryEntry = Static<typeof StoryEntry>;
export const StoryPage = PageOf(StoryEntry);
export type StoryPage = Static<typeof StoryPage>;

export const VariableView = Type.Object({
  name: Type.String(),
  value: Type.Unknown(),
  scope: Type.String(),
  updatedAt: Instant,
});
export type VariableView = Static<typeof VariableView>;

export const MailView = Type.Object({
  mailKey: KeyText,
  direction: Type.Union([Type.Literal('in'), Type.Literal('out')]),
  from: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  at: Instant,
  /** Quotes and signature stripped. */
  text: Type.String(),
  fullText: Type.String(),
  attachments: Type.Array(Type.Composite([FileReference, Type.Object({ url: Type.String() })])),
});
export type MailView = Static<typeof MailView>;

export const DocumentView = Type.Object({
  documentKey: KeyText,
  documentNumber: Type.String(),
  title: Type.String(),
  template: Type.String(),
  sha256: Type.String(),
  createdAt: Instant,
  createdBy: Type.Union([Type.String(), Type.Null()]),
  /** Organisations from outside that find it in their portal. */
  shownTo: Type.Array(Type.String()),
  htmlUrl: Type.String(),
  pdfUrl: Type.String(),
});
export type DocumentView = Static<typeof DocumentView>;

/** One diagram per process instance of the tree: the case itself first, then those it called. */
export const DiagramView = Type.Object({
  diagrams: Type.Array(
    Type.Object({
      processInstanceKey: KeyText,
      processId: Type.String(),
      processName: Type.String(),
      version: Type.Integer(),
      xml: Type.String(),
      active: Type.Array(
        Type.Object({
          elementId: Type.String(),
          count: Type.Integer(),
          since: Instant,
          overdue: Type.Boolean(),
          incident: Type.Boolean(),
        }),
      ),
      completed: Type.Array(Type.Object({ elementId: Type.String(), count: Type.Integer(), minutes: Type.Integer() })),
      flowsTaken: Type.Array(Type.String()),
    }),
  ),
});
export type DiagramView = Static<typeof DiagramView>;

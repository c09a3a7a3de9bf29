import { Type, type Static } from '@sinclair/typebox';
import { Instant, KeyText, PageOf } from './common.ts';

export const TaskTab = Type.Union([Type.Literal('mine'), Type.Literal('group'), Type.Literal('all')]);
export type TaskTab = Static<typeof TaskTab>;

export const TaskQuery = Type.Object(
  {
    tab: TaskTab,
    /** Case number, title, task name: case-insensitive substring, Cyrillic included. */
    search: Type.Optional(Type.String({ maxLength: 200 })),
    processId: Type.Optional(Type.String()),
    elementId: Type.Optional(Type.String()),
    deadline: Type.Optional(Type.Union([Type.Literal('overdue'), Type.Literal('soon')])),
    cursor: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);
export type TaskQuery = Static<typeof TaskQuery>;

/** Time left in working minutes of the task's own calendar, as of the answer. */
export const DeadlineView = Type.Object({
  dueAt: Instant,
  /** Working minutes from creation to due; 0 when the deadline has no working time. */
  totalMinutes: Type.Integer(),
  /** Negative when overdue. */
  leftMinutes: Type.Integer(),
  /** Working minutes in a working day of the calendar, to say «1 раб. день». */
  minutesPerDay: Type.Integer(),
  light: Type.Union([Type.Literal('green'), Type.Literal('amber'), Type.Literal('red'), Type.Literal('grey')]),
  zone: Type.String(),
  provisional: Type.Boolean(),
  escalatesTo: Type.Union([Type.String(), Type.Null()]),
});
export type DeadlineView = Static<typeof DeadlineView>;

export const TaskSummary = Type.Object({
  userTaskKey: KeyText,
  name: Type.String(),
  elementId: Type.String(),
  state: Type.Union([Type.Literal('CREATED'), Type.Literal('COMPLETED'), Type.Literal('CANCELED')]),
  caseKey: KeyText,
  caseNumber: Type.Union([Type.String(), Type.Null()]),
  caseTitle: Type.String(),
  processId: Type.String(),
  processName: Type.String(),
  /** Who the case is about: sender or client, when known. */
  client: Type.Union([Type.String(), Type.Null()]),
  assignee: Type.Union([Type.String(), Type.Null()]),
  assigneeName: Type.Union([Type.String(), Type.Null()]),
  candidateGroups: Type.Array(Type.String()),
  candidateGroupNames: Type.Array(Type.String()),
  priority: Type.Integer(),
  createdAt: Instant,
  deadline: Type.Union([DeadlineView, Type.Null()]),
});
export type TaskSummary = Static<typeof TaskSummary>;

export const TaskPage = Type.Composite([
  PageOf(TaskSummary),
  Type.Object({
    asOf: Instant,
    /** Open tasks per tab for this person, without filters. */
    counts: Type.Object({ mine: Type.Integer(), group: Type.Integer(), all: Type.Integer(), overdue: Type.Integer() }),
  }),
]);
export type TaskPage = Static<typeof TaskPage>;

export const TaskForm = Type.Object({
  formKey: KeyText,
  formId: Type.String(),
  version: Type.Integer(),
  /** The form definition as deployed (see engine/forms/README.md). */
  definition: Type.Unknown(),
  binding: Type.Unknown(),
  /** Same-origin ES module with the precompiled validator, so that the browser never compiles code. */
  validatorUrl: Type.String(),
});
export type TaskForm = Static<typeof TaskForm>;

export const TaskDetail = Type.Object({
  task: TaskSummary,
  /** False: the person may look but not complete (not assignee and not candidate, or the task has ended). */
  canWork: Type.Boolean(),
  form: Type.Union([TaskForm, Type.Null()]),
  /** Process variables that the form reads; nothing else leaves the server. */
  variables: Type.Record(Type.String(), Type.Unknown()),
  /** What this person saved before completing. */
  draft: Type.Union([Type.Object({ data: Type.Record(Type.String(), Type.Unknown()), savedAt: Instant }), Type.Null()]),
  /** Server time and zone, for rules that use today(). */
  now: Instant,
  zone: Type.String(),
});
export type TaskDetail = Static<typeof TaskDetail>;

const FormData = Type.Record(Type.String(), Type.Unknown());
export const SaveDraft = Type.Object({ data: FormData }, { additionalProperties: false });
export type SaveDraft = Static<typeof SaveDraft>;
export const DraftSaved = Type.Object({ savedAt: Instant });
export type DraftSaved = Static<typeof DraftSaved>;
export const CompleteTask = Type.Object({ data: FormData }, { additionalProperties: false });
export type CompleteTask = Static<typeof CompleteTask>;
/** `username` null gives the task back to its group. */
export const AssignTask = Type.Object(
  { username: Type.Union([Type.String({ minLength: 1 }), Type.Null()]) },
  { additionalProperties: false },
);
export type AssignTask = Static<typeof AssignTask>;

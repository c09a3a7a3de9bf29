import { Type, type Static } from '@sinclair/typebox';
import { Instant } from './common.ts';

const FormData = Type.Record(Type.String(), Type.Unknown());

/** A form that starts a case, as its screen needs it. */
export const StartFormView = Type.Object({
  /** Its name in addresses. */
  key: Type.String(),
  formId: Type.String(),
  version: Type.Integer(),
  /** The form definition as deployed (see engine/forms/README.md). */
  definition: Type.Unknown(),
  binding: Type.Unknown(),
  validatorUrl: Type.String(),
  /** Server time and zone, for rules that use today(). */
  now: Instant,
  zone: Type.String(),
  /** The page with the widget; null where nothing has to be solved. */
  captcha: Type.Union([Type.Object({ frameUrl: Type.String() }), Type.Null()]),
});
export type StartFormView = Static<typeof StartFormView>;

/** 256 random bits in base64url, made when the form is opened: sent again, it is the same submission. */
export const SubmissionKey = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

export const SubmitStart = Type.Object(
  {
    submission: SubmissionKey,
    data: FormData,
    /** What the captcha's widget gave. */
    captcha: Type.Optional(Type.String({ maxLength: 8_192 })),
  },
  { additionalProperties: false },
);
export type SubmitStart = Static<typeof SubmitStart>;

export const StartReceipt = Type.Object({
  caseNumber: Type.String(),
  /** Opens the page that tells how the case goes. Shown once more only to whoever sends the same submission. */
  followToken: Type.String(),
  acceptedAt: Type.String({ format: 'date-time' }),
  /** It had been accepted before with other values; those that came now were not taken. */
  differs: Type.Boolean(),
});
export type StartReceipt = Static<typeof StartReceipt>;

export const FollowCase = Type.Object(
  { token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) },
  { additionalProperties: false },
);
export type FollowCase = Static<typeof FollowCase>;

/** How a case goes, for whoever sent it: what the model says to them, and nothing else of its inside. */
export const CaseProgress = Type.Object({
  caseNumber: Type.Union([Type.String(), Type.Null()]),
  title: Type.String(),
  state: Type.Union([Type.Literal('active'), Type.Literal('completed'), Type.Literal('canceled')]),
  /** The state in words. */
  words: Type.String(),
  /** What has been told on the way, the oldest first. */
  steps: Type.Array(Type.Object({ text: Type.String(), at: Instant })),
  acceptedAt: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
});
export type CaseProgress = Static<typeof CaseProgress>;

import { Type, type Static, type TSchema } from '@sinclair/typebox';

/** A key on the wire: a 64-bit integer as a decimal string, as in the Camunda 8 API. */
export const KeyText = Type.String({ pattern: '^[1-9][0-9]{0,18}$' });

/** An instant: ISO 8601 in UTC, e.g. `2026-11-21T09:12:00.000Z`. */
export const Instant = Type.String({ format: 'date-time' });

export const Language = Type.Union([Type.Literal('ru'), Type.Literal('en')]);
export type Language = Static<typeof Language>;

/** One page of a list; `nextCursor` is passed back as `?cursor=` and is null on the last page. */
export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
  });

/** A list that is never paged; an object on the wire, so that a field can be added. */
export const Items = <T extends TSchema>(item: T) => Type.Object({ items: Type.Array(item) });

/** RFC 9457 problem details; `errors` is present for form data (HTTP 422). */
export const ProblemDetails = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  instance: Type.String(),
  /** Stable machine code, e.g. `task-not-active`. */
  code: Type.Optional(Type.String()),
  /** Id to quote to the administrator; it stands in the server's log. */
  requestId: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        path: Type.String(),
        keyword: Type.String(),
        params: Type.Record(Type.String(), Type.Unknown()),
        message: Type.String(),
      }),
    ),
  ),
});
export type ProblemDetails = Static<typeof ProblemDetails>;

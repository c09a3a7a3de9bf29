import { Type, type Static } from '@sinclair/typebox';
import { Instant, KeyText } from './common.ts';

/** Why a process instance does not go on, as facts (`InstanceExplanation` of the engine; keys are texts, instants ISO 8601). */
export const ExplanationView = Type.Object({
  processInstanceKey: KeyText,
  processId: Type.String(),
  state: Type.String(),
  places: Type.Array(
    Type.Object({
      /** Null where tokens wait to enter: a joining gateway, an activity that needs several. */
      elementInstanceKey: Type.Union([KeyText, Type.Null()]),
      elementId: Type.String(),
      elementName: Type.String(),
      elementType: Type.String(),
      scopeKey: Type.Union([KeyText, Type.Null()]),
      iteration: Type.Union([
        Type.Object({ index: Type.Integer(), total: Type.Union([Type.Integer(), Type.Null()]) }),
        Type.Null(),
      ]),
      since: Instant,
      /** Whether one of the things it waits for is enough. */
      needs: Type.Union([Type.Literal('any'), Type.Literal('all')]),
      /** By `kind`: userTask, job, timer, message, signal, condition, incident, calledInstance, inner, iterations, join … */
      waitsFor: Type.Array(Type.Object({ kind: Type.String() }, { additionalProperties: true })),
      /** Boundary events and event sub-processes that may happen meanwhile. */
      couldHappen: Type.Array(
        Type.Object(
          { place: Type.String(), eventId: Type.String(), interrupting: Type.Boolean() },
          { additionalProperties: true },
        ),
      ),
    }),
  ),
});
export type ExplanationView = Static<typeof ExplanationView>;

/** One place at which a case stands, in the words of the person who asks. */
export const CaseWaitView = Type.Object({
  id: Type.String(),
  processInstanceKey: KeyText,
  /** What it is: «Проверить гарантию», with the number of the pass where it is one of several. */
  title: Type.String(),
  /** The process, where the case has called others. */
  processName: Type.String(),
  elementId: Type.String(),
  since: Instant,
  state: Type.Union([Type.Literal('waiting'), Type.Literal('overdue'), Type.Literal('stopped')]),
  /** A sentence each: what it waits for. */
  reasons: Type.Array(Type.String()),
  /** A sentence each: what may happen meanwhile. */
  possible: Type.Array(Type.String()),
});
export type CaseWaitView = Static<typeof CaseWaitView>;

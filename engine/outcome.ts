import type { Effect } from './effect.ts';
import type { HistoryEvent, HistoryRecord } from './history-event.ts';
import type {
  CompensationRecord,
  ElementInstance,
  Incident,
  Instance,
  Job,
  LoopItems,
  LoopResult,
  Subscription,
  Timer,
  Token,
  UserTask,
  Variable,
} from './instance.ts';
import type { Key } from './key.ts';

/**
 * What a command comes to. Ordering rule: store `instance` (or `changes`), `history` and `effects` in ONE transaction;
 * only then may anything outside be touched. A rejected command changes nothing and leaves no trace.
 */
export type Outcome = Accepted | Rejected;

export interface Accepted {
  readonly accepted: true;
  readonly instance: Instance;
  readonly changes: Changes;
  /** What happened, in order: all of it at the time of the command, by whoever gave it. */
  readonly events: readonly HistoryEvent[];
  /** The same as records, numbered on from the instance before. */
  readonly history: readonly HistoryRecord[];
  readonly effects: readonly Effect[];
  /** First key the command did not take. */
  readonly nextKey: Key;
}

export interface Rejected {
  readonly accepted: false;
  readonly rejection: Rejection;
}

export type RejectionCode = 'NOT_FOUND' | 'INVALID_STATE' | 'INVALID_ARGUMENT' | 'ALREADY_ASSIGNED';

/** A bad command: who reads it learns what was expected and what was found. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
  /** What is wrong with each instruction of a modification or migration. */
  readonly problems?: readonly InstructionProblem[];
}

export interface InstructionProblem {
  /** The element that the instruction names. */
  readonly elementId: string;
  readonly message: string;
  readonly remedy: string;
}

/** The rows that differ from the instance before, by key; null is a deleted row. The header is always rewritten. */
export interface Changes {
  readonly elements: RowChanges<ElementInstance>;
  /** By `variableKey`. */
  readonly variables: RowChanges<Variable>;
  readonly tokens: RowChanges<Token>;
  readonly loopItems: RowChanges<LoopItems>;
  readonly loopResults: RowChanges<LoopResult>;
  readonly compensations: RowChanges<CompensationRecord>;
  readonly userTasks: RowChanges<UserTask>;
  readonly jobs: RowChanges<Job>;
  readonly timers: RowChanges<Timer>;
  readonly subscriptions: RowChanges<Subscription>;
  readonly incidents: RowChanges<Incident>;
}

export type RowChanges<Row> = ReadonlyMap<Key, Row | null>;

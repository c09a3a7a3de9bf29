import type { Execution, HistoryRecord, Instance, InstanceState, Key } from '#engine';
import type { Transaction } from '../database/transaction.ts';

/** A request that may be repeated; see `once`. */
export interface RepeatableCommand {
  readonly commandId: string;
  readonly requestHash: string;
}

/** What a command came to, as of its commit. A repeat gets what the first one got. */
export interface CommandResult {
  readonly processInstanceKey: Key;
  readonly state: InstanceState;
  readonly historyLength: number;
}

/** What `build` sees: the instance as stored, under the lock that keeps it so until the commit. */
export interface CommandSite {
  readonly tx: Transaction;
  readonly instance: Instance;
  readonly execution: Execution;
  /** What `wants` of the request names; undefined when there is no such row. */
  readonly row: unknown;
  /** Epoch milliseconds of the command. */
  readonly now: number;
}

/** What `also` sees before the commit: every history record that the command wrote, in the whole tree. */
export interface CommandEffect {
  readonly tx: Transaction;
  readonly result: CommandResult;
  readonly history: readonly { readonly processInstanceKey: Key; readonly record: HistoryRecord }[];
  readonly now: number;
}

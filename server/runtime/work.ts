import type { SpanContext } from '@opentelemetry/api';
import type { Key } from '#engine';
import type { Transaction } from '../database/transaction.ts';
import type { Right } from '../nodes/rights.ts';
import type { Settled } from './batch-queue.ts';
import type { KeyWritten, RowWanted } from './batch-rows.ts';
import type { CaseFields } from './instance-rows.ts';
import type { CommandEffect, CommandResult, RepeatableCommand } from './runner-command.ts';
import type { TreeRun } from './tree-run.ts';

/** A command that waits for its turn in a batch. */
export interface Work {
  /** Of its tree; a transaction on PostgreSQL keeps to one. */
  readonly bucket: number;
  readonly rootKey: Key;
  /** The case as it begins, when the work starts the tree; null when the tree must be there. */
  readonly starts: CaseFields | null;
  /** The instance that it is for. */
  readonly target: Key;
  /** Who asks: a username, or null for the engine itself. */
  readonly by: string | null;
  readonly repeatable?: RepeatableCommand | undefined;
  readonly also?: ((effect: CommandEffect) => Promise<void>) | undefined;
  /** By which right the server does this of itself; when it is over by then, the work is refused. */
  readonly right?: Right | null | undefined;
  /** Written for the whole batch at once, when there was something to do. */
  readonly alsoByKey?: KeyWritten | undefined;
  /** Read for the whole batch at once and handed to `run`. */
  readonly wants?: RowWanted | undefined;
  /** It reads rows: they must show what earlier commands of the batch did to its tree. */
  readonly readsRows: boolean;
  /** The trace it is done for. */
  readonly span: SpanContext | undefined;
  /** @returns the instance that the answer is about, or null when there was nothing to do */
  run(site: WorkSite): Promise<Key | null>;
}

export interface WorkSite {
  readonly tx: Transaction;
  readonly tree: TreeRun;
  /** Epoch milliseconds of the command. */
  readonly now: number;
  /** What `wants` names; undefined when there is no such row. */
  readonly row: unknown;
  /** Says what the case is called from now on; fields that are absent stay. */
  describe(fields: Partial<CaseFields>): void;
}

export type Ending = Settled<CommandResult | null>;

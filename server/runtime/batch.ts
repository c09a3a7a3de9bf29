import type { Accepted, Key } from '#engine';
import {
  answerKeyOf,
  findAnswers,
  IdempotencyConflict,
  storeAnswers,
  type StoredAnswer,
} from '../database/command-log.ts';
import { inOrder } from '../database/in-order.ts';
import type { KeySource } from '../database/key-source.ts';
import type { Transaction } from '../database/transaction.ts';
import { findLost, RightLost } from '../nodes/rights.ts';
import { createBatchKeys } from './batch-keys.ts';
import { createBatchMembers, type Member } from './batch-members.ts';
import { NO_READS, readForAll, writeForAll } from './batch-rows.ts';
import { lockInstances, renameCases } from './case-store.ts';
import { caseTitle } from './case-title.ts';
import { checkVariables } from './check-variables.ts';
import { signalsOf, type CommitSignals } from './commit-signals.ts';
import type { Definitions } from './definitions.ts';
import type { HotInstances } from './hot-instances.ts';
import { NO_CASE, type CaseFields } from './instance-rows.ts';
import { writeSteps } from './instance-store.ts';
import type { CommandEffect, CommandResult } from './runner-command.ts';
import { UnknownInstance } from './runtime-errors.ts';
import { createTreeRun, type TreeRun } from './tree-run.ts';
import type { Ending, Work } from './work.ts';
import { writeOutbox } from './write-outbox.ts';

export interface BatchDeps {
  readonly keys: KeySource;
  readonly definitions: Definitions;
  readonly hot: HotInstances;
  /** Told after the commit. */
  readonly onCommit: (signals: CommitSignals) => void;
  /** Told of an instance whose variables have come near the limit; perhaps more than once. */
  readonly onLarge?: ((processInstanceKey: Key, characters: number) => void) | undefined;
}

/**
 * Works that failed after they, or what must be stored with them, had written: only a rollback takes that back. The others
 * run again without them.
 */
export class Poisoned extends Error {
  override readonly name = 'Poisoned';
  readonly causes: ReadonlyMap<Work, unknown>;
  constructor(causes: ReadonlyMap<Work, unknown>) {
    super('Commands of this batch failed after they had written; the others run again without them.');
    this.causes = causes;
  }
}

/** An accepted command that is not stored yet. */
interface Pending {
  readonly work: Work;
  readonly tree: TreeRun;
  /** Null for work that nobody waits for. */
  readonly result: CommandResult | null;
}

/** What a tree is called: as stored, and as the batch leaves it. */
interface Case {
  stored: CaseFields;
  named: CaseFields;
}

/**
 * Carries out works one after another inside one transaction and stores them together. A work that is refused simply
 * leaves, since nothing of it has been written.
 * @throws Poisoned, AnsweredElsewhere, and what the database throws: then nothing may be committed
 */
export async function carryOutBatch(
  tx: Transaction,
  deps: BatchDeps,
  batch: { readonly works: readonly Work[]; readonly now: number; readonly touched: Map<Key, Member> },
): Promise<readonly Ending[]> {
  const { works, now, touched } = batch;
  const { definitions, hot } = deps;
  const keys = createBatchKeys(tx, deps.keys);
  const members = createBatchMembers(tx, deps, touched);
  const cases = new Map<Key, Case>();
  const pending: Pending[] = [];
  const poisoned = new Map<Work, unknown>();
  const written: Pending[] = [];
  let outboxRows = 0;

  const lost = await findLost(
    tx,
    works.flatMap(({ right }) => right ?? []),
  );
  const isForfeited = ({ right }: Work): boolean => Boolean(right) && lost.has(right!);

  const answers = new Map<string, StoredAnswer>(
    await findAnswers(
      tx,
      works.flatMap(({ bucket, repeatable }) => (repeatable === undefined ? [] : [{ bucket, ...repeatable }])),
    ),
  );
  const newAnswers: Parameters<typeof storeAnswers>[1][number][] = [];

  const open = works.filter(
    (work) =>
      !isForfeited(work) &&
      (work.repeatable === undefined || !answers.has(answerKeyOf({ bucket: work.bucket, ...work.repeatable }))),
  );
  /** Trees with steps that are not stored yet, and all that have moved since the batch began. */
  const unstored = new Set<Key>();
  const moved = new Set<Key>();

  /** Locks the trees and makes their instances ready. */
  const lock = async (): Promise<void> => {
    const there = open.filter(({ starts }) => starts === null);
    const roots = new Set(there.map(({ rootKey }) => rootKey));
    const targets = new Set(there.map(({ target }) => target));
    const locked = await lockInstances(tx, [...new Set([...roots, ...targets])]);
    for (const { key, version, ...named } of locked) if (roots.has(key)) cases.set(key, { stored: named, named });
    await members.prepare(locked.filter(({ key }) => targets.has(key)));
  };

  const rename = async (): Promise<void> => {
    const renamed = [...cases].filter(([, { stored, named }]) => stored !== named);
    await renameCases(
      tx,
      renamed.map(([rootKey, { named }]) => ({ rootKey, ...named })),
    );
    for (const [, one] of renamed) one.stored = one.named;
  };

  /** What passes is nobody's fault: then the whole transaction is over and is tried again. */
  const throwIfPassing = (error: unknown): void => {
    if (tx.dialect.isTransient(error) || tx.dialect.isConnectionLost(error)) throw error;
  };

  /** Stores what was accepted so far, and then what must be stored with it. */
  const flush = async (): Promise<void> => {
    const stored = pending.splice(0);
    unstored.clear();
    await writeSteps(
      tx,
      stored.flatMap(({ work, tree }) => {
        const { caseNumber, title, client } = cases.get(work.rootKey)?.named ?? NO_CASE;
        return tree.steps.map((step) => ({ ...step, caseNumber, title, client }));
      }),
    );
    await rename();
    outboxRows += await writeOutbox(
      tx,
      stored.map(({ tree }) => tree),
      now,
    );
    written.push(...stored);
    const done = stored.filter(({ result }) => result !== null);
    await writeForAll(
      tx,
      done.flatMap(({ work }) => work.alsoByKey ?? []),
    );
    for (const { work, tree, result } of done) {
      if (work.also === undefined) continue;
      try {
        await work.also({ tx, result: result!, now, history: historyOf(tree) });
      } catch (error) {
        throwIfPassing(error);
        poisoned.set(work, error);
      }
    }
  };

  const execute = async (work: Work): Promise<CommandResult | null> => {
    const { rootKey, starts, by } = work;
    if (starts !== null) cases.set(rootKey, { stored: starts, named: starts });
    const one = cases.get(rootKey);
    if (one === undefined) throw new UnknownInstance(rootKey);
    const tree = createTreeRun({ keys, definitions, members }, { now, by });
    let named = one.named;
    const describe = (fields: Partial<CaseFields>): void => void (named = { ...named, ...fields });
    const row = work.wants && (await reads.read(work.wants, moved.has(rootKey)));
    const key = await work.run({ tx, tree, now, row, describe });
    checkVariables(tree.steps, deps.onLarge);
    for (const { accepted } of tree.steps) {
      const { processInstanceKey, processDefinitionKey } = accepted.instance.header;
      if (processInstanceKey !== rootKey) continue;
      const title = caseTitle(await definitions.execution(processDefinitionKey), accepted, now);
      if (title !== undefined && title !== named.title) describe({ title });
    }
    one.named = named;
    // Rows of a new tree are written with the name that it has by then.
    if (starts !== null) one.stored = named;
    members.keep(tree.changed);
    if (tree.steps.length > 0) {
      unstored.add(rootKey);
      moved.add(rootKey);
    }
    const result = key === null ? null : resultFor(tree, key);
    pending.push({ work, tree, result });
    return result;
  };

  const answer = async (work: Work): Promise<CommandResult | null> => {
    const { bucket, repeatable } = work;
    if (repeatable === undefined) return execute(work);
    const { requestHash, commandId } = repeatable;
    const answerKey = answerKeyOf({ bucket, commandId });
    const known = answers.get(answerKey);
    if (known !== undefined) {
      if (known.requestHash !== requestHash) throw new IdempotencyConflict(commandId);
      return known.response as CommandResult | null;
    }
    const response = await execute(work);
    answers.set(answerKey, { requestHash, response: response as never });
    newAnswers.push({ bucket, commandId, requestHash, now, response: response as never });
    return response;
  };

  const wanted = open.flatMap(({ wants }) => wants ?? []);
  let reads = NO_READS;
  await inOrder(tx, [lock, async () => void (reads = await readForAll(tx, wanted))]);
  const endings: Ending[] = [];
  for (const work of works) {
    if (isForfeited(work)) {
      endings.push({ done: false, error: new RightLost(work.right!) });
      continue;
    }
    if (work.readsRows && unstored.has(work.rootKey)) await flush();
    const before = tx.writes();
    try {
      endings.push({ done: true, result: await answer(work) });
    } catch (error) {
      throwIfPassing(error);
      if (tx.writes() > before) poisoned.set(work, error);
      endings.push({ done: false, error });
    }
  }
  if (poisoned.size === 0) await flush();
  if (poisoned.size > 0) throw new Poisoned(poisoned);
  await storeAnswers(tx, newAnswers);

  tx.afterCommit(() => {
    const steps = written.flatMap(({ tree }) => tree.steps);
    const news = new Map<Key, Accepted[]>([...touched.keys()].map((key) => [key, []]));
    for (const { accepted } of steps) news.get(accepted.instance.header.processInstanceKey)!.push(accepted);
    for (const [key, member] of touched) hot.keep(member, news.get(key)!);
    if (steps.length > 0) deps.onCommit(signalsOf(steps, { outbox: outboxRows > 0, commands: works.length }));
  });
  return endings;
}

function resultFor(tree: TreeRun, processInstanceKey: Key): CommandResult {
  const { state, historyLength } = tree.changed.get(processInstanceKey)!.instance.header;
  return { processInstanceKey, state, historyLength };
}

function historyOf(tree: TreeRun): CommandEffect['history'] {
  return tree.steps.flatMap(({ accepted }) =>
    accepted.history.map((record) => ({ processInstanceKey: accepted.instance.header.processInstanceKey, record })),
  );
}

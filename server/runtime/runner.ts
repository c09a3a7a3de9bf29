import {
  bucketOf,
  type EngineCommand,
  type Execution,
  type HistoryRecord,
  type Instance,
  type InstanceState,
  type Key,
  type VariableMap,
} from '#engine';
import { hashRequest, once } from '../database/command-log.ts';
import { readerOf, type Database } from '../database/connect.ts';
import { bucketForText, type KeySource } from '../database/key-source.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import { caseTitle } from './case-title.ts';
import { findRoot, lockRoot, renameCase } from './case-store.ts';
import type { Clock } from './clock.ts';
import { signalsOf, type CommitSignals } from './commit-signals.ts';
import type { Definitions } from './definitions.ts';
import type { FollowUp } from './follow-up.ts';
import { NO_CASE, type CaseFields } from './instance-rows.ts';
import { writeSteps } from './instance-store.ts';
import { createKeyedMutex } from './keyed-mutex.ts';
import { UnknownDefinition, UnknownInstance } from './runtime-errors.ts';
import { createTreeRun, type TreeRun } from './tree-run.ts';
import { writeOutbox } from './write-outbox.ts';

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

interface RequestBase {
  /** Who asks: a username, or null for the engine itself. */
  readonly by: string | null;
  readonly repeatable?: RepeatableCommand;
  /** Writes that must be stored with the command or not at all. Runs again when the transaction is repeated. */
  readonly also?: (effect: CommandEffect) => Promise<void>;
}

export interface RunRequest extends RequestBase {
  readonly processInstanceKey: Key;
  /** Gives the command, or null when there is nothing to do; throws to refuse. Runs again when the transaction is repeated. */
  readonly build: (site: CommandSite) => EngineCommand | null | Promise<EngineCommand | null>;
}

export interface StartRequest extends RequestBase {
  readonly processDefinitionKey: Key;
  readonly variables: VariableMap;
  /** Given when the caller must know it beforehand; its bucket is then the tree's. */
  readonly processInstanceKey?: Key;
  readonly startElementId?: string;
  /** Which definition of a multiple start event happened. */
  readonly startDefinitionIndex?: number;
  readonly businessId?: string;
  /** The conversation of pools that a message without a correlation key starts it in. */
  readonly conversationKey?: string;
  readonly tags?: readonly string[];
  readonly case?: Partial<CaseFields>;
}

/**
 * Carries out commands: ONE command is ONE transaction on ONE instance tree, with its history and outbox, under the lock
 * of the tree's root. Commands on one tree wait for each other in this process before they queue in the database.
 */
export interface Runner {
  /** @throws CommandRejected, UnknownDefinition, IdempotencyConflict */
  start(request: StartRequest): Promise<CommandResult>;
  /**
   * @returns null when `build` gave null
   * @throws CommandRejected, UnknownInstance, IdempotencyConflict, and what `build` or `also` throws
   */
  run(request: RunRequest): Promise<CommandResult | null>;
  /** Sets what the case is called; fields that are absent stay. Any key of the tree will do. @throws UnknownInstance */
  describeCase(processInstanceKey: Key, fields: Partial<CaseFields>): Promise<void>;
  /** Continues what exceeded one transaction; for the outbox. */
  follow(followUp: FollowUp, outboxId: string): Promise<void>;
  /** Tells of commits of this process, after them. */
  onCommit(listener: (signals: CommitSignals) => void): void;
}

export interface RunnerDeps {
  readonly database: Database;
  readonly keys: KeySource;
  readonly definitions: Definitions;
  readonly clock: Clock;
}

const ROOTS_KEPT = 20_000;

export function createRunner(deps: RunnerDeps): Runner {
  const { database, keys, definitions, clock } = deps;
  const mutex = createKeyedMutex();
  const roots = new Map<Key, Key>();
  const listeners: ((signals: CommitSignals) => void)[] = [];

  const rootOf = async (processInstanceKey: Key): Promise<Key> => {
    const known = roots.get(processInstanceKey);
    if (known !== undefined) return known;
    const root = await findRoot(readerOf(database), processInstanceKey);
    if (root === undefined) throw new UnknownInstance(processInstanceKey);
    if (roots.size >= ROOTS_KEPT) roots.clear();
    roots.set(processInstanceKey, root);
    return root;
  };

  /** Stores what a tree run came to. */
  const store = async (tx: Transaction, work: { tree: TreeRun; rootKey: Key; named: CaseFields; now: number }) => {
    const { tree, rootKey, now } = work;
    let { named } = work;
    for (const { accepted } of tree.steps) {
      const { header } = accepted.instance;
      if (header.processInstanceKey !== rootKey) continue;
      const title = caseTitle(await definitions.execution(header.processDefinitionKey), accepted, now);
      if (title !== undefined) named = { ...named, title };
    }
    await writeSteps(
      tx,
      tree.steps.map((step) => ({ ...step, ...named })),
    );
    if (named.title !== work.named.title) await renameCase(tx, rootKey, named);
    const outboxRows = await writeOutbox(tx, { steps: tree.steps, left: tree.left, now });
    const signals = signalsOf(tree.steps, outboxRows > 0);
    tx.afterCommit(() => listeners.forEach((listener) => listener(signals)));
  };

  const resultFor = (tree: TreeRun, processInstanceKey: Key): CommandResult => {
    const last = tree.steps.findLast(
      ({ accepted }) => accepted.instance.header.processInstanceKey === processInstanceKey,
    );
    const { state, historyLength } = last!.accepted.instance.header;
    return { processInstanceKey, state, historyLength };
  };

  const effectOf = (tx: Transaction, tree: TreeRun, result: CommandResult, now: number): CommandEffect => ({
    tx,
    result,
    now,
    history: tree.steps.flatMap(({ accepted }) =>
      accepted.history.map((record) => ({ processInstanceKey: accepted.instance.header.processInstanceKey, record })),
    ),
  });

  const transact = <T extends CommandResult | null>(
    bucket: number,
    { repeatable }: RequestBase,
    work: (tx: Transaction, now: number) => Promise<T>,
  ): Promise<T> =>
    inTransaction(database, (tx) => {
      const now = clock.now();
      if (repeatable === undefined) return work(tx, now);
      return once(tx, { bucket, ...repeatable, now }, () => work(tx, now) as Promise<never>);
    });

  const onTree = async <T>(processInstanceKey: Key, work: (rootKey: Key) => Promise<T>): Promise<T> => {
    const rootKey = await rootOf(processInstanceKey);
    await keys.prepare(bucketOf(rootKey));
    return mutex.run(rootKey, () => work(rootKey));
  };

  const lockTree = async (tx: Transaction, rootKey: Key): Promise<CaseFields> => {
    const named = await lockRoot(tx, rootKey);
    if (named === undefined) throw new UnknownInstance(rootKey);
    return named;
  };

  return {
    onCommit: (listener) => void listeners.push(listener),

    async start(request) {
      const {
        by,
        also,
        repeatable,
        variables,
        startElementId,
        startDefinitionIndex,
        businessId,
        conversationKey,
        tags,
      } = request;
      await definitions.execution(request.processDefinitionKey);
      const definition = definitions.catalog.byKey(request.processDefinitionKey);
      if (definition === undefined) throw new UnknownDefinition('process', request.processDefinitionKey);
      // A repeat must look into the same bucket, which then only its id can tell.
      const bucket =
        request.processInstanceKey !== undefined
          ? bucketOf(request.processInstanceKey)
          : repeatable !== undefined
            ? bucketForText(repeatable.commandId)
            : keys.pickBucket();
      await keys.prepare(bucket);
      const processInstanceKey = request.processInstanceKey ?? (await keys.next(bucket));
      return transact(bucket, request, async (tx, now) => {
        const tree = createTreeRun(tx, deps, { now, by });
        await tree.start({
          kind: 'startInstance',
          processInstanceKey,
          processDefinitionKey: definition.definitionKey,
          deploymentKey: definition.deploymentKey,
          definitionVersion: definition.version,
          variables,
          ...(startElementId === undefined ? {} : { startElementId }),
          ...(startDefinitionIndex === undefined ? {} : { startDefinitionIndex }),
          ...(businessId === undefined ? {} : { businessId }),
          ...(conversationKey === undefined ? {} : { conversationKey }),
          ...(tags === undefined ? {} : { tags }),
        });
        const named: CaseFields = { ...NO_CASE, ...request.case };
        await store(tx, { tree, rootKey: processInstanceKey, named, now });
        const result = resultFor(tree, processInstanceKey);
        await also?.(effectOf(tx, tree, result, now));
        return result;
      });
    },

    run: (request) =>
      onTree(request.processInstanceKey, (rootKey) =>
        transact(bucketOf(rootKey), request, async (tx, now) => {
          const { processInstanceKey, by, build, also } = request;
          const named = await lockTree(tx, rootKey);
          const tree = createTreeRun(tx, deps, { now, by });
          const { instance, execution } = await tree.load(processInstanceKey);
          const command = await build({ tx, instance, execution, now });
          if (command === null) return null;
          await tree.command(processInstanceKey, command);
          await store(tx, { tree, rootKey, named, now });
          const result = resultFor(tree, processInstanceKey);
          await also?.(effectOf(tx, tree, result, now));
          return result;
        }),
      ),

    describeCase: (processInstanceKey, fields) =>
      onTree(processInstanceKey, (rootKey) =>
        inTransaction(database, async (tx) => {
          await renameCase(tx, rootKey, { ...(await lockTree(tx, rootKey)), ...fields });
        }),
      ),

    async follow(followUp, outboxId) {
      const repeatable = { commandId: `outbox:${outboxId}`, requestHash: hashRequest(outboxId) };
      await onTree(followUp.from, (rootKey) =>
        transact(bucketOf(rootKey), { by: null, repeatable }, async (tx, now) => {
          const named = await lockTree(tx, rootKey);
          const tree = createTreeRun(tx, deps, { now, by: null });
          await tree.follow([followUp]);
          await store(tx, { tree, rootKey, named, now });
          return null;
        }),
      );
    },
  };
}

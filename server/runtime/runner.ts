import { bucketOf, type EngineCommand, type Key, type StartInstance, type VariableMap } from '#engine';
import { hashRequest } from '../database/command-log.ts';
import { readerOf, type Database } from '../database/connect.ts';
import { lookUpTogether } from '../database/look-up-together.ts';
import { bucketForText, type KeySource } from '../database/key-source.ts';
import { createBatchQueue } from './batch-queue.ts';
import type { Definition } from './catalog.ts';
import type { KeyWritten, RowWanted } from './batch-rows.ts';
import { findRoots } from './case-store.ts';
import type { Right } from '../nodes/rights.ts';
import type { Clock } from './clock.ts';
import type { CommitSignals } from './commit-signals.ts';
import type { Definitions } from './definitions.ts';
import { currentSpan, inSpan } from '../telemetry/in-span.ts';
import type { FollowUp } from './follow-up.ts';
import { createHotInstances } from './hot-instances.ts';
import { NO_CASE, type CaseFields } from './instance-rows.ts';
import { runBatch } from './run-batch.ts';
import type { CommandEffect, CommandResult, CommandSite, RepeatableCommand } from './runner-command.ts';
import { SuspendedDefinition, UnknownDefinition, UnknownInstance } from './runtime-errors.ts';
import type { Work } from './work.ts';

export type { CommandEffect, CommandResult, CommandSite, RepeatableCommand } from './runner-command.ts';

interface RequestBase {
  /** Who asks: a username, or null for the engine itself. */
  readonly by: string | null;
  readonly repeatable?: RepeatableCommand;
  /** Of what the server does by itself: refused with RightLost when another node has taken the bucket over. */
  readonly right?: Right | null;
  /** Writes that must be stored with the command or not at all. Runs again when the transaction is repeated. */
  readonly also?: (effect: CommandEffect) => Promise<void>;
}

export interface RunRequest extends RequestBase {
  readonly processInstanceKey: Key;
  /** Gives the command, or null when there is nothing to do; throws to refuse. Runs again when the transaction is repeated. */
  readonly build: (site: CommandSite) => EngineCommand | null | Promise<EngineCommand | null>;
  /** Of which processes instances may be commanded; one of another is unknown. All when absent. */
  readonly within?: (processId: string) => boolean;
  /** A further write: one statement does those of a whole batch. */
  readonly alsoByKey?: KeyWritten;
  /** A row that `build` looks at: one statement reads those of a whole batch. */
  readonly wants?: RowWanted;
  /** True: `build` looks at nothing but `instance`, so that what earlier commands did need not be stored before it. */
  readonly readsInstanceOnly?: boolean;
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
 * Carries out commands, each on ONE instance tree under the lock of its root, with its history and outbox. Those that come
 * while others commit share the next transaction (ADR 0017); each is stored whole or not at all, whatever its neighbours
 * come to. Commands on one tree run in the order in which they came.
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
  follow(followUp: FollowUp, outboxId: string, right?: Right | null): Promise<void>;
  /** Tells of commits of this process, after them. */
  onCommit(listener: (signals: CommitSignals) => void): void;
}

export interface RunnerDeps {
  readonly database: Database;
  readonly keys: KeySource;
  readonly definitions: Definitions;
  readonly clock: Clock;
  /** See `BatchDeps`. */
  readonly onLarge?: (processInstanceKey: Key, characters: number) => void;
}

const ROOTS_KEPT = 20_000;
/** More commands than this in a transaction gain little and keep the first of them waiting. */
const BATCH_SIZE = 200;
/**
 * A transaction keeps to one bucket, but two of one bucket may run at a time as long as their trees differ: while the database
 * stores one, the other is computed. With one lane each waited for the other: 0.54 of the speed of the bare writes.
 */
const LANES_PER_BUCKET = 2;
/** Of the connections that write, some are left to claims, sessions and deployments. */
const BATCHES_AT_ONCE = 6;

export function createRunner(deps: RunnerDeps): Runner {
  const { database, keys, definitions, clock, onLarge } = deps;
  const roots = new Map<Key, Key>();
  const listeners: ((signals: CommitSignals) => void)[] = [];
  const onCommit = (signals: CommitSignals): void => listeners.forEach((listener) => listener(signals));
  const batchDeps = { database, keys, definitions, clock, onCommit, onLarge, hot: createHotInstances() };
  const queue = createBatchQueue<Work, CommandResult | null>({
    laneOf: database.dialect.writesOneByOne
      ? () => 0
      : ({ bucket, rootKey }) => bucket * LANES_PER_BUCKET + (rootKey % LANES_PER_BUCKET),
    lanes: BATCHES_AT_ONCE,
    size: BATCH_SIZE,
    run: (works) => {
      const links = works.flatMap(({ span }) => span ?? []);
      const settings = { parent: 'root', links, attributes: { 'reglament.batch.size': works.length } } as const;
      return inSpan('commit batch', settings, () => runBatch(batchDeps, works));
    },
  });
  /** In the trace of whoever asks: how long it took until it was stored, and in the batch a link back. */
  const submit = (work: Omit<Work, 'span'>): Promise<CommandResult | null> =>
    inSpan('command', { attributes: { 'reglament.process_instance_key': work.target } }, () =>
      queue({ ...work, span: currentSpan() }),
    );

  const lookUpRoot = lookUpTogether((keys: readonly Key[]) => findRoots(readerOf(database), keys));
  const knowRoot = (processInstanceKey: Key, rootKey: Key): void => {
    if (roots.size >= ROOTS_KEPT) roots.clear();
    roots.set(processInstanceKey, rootKey);
  };

  const rootOf = async (processInstanceKey: Key): Promise<Key> => {
    const known = roots.get(processInstanceKey);
    if (known !== undefined) return known;
    const root = await lookUpRoot(processInstanceKey);
    if (root === undefined) throw new UnknownInstance(processInstanceKey);
    knowRoot(processInstanceKey, root);
    return root;
  };

  const onTree = async (
    target: Key,
    work: Pick<Work, 'by' | 'run' | 'readsRows'> &
      Partial<Pick<Work, 'repeatable' | 'also' | 'alsoByKey' | 'right' | 'wants'>>,
  ): Promise<CommandResult | null> => {
    const rootKey = await rootOf(target);
    const bucket = bucketOf(rootKey);
    await keys.prepare(bucket);
    return submit({ ...work, bucket, rootKey, target, starts: null });
  };

  return {
    onCommit: (listener) => void listeners.push(listener),

    async start(request) {
      const { by, also, repeatable, right } = request;
      await definitions.execution(request.processDefinitionKey);
      const definition = definitions.catalog.byKey(request.processDefinitionKey);
      if (definition === undefined) throw new UnknownDefinition('process', request.processDefinitionKey);
      if (definition.suspendedAt !== null) throw new SuspendedDefinition(definition);
      // A repeat must look into the same bucket, which then only its id can tell.
      const bucket =
        request.processInstanceKey !== undefined
          ? bucketOf(request.processInstanceKey)
          : repeatable !== undefined
            ? bucketForText(repeatable.commandId)
            : keys.pickBucket();
      await keys.prepare(bucket);
      const processInstanceKey = request.processInstanceKey ?? (await keys.next(bucket));
      const command = startCommand(request, { processInstanceKey, ...definition });
      const result = await submit({
        bucket,
        rootKey: processInstanceKey,
        target: processInstanceKey,
        starts: { ...NO_CASE, ...request.case },
        by,
        repeatable,
        also,
        right,
        readsRows: false,
        async run({ tree }) {
          await tree.start(command);
          return processInstanceKey;
        },
      });
      knowRoot(result!.processInstanceKey, result!.processInstanceKey);
      return result!;
    },

    run: ({ processInstanceKey, build, within, readsInstanceOnly = false, ...request }) =>
      onTree(processInstanceKey, {
        ...request,
        readsRows: !readsInstanceOnly,
        async run({ tx, tree, now, row }) {
          const { instance, execution } = await tree.load(processInstanceKey);
          if (within?.(instance.header.processId) === false) throw new UnknownInstance(processInstanceKey);
          const command = await build({ tx, instance, execution, now, row });
          if (command === null) return null;
          await tree.command(processInstanceKey, command);
          return processInstanceKey;
        },
      }),

    async describeCase(processInstanceKey, fields) {
      await onTree(processInstanceKey, {
        by: null,
        readsRows: false,
        run({ describe }) {
          describe(fields);
          return Promise.resolve(null);
        },
      });
    },

    async follow(followUp, outboxId, right) {
      await onTree(followUp.from, {
        by: null,
        right,
        repeatable: { commandId: `outbox:${outboxId}`, requestHash: hashRequest(outboxId) },
        readsRows: false,
        async run({ tree }) {
          await tree.follow([followUp]);
          return null;
        },
      });
    },
  };
}

function startCommand(
  request: StartRequest,
  { processInstanceKey, definitionKey, deploymentKey, version }: Definition & { readonly processInstanceKey: Key },
): StartInstance {
  const { variables, startElementId, startDefinitionIndex, businessId, conversationKey, tags } = request;
  return {
    kind: 'startInstance',
    processInstanceKey,
    processDefinitionKey: definitionKey,
    deploymentKey,
    definitionVersion: version,
    variables,
    ...(startElementId === undefined ? {} : { startElementId }),
    ...(startDefinitionIndex === undefined ? {} : { startDefinitionIndex }),
    ...(businessId === undefined ? {} : { businessId }),
    ...(conversationKey === undefined ? {} : { conversationKey }),
    ...(tags === undefined ? {} : { tags }),
  };
}

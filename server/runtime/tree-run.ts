import {
  advance,
  bucketOf,
  type Accepted,
  type EngineCommand,
  type Execution,
  type Instance,
  type Key,
  type Outcome,
  type StartInstance,
} from '#engine';
import type { KeySource } from '../database/key-source.ts';
import type { Transaction } from '../database/transaction.ts';
import type { Definitions } from './definitions.ts';
import { commandOf, isOutOfDate, isTreeEffect, type FollowUp } from './follow-up.ts';
import { loadInstances, type Step } from './instance-store.ts';
import { CallTooDeep, CommandRejected, UnknownInstance } from './runtime-errors.ts';

/** Called instances inside each other (reliability.md §3.3). */
const MAX_CALL_DEPTH = 20;
/** Commands that one command may cause in its own transaction; what is left goes through the outbox. */
const MAX_FOLLOW_UPS = 1_000;

export interface TreeRunDeps {
  readonly keys: KeySource;
  readonly definitions: Definitions;
}

/** An instance as this transaction sees it. */
interface Member {
  readonly instance: Instance;
  readonly execution: Execution;
  readonly callDepth: number;
}

/** A step before it is known what the case is called. */
export type UnnamedStep = Omit<Step, 'caseNumber' | 'title' | 'client'>;

/**
 * Runs commands on the instances of one tree in memory, inside one transaction that holds the tree's lock: loads what it
 * touches, advances, and follows effects from instance to instance. It writes nothing but key blocks; the caller stores
 * `steps` and `left`. So several trees may later share a transaction and its writes (group commit).
 */
export interface TreeRun {
  readonly steps: readonly UnnamedStep[];
  /** Follow-ups beyond the limit, for the outbox. */
  readonly left: readonly FollowUp[];
  /** @throws UnknownInstance */
  load(processInstanceKey: Key): Promise<Pick<Member, 'instance' | 'execution'>>;
  /** Starts the root instance. @throws CommandRejected, UnknownDefinition */
  start(command: StartInstance): Promise<Accepted>;
  /** @throws CommandRejected, UnknownInstance */
  command(processInstanceKey: Key, command: EngineCommand): Promise<Accepted>;
  /** Carries out what an effect asks for, and what follows from it. */
  follow(followUps: readonly FollowUp[]): Promise<void>;
}

export function createTreeRun(
  tx: Transaction,
  { keys, definitions }: TreeRunDeps,
  context: { readonly now: number; readonly by: string | null },
): TreeRun {
  const { now, by } = context;
  const members = new Map<Key, Member>();
  const steps: UnnamedStep[] = [];
  const left: FollowUp[] = [];

  const load = async (processInstanceKey: Key): Promise<Member> => {
    const known = members.get(processInstanceKey);
    if (known !== undefined) return known;
    const found = (await loadInstances(tx, [processInstanceKey])).get(processInstanceKey);
    if (found === undefined) throw new UnknownInstance(processInstanceKey);
    const execution = await definitions.execution(found.instance.header.processDefinitionKey);
    const member = { instance: found.instance, execution, callDepth: found.row.call_depth };
    members.set(processInstanceKey, member);
    return member;
  };

  /** `advance` is pure: when it needs more keys than are in hand, it simply runs again with a larger block. */
  const advanceWithKeys = async (
    { execution, instance }: { readonly execution: Execution; readonly instance: Instance | null },
    command: EngineCommand,
    bucket: number,
  ): Promise<Outcome> => {
    const attempt = (firstKey: Key): Outcome => advance(execution, instance, { ...command, now, by, firstKey });
    const free = keys.free(bucket) ?? (await keys.reserveWithin(tx, bucket, 100));
    const outcome = attempt(free.firstKey);
    if (!outcome.accepted) return outcome;
    if (outcome.nextKey <= free.lastKey + 1) {
      keys.taken(bucket, outcome.nextKey);
      return outcome;
    }
    const range = await keys.reserveWithin(tx, bucket, outcome.nextKey - free.firstKey);
    return attempt(range.firstKey);
  };

  const apply = async (
    target: { readonly key: Key; readonly member: Omit<Member, 'instance'>; readonly before: Instance | null },
    command: EngineCommand,
  ): Promise<Outcome> => {
    const { key, member, before } = target;
    const outcome = await advanceWithKeys({ execution: member.execution, instance: before }, command, bucketOf(key));
    if (outcome.accepted) {
      members.set(key, { ...member, instance: outcome.instance });
      const { callDepth, execution } = member;
      steps.push({ before, accepted: outcome, processName: execution.model.name, callDepth, now });
    }
    return outcome;
  };

  const commandOn = async (key: Key, command: EngineCommand): Promise<Outcome> => {
    const member = await load(key);
    return apply({ key, member, before: member.instance }, command);
  };

  const startCalled = async (
    effect: FollowUp['effect'] & { readonly kind: 'startCalledInstance' },
  ): Promise<Outcome> => {
    const parent = await load(effect.parentProcessInstanceKey);
    const execution = await definitions.execution(effect.processDefinitionKey);
    const definition = definitions.catalog.byKey(effect.processDefinitionKey)!;
    const reject = (message: string): Promise<Outcome> =>
      commandOn(effect.parentProcessInstanceKey, {
        kind: 'rejectCalledInstance',
        elementInstanceKey: effect.elementInstanceKey,
        message,
      });
    const callDepth = parent.callDepth + 1;
    if (callDepth > MAX_CALL_DEPTH) return reject(new CallTooDeep(definition.id, MAX_CALL_DEPTH).message);
    const command: StartInstance = {
      kind: 'startInstance',
      processInstanceKey: effect.processInstanceKey,
      processDefinitionKey: effect.processDefinitionKey,
      deploymentKey: definition.deploymentKey,
      definitionVersion: definition.version,
      variables: effect.variables,
      ...(effect.businessId === null ? {} : { businessId: effect.businessId }),
      ...(effect.conversationKey === null ? {} : { conversationKey: effect.conversationKey }),
      parent: {
        rootProcessInstanceKey: effect.rootProcessInstanceKey,
        processInstanceKey: effect.parentProcessInstanceKey,
        elementInstanceKey: effect.elementInstanceKey,
        catches: effect.catches,
        suspendedAt: parent.instance.header.suspendedAt,
      },
    };
    const target = { key: effect.processInstanceKey, member: { execution, callDepth }, before: null };
    const outcome = await apply(target, command);
    return outcome.accepted ? outcome : reject(outcome.rejection.message);
  };

  /** First in, first out, as the engine does inside an instance. */
  const follow = async (followUps: readonly FollowUp[]): Promise<void> => {
    const queue = [...followUps];
    for (let done = 0; queue.length > 0; done += 1) {
      if (done >= MAX_FOLLOW_UPS) {
        left.push(...queue);
        return;
      }
      const { effect } = queue.shift()!;
      const outcome =
        effect.kind === 'startCalledInstance'
          ? await startCalled(effect)
          : await commandOn(effect.processInstanceKey, commandOf(effect));
      if (outcome.accepted) queue.push(...followUpsOf(outcome));
      else if (!isOutOfDate(outcome.rejection.code)) {
        throw new Error(`Expected the follow-up ${effect.kind} to be accepted, but: ${outcome.rejection.message}`);
      }
    }
  };

  const accept = async (outcome: Outcome): Promise<Accepted> => {
    if (!outcome.accepted) throw new CommandRejected(outcome.rejection);
    await follow(followUpsOf(outcome));
    return outcome;
  };

  return {
    steps,
    left,
    load,
    follow,
    command: async (key, command) => accept(await commandOn(key, command)),
    async start(command) {
      const execution = await definitions.execution(command.processDefinitionKey);
      const target = { key: command.processInstanceKey, member: { execution, callDepth: 0 }, before: null };
      return accept(await apply(target, command));
    },
  };
}

function followUpsOf({ effects, instance }: Accepted): readonly FollowUp[] {
  const from = instance.header.processInstanceKey;
  return effects.filter(isTreeEffect).map((effect) => ({ effect, from }));
}

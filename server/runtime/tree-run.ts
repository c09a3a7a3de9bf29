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
import type { BatchKeys } from './batch-keys.ts';
import type { BatchMembers, Member } from './batch-members.ts';
import type { Definitions } from './definitions.ts';
import { executionFor } from './execution-for.ts';
import { commandOf, isOutOfDate, isTreeEffect, type FollowUp } from './follow-up.ts';
import { CallTooDeep, CommandRejected } from './runtime-errors.ts';
import type { Step } from './step.ts';

/** Called instances inside each other (reliability.md §3.3). */
const MAX_CALL_DEPTH = 20;
/** Commands that one command may cause in its own transaction; what is left goes through the outbox. */
const MAX_FOLLOW_UPS = 1_000;

export interface TreeRunDeps {
  readonly keys: BatchKeys;
  readonly definitions: Definitions;
  readonly members: Pick<BatchMembers, 'load'>;
}

/** A step before it is known what the case is called. */
export type UnnamedStep = Omit<Step, 'caseNumber' | 'title' | 'client'>;

/**
 * Runs one command on the instances of one tree in memory, inside a transaction that holds the tree's lock: loads what it
 * touches, advances, and follows effects from instance to instance. It writes nothing but key blocks; the caller stores
 * `steps` and `left`, or forgets them as if nothing had happened. So many trees share a transaction and its writes.
 */
export interface TreeRun {
  readonly steps: readonly UnnamedStep[];
  /** Follow-ups beyond the limit, for the outbox. */
  readonly left: readonly FollowUp[];
  /** The instances that it changed. */
  readonly changed: ReadonlyMap<Key, Member>;
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
  { keys, definitions, members }: TreeRunDeps,
  context: { readonly now: number; readonly by: string | null },
): TreeRun {
  const { now, by } = context;
  const changed = new Map<Key, Member>();
  const steps: UnnamedStep[] = [];
  const left: FollowUp[] = [];

  const load = async (processInstanceKey: Key): Promise<Member> =>
    changed.get(processInstanceKey) ?? (await members.load(processInstanceKey));

  /** `advance` is pure: when it needs more keys than are in hand, it simply runs again with a larger block. */
  const advanceWithKeys = async (
    { execution, instance }: { readonly execution: Execution; readonly instance: Instance | null },
    command: EngineCommand,
    bucket: number,
  ): Promise<Outcome> => {
    const attempt = (firstKey: Key): Outcome => advance(execution, instance, { ...command, now, by, firstKey });
    const given = keys.free(bucket);
    // Nothing is awaited between a free key and its taking, lest two transactions take the same one.
    const free = given instanceof Promise ? await given : given;
    let outcome = attempt(free.firstKey);
    if (!outcome.accepted) return outcome;
    if (outcome.nextKey > free.lastKey + 1) {
      const range = await keys.more(bucket, outcome.nextKey - free.firstKey);
      outcome = attempt(range.firstKey);
    }
    if (outcome.accepted) keys.taken(bucket, outcome.nextKey);
    return outcome;
  };

  const apply = async (
    target: { readonly key: Key; readonly member: Omit<Member, 'instance'>; readonly before: Instance | null },
    command: EngineCommand,
  ): Promise<Outcome> => {
    const { key, member, before } = target;
    const outcome = await advanceWithKeys({ execution: member.execution, instance: before }, command, bucketOf(key));
    if (outcome.accepted) {
      changed.set(key, { ...member, instance: outcome.instance });
      const { callDepth, execution } = member;
      steps.push({ before, accepted: outcome, processName: execution.model.name, callDepth, now });
    }
    return outcome;
  };

  const commandOn = async (key: Key, command: EngineCommand): Promise<Outcome> => {
    const member = await load(key);
    const execution = await executionFor(command, member.execution, definitions);
    return apply({ key, member: { ...member, execution }, before: member.instance }, command);
  };

  const startCalled = async (
    effect: FollowUp['effect'] & { readonly kind: 'startCalledInstance' },
  ): Promise<Outcome> => {
    const parent = await load(effect.parentProcessInstanceKey);
    const execution = await definitions.execution(effect.processDefinitionKey);
    const definition = definitions.catalog.everByKey(effect.processDefinitionKey)!;
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
    changed,
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

import { bucketOf, type Key, type VariableMap } from '#engine';
import { hashRequest } from '../database/command-log.ts';
import { readerOf, type Database } from '../database/connect.ts';
import { bucketForText, type KeySource } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';
import { ALL_RIGHTS, inTransactionBy, requireRights, type Right, type Rights } from '../nodes/rights.ts';
import type { Clock } from '../runtime/clock.ts';
import { CommandRejected, SuspendedDefinition, UnknownDefinition, UnknownInstance } from '../runtime/runtime-errors.ts';
import type { Runner } from '../runtime/runner.ts';
import { DuplicateMessage, NobodyWaits } from './message-errors.ts';
import * as claims from './message-claims.ts';
import * as store from './message-store.ts';
import { throwFailures, tryEach } from '../worker/try-each.ts';
import { findFree, messageStartScope, release, reserve } from './reservations.ts';

export interface MessageToPublish {
  readonly name: string;
  /** Empty: matches only subscriptions with an empty key, and starts without limit. */
  readonly correlationKey: string;
  readonly variables: VariableMap;
  /** Milliseconds to keep it for somebody who waits later; 0 offers it now only. */
  readonly timeToLive: number;
  /** Published once per name, key and id while it is kept. */
  readonly messageId?: string;
  readonly by: string | null;
  /** Of what the outbox delivers. */
  readonly right?: Right | null;
}

export interface Correlation {
  readonly processId: string;
  readonly processInstanceKey: Key;
}

export interface Publication {
  readonly messageKey: Key;
  /** Who got it at once: at most one receiver per process, as in Camunda 8. */
  readonly correlations: readonly Correlation[];
  /** False: nobody waited and it was not to be kept. */
  readonly kept: boolean;
}

export interface Messages {
  /** @throws DuplicateMessage */
  publish(message: MessageToPublish): Promise<Publication>;
  /** Publishes to whoever waits now. @throws NobodyWaits */
  correlate(message: Omit<MessageToPublish, 'timeToLive' | 'messageId' | 'right'>): Promise<Publication>;
  /**
   * The floor under the hints: gives buffered messages to those who wait by now, goes on where a crash stopped, frees what
   * ended instances held and forgets what is past its time. With `rights`, for messages of these buckets and by these
   * rights; without, for all: then the claims alone decide who delivers, as between two publishers.
   * @returns how much it did; 0 means all is quiet
   * @throws when some of it failed; the rest is done all the same
   */
  settle(rights?: Rights): Promise<number>;
}

const BATCH = 100;
/** A publisher that has not finished by then has died. */
const PATIENCE_MS = 10_000;

/**
 * Three short transactions, each in one bucket: claim the message for a process (message's bucket), deliver it (instance's
 * bucket, repeatable), mark the claim done. A publisher stores first and looks for receivers then; a receiver stores its
 * subscription first and looks for messages then: whoever commits last finds the other.
 */
export function createMessages(deps: {
  readonly database: Database;
  readonly keys: KeySource;
  readonly runner: Runner;
  readonly clock: Clock;
}): Messages {
  const { database, keys, runner, clock } = deps;
  const reader = readerOf(database);
  const now = (): number => clock.now();

  const correlateWith = (
    message: store.Message,
    receiver: claims.Receiver & { readonly kind: 'subscription' },
    right: Right | null,
  ): Promise<boolean> => {
    const { messageKey, variables } = message;
    const { processInstanceKey, subscriptionKey } = receiver;
    const commandId = `message:${messageKey}:${subscriptionKey}`;
    const request = runner.run({
      processInstanceKey,
      by: null,
      right,
      repeatable: { commandId, requestHash: hashRequest(commandId) },
      readsInstanceOnly: true,
      build: ({ instance }) =>
        instance.subscriptions.has(subscriptionKey)
          ? { kind: 'correlateMessage', subscriptionKey, messageKey, variables }
          : null,
    });
    return request.then((result) => result !== null, refusedOnly);
  };

  const startWith = async (
    message: store.Message,
    receiver: claims.Receiver & { readonly kind: 'start' },
    right: Right | null,
  ): Promise<boolean> => {
    const { processId, processInstanceKey, processDefinitionKey, elementId, definitionIndex, byConversation } =
      receiver;
    const { correlationKey, name, variables, messageKey } = message;
    if (correlationKey !== '') {
      const scope = messageStartScope(processId, name);
      const reservation = { scope, key: correlationKey, holder: processInstanceKey };
      const free = await inTransactionBy(database, right, (tx) => reserve(tx, reservation, now()));
      if (!free) return false;
    }
    const commandId = `message-start:${messageKey}:${processId}`;
    const request = runner.start({
      processDefinitionKey,
      processInstanceKey,
      variables,
      startElementId: elementId,
      startDefinitionIndex: definitionIndex,
      ...(byConversation ? { conversationKey: correlationKey } : {}),
      by: null,
      right,
      repeatable: { commandId, requestHash: hashRequest(commandId) },
    });
    return request.then(() => true, refusedOnly);
  };

  const deliver = async (message: store.Message, receiver: claims.Receiver, right: Right | null): Promise<boolean> => {
    const delivered =
      receiver.kind === 'subscription'
        ? await correlateWith(message, receiver, right)
        : await startWith(message, receiver, right);
    await inTransactionBy(database, right, (tx) =>
      claims.settleClaim(tx, message, {
        receiver,
        outcome: delivered ? 'delivered' : 'refused',
        now: now(),
      }),
    );
    return delivered;
  };

  const offer = async (message: store.Message, receiver: claims.Receiver, right: Right | null): Promise<boolean> => {
    const claimed = await inTransactionBy(database, right, (tx) => claims.claimFor(tx, message, receiver, now()));
    return claimed && deliver(message, receiver, right);
  };

  /** A running instance that waits comes before a new one of the same process. */
  const match = async (message: store.Message, right: Right | null): Promise<readonly Correlation[]> => {
    const served = new Map<string, Key>();
    const waiting = await tryEach(await store.findWaiting(reader, message), 1, async (one) => {
      if (served.has(one.processId)) return;
      if (await offer(message, { kind: 'subscription', ...one }, right)) {
        served.set(one.processId, one.processInstanceKey);
      }
    });
    const starting = await tryEach(await store.findStarting(reader, message), 1, async (one) => {
      if (served.has(one.processId)) return;
      const processInstanceKey = await keys.next(keys.pickBucket());
      if (await offer(message, { kind: 'start', processInstanceKey, ...one }, right)) {
        served.set(one.processId, processInstanceKey);
      }
    });
    throwFailures(`Expected the message "${message.name}" to reach all who wait for it`, [...waiting, ...starting]);
    await inTransactionBy(database, right, (tx) => store.markMatched(tx, message.messageKey));
    return [...served].map(([processId, processInstanceKey]) => ({ processId, processInstanceKey }));
  };

  const publish = async (request: MessageToPublish): Promise<Publication> => {
    const { name, correlationKey, variables, timeToLive, messageId = null, by, right = null } = request;
    const messageKey = await keys.next(bucketForText(`${name}\n${correlationKey}`));
    const message: store.Message = { messageKey, name, correlationKey, variables };
    const publishedAt = now();
    const expiresAt = publishedAt + Math.max(0, timeToLive);
    try {
      await inTransactionBy(database, right, (tx) =>
        store.insertMessage(tx, { ...message, messageId, publishedAt, expiresAt, by }),
      );
    } catch (error) {
      if (messageId !== null && database.dialect.isUniqueViolation(error)) throw new DuplicateMessage(messageId);
      throw error;
    }
    const correlations = await match(message, right);
    return { messageKey, correlations, kept: correlations.length > 0 || timeToLive > 0 };
  };

  return {
    publish,
    async correlate(request) {
      const publication = await publish({ ...request, timeToLive: 0 });
      if (publication.correlations.length === 0) throw new NobodyWaits(request.name, request.correlationKey);
      return publication;
    },
    async settle(rights = ALL_RIGHTS) {
      const rightFor = ({ messageKey }: store.Message): Right | null => rights.of(bucketOf(messageKey));
      const late = { before: now() - PATIENCE_MS, limit: BATCH, rights };
      let done = 0;
      const failures: unknown[] = [];
      const each = async <T>(items: readonly T[], work: (item: T) => Promise<number>): Promise<void> => {
        failures.push(...(await tryEach(items, 1, async (item) => void (done += await work(item)))));
      };
      await each(await claims.findPending(reader, late), async ({ message, receiver }) => {
        await deliver(message, receiver, rightFor(message));
        return 1;
      });
      await each(await store.findUnmatched(reader, late), async (message) => {
        await match(message, rightFor(message));
        return 1;
      });
      await each(await findFree(reader, { limit: BATCH, rights, now: now() }), (reservation) =>
        release(database, reservation, rights.of(reservation.bucket)),
      );
      await each(
        await store.findDeliverable(reader, { now: now(), limit: BATCH, rights }),
        async (message) => (await match(message, rightFor(message))).length,
      );
      await each([BATCH], (limit) =>
        inTransaction(database, async (tx) => {
          const gone = await store.deleteExpired(tx, { now: now(), limit, rights });
          await requireRights(tx, rights.over(gone));
          return gone.length;
        }),
      );
      throwFailures('Expected the buffered messages to be seen to', failures);
      return done;
    },
  };
}

/** The receiver has ended, is gone or cannot take it: the message stays for another. Anything else is a fault and is tried again. */
function refusedOnly(error: unknown): false {
  if (REFUSALS.some((refusal) => error instanceof refusal)) return false;
  throw error;
}

const REFUSALS = [CommandRejected, UnknownInstance, UnknownDefinition, SuspendedDefinition];

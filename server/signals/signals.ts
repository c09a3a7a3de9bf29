import { assertNever, bucketOf, type Key, type VariableMap } from '#engine';
import { hashRequest, once } from '../database/command-log.ts';
import { queryRows, type Database, type Executor } from '../database/connect.ts';
import { bucketForText, type KeySource } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';
import { Refused } from '../http/refused.ts';
import { EVERYTHING, inScope, type Scope } from '../identity/scope.ts';
import type { Right } from '../nodes/rights.ts';
import type { Clock } from '../runtime/clock.ts';
import type { RepeatableCommand, Runner } from '../runtime/runner.ts';
import { CommandRejected, UnknownDefinition, UnknownInstance } from '../runtime/runtime-errors.ts';
import { planSignalDeliveries, type SignalDelivery, type SignalReceiver } from '../runtime/signal-receivers.ts';
import { writeSignal } from '../runtime/write-outbox.ts';
import { throwFailures, tryEach } from '../worker/try-each.ts';

export interface SignalToBroadcast {
  readonly name: string;
  readonly variables: VariableMap;
  readonly repeatable?: RepeatableCommand;
  /** By authorisation only: which processes may be started by it, and whose instances may go on. Everything when absent. */
  readonly allowed?: SignalReach;
}

export interface SignalReach {
  readonly starts: Scope;
  readonly instances: Scope;
}

/** Signals reach everybody who waits for them at the moment they are thrown; they are not kept (BPMN 2.0.2 §10.5.1). */
export interface Signals {
  /** Stores for whom the signal is; the worker delivers it at once. @throws IdempotencyConflict, Refused `forbidden` (a receiver is not allowed; then nobody hears it) */
  broadcast(signal: SignalToBroadcast): Promise<{ readonly signalKey: Key }>;
  /**
   * Gives a signal to its receivers, each in a transaction of its own, each once however often this runs.
   * @throws when some of them failed; the others have it all the same
   */
  deliver(delivery: SignalDelivery, right?: Right | null): Promise<void>;
  /** Tells of signals stored by this process, after the commit. */
  onBroadcast(listener: (bucket: number) => void): void;
}

const AT_ONCE = 8;
const EVERYWHERE: SignalReach = { starts: EVERYTHING, instances: EVERYTHING };

export function createSignals(deps: {
  readonly database: Database;
  readonly keys: KeySource;
  readonly runner: Runner;
  readonly clock: Clock;
  /** Told of a receiver that refused the signal and so goes without it. */
  readonly onRefused?: (refusal: CommandRejected, place: string) => void;
}): Signals {
  const { database, keys, runner, clock, onRefused = () => undefined } = deps;
  const listeners: ((bucket: number) => void)[] = [];

  const giveTo = async (
    receiver: SignalReceiver,
    { signalId, variables }: SignalDelivery,
    right: Right | null,
  ): Promise<void> => {
    const { subscriptionKey } = receiver;
    const commandId = `signal:${signalId}:${subscriptionKey}`;
    const repeatable = { commandId, requestHash: hashRequest(commandId) };
    switch (receiver.kind) {
      case 'subscription':
        await runner.run({
          processInstanceKey: receiver.processInstanceKey,
          by: null,
          right,
          repeatable,
          readsInstanceOnly: true,
          // Closed meanwhile by something that came first.
          build: ({ instance }) =>
            instance.subscriptions.has(subscriptionKey) ? { kind: 'triggerSignal', subscriptionKey, variables } : null,
        });
        return;
      case 'start':
        await runner.start({
          processDefinitionKey: receiver.processDefinitionKey,
          variables,
          startElementId: receiver.elementId,
          startDefinitionIndex: receiver.definitionIndex,
          by: null,
          right,
          repeatable,
        });
        return;
      default:
        assertNever(receiver);
    }
  };

  return {
    async broadcast({ name, variables, repeatable, allowed = EVERYWHERE }) {
      // A repeat must look into the same bucket, which only its id can tell.
      const bucket = bucketForText(repeatable?.commandId ?? name);
      const signalKey = await keys.next(bucket);
      return inTransaction(database, async (tx) => {
        const now = clock.now();
        const store = async () => {
          const deliveries = await planSignalDeliveries(tx, { signalId: String(signalKey), name, variables });
          await requireReach(tx, name, allowed);
          await writeSignal(tx, { bucket: bucketOf(signalKey), id: `signal:${signalKey}`, now }, deliveries);
          tx.afterCommit(() => listeners.forEach((listener) => listener(bucket)));
          return { signalKey };
        };
        return repeatable === undefined ? store() : once(tx, { bucket, ...repeatable, now }, store);
      });
    },

    async deliver(delivery, right = null) {
      const failures = await tryEach(delivery.receivers, AT_ONCE, async (receiver) => {
        try {
          await giveTo(receiver, delivery, right);
        } catch (error) {
          if (error instanceof CommandRejected) onRefused(error, placeOf(receiver, delivery));
          else if (!isGone(error)) throw error;
        }
      });
      throwFailures(
        `Expected all ${delivery.receivers.length} receivers to take the signal "${delivery.name}"`,
        failures,
      );
    },

    onBroadcast: (listener) => void listeners.push(listener),
  };
}

/** As in Camunda 8.8 a signal goes to all that wait for it or to none: half of a broadcast would be a state that no model foresees. */
async function requireReach(tx: Executor, name: string, { starts, instances }: SignalReach): Promise<void> {
  if (starts.all && instances.all) return;
  const waiting = await queryRows<{ process_id: string }>(
    tx,
    `SELECT DISTINCT p.process_id FROM signal_subscription s
     JOIN process_instance p ON p.bucket = s.bucket AND p.process_instance_key = s.process_instance_key
     WHERE s.signal_name = ? AND s.suspended = FALSE`,
    [name],
  );
  const starting = await queryRows<{ process_id: string }>(
    tx,
    `SELECT DISTINCT d.definition_id AS process_id FROM start_subscription s
     JOIN definition d ON d.definition_key = s.process_definition_key
     WHERE s.signal_name = ? AND s.suspended = FALSE`,
    [name],
  );
  const isReached =
    waiting.every(({ process_id: id }) => inScope(instances, id)) &&
    starting.every(({ process_id: id }) => inScope(starts, id));
  if (isReached) return;
  throw new Refused('forbidden', {
    ru: `Сигнал «${name}» слышат процессы, которые вам нельзя запускать или менять. Он не подан никому.`,
    en: `The signal "${name}" is heard by processes that you may not start or change. Nobody has got it.`,
  });
}

/** Ended meanwhile: a signal is not kept for later, so it is over for this receiver, as it is for one that refuses it. */
function isGone(error: unknown): boolean {
  return error instanceof UnknownInstance || error instanceof UnknownDefinition;
}

function placeOf(receiver: SignalReceiver, { name }: SignalDelivery): string {
  const who =
    receiver.kind === 'start'
      ? `start ${receiver.elementId} of definition ${receiver.processDefinitionKey}`
      : `instance ${receiver.processInstanceKey}`;
  return `signal "${name}" to ${who}`;
}

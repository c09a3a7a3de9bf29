import type { Key, VariableMap } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { UnnamedStep } from './tree-run.ts';

/** What waits for a signal at one moment: open subscriptions, and starts of the latest versions. */
export type SignalReceiver =
  | { readonly kind: 'subscription'; readonly processInstanceKey: Key; readonly subscriptionKey: Key }
  | {
      readonly kind: 'start';
      readonly processDefinitionKey: Key;
      readonly elementId: string;
      readonly definitionIndex: number;
      readonly subscriptionKey: Key;
    };

/** A signal on its way to some of its receivers, as the outbox keeps it. */
export interface SignalDelivery {
  /** The same for every receiver; with the receiver's subscription it makes a delivery count once. */
  readonly signalId: string;
  readonly name: string;
  readonly variables: VariableMap;
  readonly receivers: readonly SignalReceiver[];
}

/** Receivers of one outbox row: few enough to be served within its lease. */
const ROW_SIZE = 100;

/**
 * Who a signal thrown in this transaction is for. Read here, and not when it is delivered: a signal reaches what waits at
 * the moment of the throw and nothing that begins to wait later (BPMN 2.0.2 §10.5.1), which a clock could not tell apart.
 * The deliveries follow one by one, so this reads other buckets but writes none.
 */
export async function planSignalDeliveries(
  tx: Executor,
  signal: Omit<SignalDelivery, 'receivers'>,
  {
    openedLater = new Set(),
    thrownBy = null,
  }: {
    /** Subscriptions that this very transaction opened after the throw. */
    readonly openedLater?: ReadonlySet<Key>;
    /** The instance that threw it, which has heard it at once. */
    readonly thrownBy?: Key | null;
  } = {},
): Promise<readonly SignalDelivery[]> {
  const waiting = await queryRows<{ process_instance_key: Key; subscription_key: Key }>(
    tx,
    'SELECT process_instance_key, subscription_key FROM signal_subscription WHERE signal_name = ? AND suspended = FALSE ORDER BY subscription_key',
    [signal.name],
  );
  const starting = await queryRows<{
    process_definition_key: Key;
    element_id: string;
    definition_index: number;
    subscription_key: Key;
  }>(
    tx,
    `SELECT process_definition_key, element_id, definition_index, subscription_key FROM start_subscription
     WHERE signal_name = ? AND suspended = FALSE ORDER BY subscription_key`,
    [signal.name],
  );
  const receivers: SignalReceiver[] = [
    ...waiting
      .filter((row) => row.process_instance_key !== thrownBy && !openedLater.has(row.subscription_key))
      .map((row) => ({
        kind: 'subscription' as const,
        processInstanceKey: row.process_instance_key,
        subscriptionKey: row.subscription_key,
      })),
    ...starting.map((row) => ({
      kind: 'start' as const,
      processDefinitionKey: row.process_definition_key,
      elementId: row.element_id,
      definitionIndex: row.definition_index,
      subscriptionKey: row.subscription_key,
    })),
  ];
  const deliveries: SignalDelivery[] = [];
  for (let at = 0; at < receivers.length; at += ROW_SIZE) {
    deliveries.push({ ...signal, receivers: receivers.slice(at, at + ROW_SIZE) });
  }
  return deliveries;
}

/** The signal subscriptions that the transaction opened after the `nth` signal (from 0) that a step threw. */
export function openedAfterThrow(
  steps: readonly UnnamedStep[],
  { stepIndex, nth }: { readonly stepIndex: number; readonly nth: number },
): ReadonlySet<Key> {
  const opened = new Set<Key>();
  let thrown = -1;
  steps.slice(stepIndex).forEach(({ accepted }, index) => {
    for (const { event } of accepted.history) {
      if (index === 0 && event.kind === 'signalBroadcast') thrown += 1;
      else if (event.kind === 'subscriptionOpened' && thrown >= nth) opened.add(event.subscription.key);
    }
  });
  return opened;
}

import type { HistoryRecord } from '../history-event.ts';
import type { Key } from '../key.ts';
import type { SimulatedInstances } from './simulated-instances.ts';
import type { ProcessStart, StartSubscriptions } from './start-subscriptions.ts';

/** Who a signal is for: read when it is thrown, because it reaches nobody who begins to wait later (§10.5.1). */
export interface SignalReceivers {
  readonly waiting: readonly { readonly processInstanceKey: Key; readonly subscriptionKey: Key }[];
  readonly starts: readonly ProcessStart[];
}

export function signalReceivers(
  name: string,
  { instances, starts }: { readonly instances: SimulatedInstances; readonly starts: StartSubscriptions },
  openedLater: ReadonlySet<Key>,
): SignalReceivers {
  const waiting = [...instances.all].flatMap(([processInstanceKey, { instance }]) =>
    [...instance.subscriptions.values()]
      .filter(
        (one) =>
          instance.header.suspendedAt === null &&
          one.kind === 'signal' &&
          one.signalName === name &&
          !openedLater.has(one.key),
      )
      .map(({ key }) => ({ processInstanceKey, subscriptionKey: key })),
  );
  return { waiting, starts: starts.byName('signal', name) };
}

/** What a command opened after the `nth` signal (from 0) that it threw. */
export function openedAfterThrow(history: readonly HistoryRecord[], nth: number): ReadonlySet<Key> {
  const opened = new Set<Key>();
  let thrown = -1;
  for (const { event } of history) {
    if (event.kind === 'signalBroadcast') thrown += 1;
    else if (event.kind === 'subscriptionOpened' && thrown >= nth) opened.add(event.subscription.key);
  }
  return opened;
}

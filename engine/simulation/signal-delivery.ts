import type { Key } from '../key.ts';
import type { SimulatedInstances } from './simulated-instances.ts';
import type { ProcessStart, StartSubscriptions } from './start-subscriptions.ts';

/**
 * Who a signal is for: read when it is thrown, because it reaches nobody who begins to wait later (§10.5.1). The instance
 * that throws it has heard it already.
 */
export interface SignalReceivers {
  readonly waiting: readonly { readonly processInstanceKey: Key; readonly subscriptionKey: Key }[];
  readonly starts: readonly ProcessStart[];
}

export function signalReceivers(
  name: string,
  { instances, starts }: { readonly instances: SimulatedInstances; readonly starts: StartSubscriptions },
  thrownBy: Key | null,
): SignalReceivers {
  const waiting = [...instances.all].flatMap(([processInstanceKey, { instance }]) =>
    processInstanceKey === thrownBy || instance.header.suspendedAt !== null
      ? []
      : [...instance.subscriptions.values()]
          .filter((one) => one.kind === 'signal' && one.signalName === name)
          .map(({ key }) => ({ processInstanceKey, subscriptionKey: key })),
  );
  return { waiting, starts: starts.byName('signal', name) };
}

import type { Node } from '../nodes/node.ts';
import type { Gauge } from './metrics.ts';

/** What this process knows of its place among the nodes. */
export function nodeGauges(node: Node): readonly Gauge[] {
  return [
    {
      name: 'reglament_nodes_living',
      help: 'Server processes on this database whose lease runs, as this one saw at its last heartbeat.',
      read: () => [{ value: node.counts().living }],
    },
    {
      name: 'reglament_buckets_held',
      help: 'Buckets (of 256) for which this process does timers, outbox and its own jobs.',
      read: () => [{ value: node.counts().held }],
    },
    {
      name: 'reglament_buckets_lost',
      help: 'Buckets that other processes took from this one since it started.',
      read: () => [{ value: node.counts().lost }],
    },
  ];
}

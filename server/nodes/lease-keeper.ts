import { randomUUID } from 'node:crypto';
import { BUCKET_COUNT } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import * as store from './node-store.ts';
import { createRights, type Rights } from './rights.ts';

/** Beats in the time of a lease: four of them may fail. */
const BEATS = 5;
/** How long a node that fell silent is remembered. */
const REMEMBERED_MS = 10 * 60_000;

export interface LeaseKeeper {
  /** Another one after the lease was lost: what is done under the old name is never mixed up with the new. */
  nodeId(): string;
  /** Empty as soon as the lease has ended by our own clock, whatever the database says. */
  rights(): Rights;
  /** Nodes that lived at the last beat, this one included. */
  living(): number;
  /** Buckets that others took from us. */
  losses(): number;
  /** Renews the lease, takes a fair share of the buckets and gives back what is more than that. */
  beat(): Promise<void>;
  /** Gives everything back. Safe to call twice. */
  stop(): Promise<void>;
}

export interface LeaseKeeperDeps {
  readonly database: Database;
  readonly leaseMs: number;
  readonly onError: (error: unknown, place: string) => void;
  /** In the transaction that takes buckets over from others. */
  readonly onTake: (tx: Transaction, buckets: readonly number[]) => Promise<void>;
  /** Told when buckets have become free for others. */
  readonly onRelease: () => void;
  /** The catalog that this node has read. */
  readonly revision: () => number;
}

/**
 * The lease of a node is one row that it renews; a bucket says which node has it and how often it changed hands. So a heartbeat
 * costs one update whatever the number of buckets. Time is the database's: nodes judge each other by one clock.
 */
export function createLeaseKeeper(deps: LeaseKeeperDeps): LeaseKeeper {
  const { database, leaseMs, onError, onTake, onRelease, revision } = deps;
  const { dialect } = database;
  const nothing = createRights(dialect, new Map(), BUCKET_COUNT);
  let nodeId = newName();
  let known = false;
  let held: ReadonlyMap<number, number> = new Map();
  let rights = nothing;
  let endsAt = -Infinity;
  let living = 1;
  let losses = 0;
  let running: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  const keep = (buckets: ReadonlyMap<number, number>): void => {
    held = buckets;
    rights = createRights(dialect, buckets, BUCKET_COUNT);
  };

  const renew = async (): Promise<void> => {
    const startedAt = performance.now();
    const now = await store.readDatabaseTime(readerOf(database), dialect.clock!);
    const until = now + leaseMs;
    if (known && !(await inTransaction(database, (tx) => store.renewNode(tx, { nodeId, now, until })))) {
      losses += held.size;
      keep(new Map());
      known = false;
      nodeId = newName();
    }
    if (!known) {
      await inTransaction(database, (tx) => store.insertNode(tx, { nodeId, now, until, revision: revision() }));
      known = true;
    }
    living = await store.countNodes(readerOf(database), now);
    await share(now);
    endsAt = startedAt + leaseMs;
  };

  const share = async (now: number): Promise<void> => {
    const fair = Math.ceil(BUCKET_COUNT / Math.max(1, living));
    const surplus = [...held.keys()].slice(fair);
    // They are ours no longer before anybody else may have them.
    if (surplus.length > 0) keep(new Map([...held].slice(0, fair)));
    const taken = await inTransaction(database, async (tx) => {
      await store.releaseBuckets(tx, nodeId, surplus);
      const before = await store.findBuckets(tx, nodeId);
      await store.takeBuckets(tx, { nodeId, now, wanted: fair - before.size });
      await store.forgetNodes(tx, now - REMEMBERED_MS);
      const after = await store.findBuckets(tx, nodeId);
      await onTake(
        tx,
        [...after.keys()].filter((bucket) => !before.has(bucket)),
      );
      return after;
    });
    losses += [...held.keys()].filter((bucket) => taken.get(bucket) !== held.get(bucket)).length;
    keep(taken);
    if (surplus.length > 0) onRelease();
  };

  const beat = (): Promise<void> => {
    // A hint may still come while the node leaves.
    if (stopping !== undefined) return stopping;
    return (running ??= renew()
      .catch((error: unknown) => onError(error, 'heartbeat'))
      .finally(() => (running = undefined)));
  };

  const leave = async (): Promise<void> => {
    await running;
    endsAt = -Infinity;
    await inTransaction(database, async (tx) => {
      await store.releaseBuckets(tx, nodeId, [...held.keys()]);
      await store.deleteNode(tx, nodeId);
    }).catch((error: unknown) => onError(error, 'leaving'));
    onRelease();
  };

  const timer = setInterval(() => void beat(), leaseMs / BEATS).unref();

  return {
    nodeId: () => nodeId,
    rights: () => (performance.now() < endsAt ? rights : nothing),
    living: () => living,
    losses: () => losses,
    beat,
    stop() {
      clearInterval(timer);
      return (stopping ??= leave());
    },
  };
}

function newName(): string {
  return `node-${randomUUID()}`;
}

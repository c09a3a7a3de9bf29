import type { Accepted, Instance, Key } from '#engine';

/** An instance as some commit left it. */
export interface HotInstance {
  readonly instance: Instance;
  /** 0 for a root, 1 for an instance it called … */
  readonly callDepth: number;
}

/**
 * Instances that commands of this process have lately touched, so that the next command need not read them. An instance
 * is never changed once made, so it may be kept; whether it is still the stored one is told by the version that the
 * caller has read under the lock: on PostgreSQL another node may have gone on.
 */
export interface HotInstances {
  /** The instance if it is kept in this very version. */
  get(key: Key, version: number): HotInstance | undefined;
  /** Not when it has ended: nothing is going to ask for it. @param written what is new since it was last kept */
  keep(hot: HotInstance, written: readonly Accepted[]): void;
  drop(key: Key): void;
}

interface Entry extends HotInstance {
  readonly bytes: number;
}

/** A row with its texts and its places in the tables, without its variable values. */
const ROW_BYTES = 400;
const MAX_BYTES = 128 * 1024 * 1024;
const MAX_COUNT = 20_000;

/**
 * @param limits the least recently used leave first. The size of an instance is estimated from what was written of it and
 * only grows while it is kept, so that keeping it costs no walk over it.
 */
export function createHotInstances({ maxBytes = MAX_BYTES, maxCount = MAX_COUNT } = {}): HotInstances {
  const entries = new Map<Key, Entry>();
  let bytes = 0;

  const drop = (key: Key): void => {
    const entry = entries.get(key);
    if (entry === undefined) return;
    bytes -= entry.bytes;
    entries.delete(key);
  };

  return {
    get(key, version) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (entry.instance.header.historyLength !== version) {
        bytes -= entry.bytes;
        return undefined;
      }
      entries.set(key, entry);
      return entry;
    },
    keep({ instance, callDepth }, written) {
      const key = instance.header.processInstanceKey;
      const before = entries.get(key)?.bytes;
      drop(key);
      if (instance.header.state !== 'active') return;
      const size =
        before === undefined ? sizeOf(instance) : before + written.reduce((sum, one) => sum + sizeOfStep(one), 0);
      entries.set(key, { instance, callDepth, bytes: size });
      bytes += size;
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes && entries.size <= maxCount) break;
        drop(oldest);
      }
    },
    drop,
  };
}

function sizeOf(instance: Instance): number {
  const { elements, tokens, loopItems, loopResults, compensations, userTasks, jobs, timers, subscriptions } = instance;
  const tables = [elements, tokens, loopItems, loopResults, compensations, userTasks, jobs, timers, subscriptions];
  let size = tables.reduce((sum, table) => sum + table.size * ROW_BYTES, ROW_BYTES);
  for (const scope of instance.variables.values()) for (const { value } of scope.values()) size += sizeOfValue(value);
  for (const { items } of loopItems.values()) size += sizeOfValue(items);
  for (const { value } of loopResults.values()) size += sizeOfValue(value);
  for (const { snapshot } of compensations.values()) size += sizeOfValue(snapshot);
  return size;
}

function sizeOfStep({ changes, history }: Accepted): number {
  let size = (changes.elements.size + changes.userTasks.size + changes.jobs.size) * ROW_BYTES;
  for (const { event } of history) {
    if (event.kind === 'variableCreated' || event.kind === 'variableUpdated') size += sizeOfValue(event.variable.value);
  }
  for (const items of changes.loopItems.values()) size += sizeOfValue(items?.items ?? null);
  for (const result of changes.loopResults.values()) size += sizeOfValue(result?.value ?? null);
  for (const record of changes.compensations.values()) size += sizeOfValue(record?.snapshot ?? null);
  return size;
}

/** Two bytes a character and some room for each place. */
function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return 64 + value.length * 2;
  if (typeof value !== 'object' || value === null) return 64;
  let size = 64;
  for (const [name, part] of Object.entries(value)) size += name.length * 2 + sizeOfValue(part);
  return size;
}

import { shareNext } from './share-next.ts';

/** Look-ups by key that come at once are one statement; those that come while it is under way are the next one. */
export function lookUpTogether<Key, Value>(
  read: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (key: Key) => Promise<Value | undefined> {
  let wanted = new Set<Key>();
  const next = shareNext(() => {
    const asked = [...wanted];
    wanted = new Set();
    return read(asked);
  });
  return async (key) => {
    wanted.add(key);
    return (await next()).get(key);
  };
}

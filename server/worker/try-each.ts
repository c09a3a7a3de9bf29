import { RightLost } from '../nodes/rights.ts';
import { forEachLimited } from './for-each-limited.ts';

/** Does `work` on every item, at most `limit` at once. One that fails takes none of the others its turn. @returns what failed */
export async function tryEach<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  await forEachLimited(items, limit, async (item) => {
    try {
      await work(item);
    } catch (error) {
      failures.push(error);
    }
  });
  return failures;
}

/**
 * Tells of all that failed at once, when something did. @param expected e.g. «Expected 5 items to be carried out»
 * @throws Error; RightLost when nothing went wrong but that another node has the buckets by now
 */
export function throwFailures(expected: string, failures: readonly unknown[]): void {
  if (failures.length === 0) return;
  const faults = failures.filter((failure) => !(failure instanceof RightLost));
  if (faults.length === 0) throw failures[0];
  const first = (faults[0] as Error | null)?.message ?? String(faults[0]);
  throw new Error(`${expected}, but ${faults.length} failed and will be tried again. The first said: ${first}`, {
    cause: faults[0],
  });
}

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** No test measures how fast a machine is: a busy one is waited for, and only what never comes is given up. */
const PATIENCE_MS = 40_000;
const LOOK_MS = 20;

/** Waits for what comes about by itself a moment later. @param what said when it does not */
export async function until(what: string, met: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !(await met()); await sleep(LOOK_MS)) {
    if (performance.now() > end) throw new Error(`Expected within ${PATIENCE_MS / 1_000} s: ${what}`);
  }
}

/** Waits until what is read is what is expected, and tells the difference when it never is. */
export async function becomes<T>(read: () => T | Promise<T>, expected: T): Promise<void> {
  let last: unknown;
  const isThere = async (): Promise<boolean> => isDeepStrictEqual((last = await read()), expected);
  await until('what is read becomes what is expected', isThere).catch(() => assert.deepEqual(last, expected));
}

const PLACE = Symbol.for('reglament.endings');

/** On the global object: mocha requires the hooks and the tests import, which makes two modules of this file. */
const endings = ((globalThis as Record<symbol, unknown>)[PLACE] ??= []) as (() => Promise<void>)[];

/** Has an ending run once after the last test of the mocha run, the last registered first. */
export function atEnd(ending: () => Promise<void>): void {
  endings.push(ending);
}

/** Called by the root hooks. One ending that fails keeps none of the others from running, and fails the run. */
export async function runEndings(): Promise<void> {
  const outcomes = [];
  for (const ending of endings.splice(0).reverse()) outcomes.push(...(await Promise.allSettled([ending()])));
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  if (failed.length > 0)
    throw new AggregateError(
      failed.map(({ reason }) => reason as unknown),
      'The run did not end cleanly.',
    );
}

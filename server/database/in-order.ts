import type { Executor } from './connect.ts';

/**
 * Statements of one transaction that need nothing of each other's answers, in this order. Where the connection can
 * (PostgreSQL, `pipeline` of `pg`) they are sent without waiting for each answer, so that a batch costs one round trip and
 * not fifteen. After one that failed the server refuses the others, and nothing is committed before all have answered.
 * @throws what the first that failed was told
 */
export async function inOrder({ dialect }: Executor, statements: readonly (() => Promise<unknown>)[]): Promise<void> {
  if (!dialect.pipelines) {
    for (const statement of statements) await statement();
    return;
  }
  // First in time: one that sends a second query may stand before the one that failed, and only hears of the refusal (25P02).
  let failure: { readonly error: unknown } | undefined;
  await Promise.all(statements.map((statement) => statement().catch((error: unknown) => void (failure ??= { error }))));
  if (failure !== undefined) throw failure.error;
}

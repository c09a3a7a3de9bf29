const PLACE = Symbol.for('reglament.sql-violations');

/**
 * Rules of SQL that were broken since the last test; apart from the guard, so that tests without a database do not load it. On
 * the global object, because mocha requires the hooks and the tests import, which makes two modules of this file.
 */
const broken = ((globalThis as Record<symbol, unknown>)[PLACE] ??= new Map<string, string>()) as Map<string, string>;

/** @param rule what it is against @param sql the statement */
export function noteViolation(rule: string, sql: string): void {
  broken.set(`${rule}\n  ${sql.replace(/\s+/g, ' ').slice(0, 400)}`, rule);
}

const PENDING = Symbol.for('reglament.sql-violations.pending');
const pending = ((globalThis as Record<symbol, unknown>)[PENDING] ??= new Set<Promise<void>>()) as Set<Promise<void>>;

/** For a rule that the database must be asked about: the test waits for the answer. */
export function noteWhenDone(looking: Promise<void>): void {
  pending.add(looking);
  void looking.finally(() => pending.delete(looking));
}

/** Fails the test in which, or before which, engine SQL broke a rule of the schema. */
export async function failOnViolations(): Promise<void> {
  await Promise.all(pending);
  if (broken.size === 0) return;
  const found = [...broken.keys()];
  broken.clear();
  throw new Error(
    `Expected SQL that keeps the schema rules (reliability.md §4), but ${found.length} statements do not. Mend them, or add ` +
      `them to the list in server/database/test/sql-exceptions.ts with the reason:\n${found.join('\n')}`,
  );
}

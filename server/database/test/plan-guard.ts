import { createSqliteDatabase, dropSqliteDatabase } from '../../test/sqlite-database.ts';
import { atEnd } from '../../test/at-end.ts';
import { noteViolation, noteWhenDone } from '../../test/sql-violations.ts';
import { connectDatabase, queryRows, readerOf, type Executor } from '../connect.ts';
import { migrate } from '../migrate.ts';
import { MAY_WALK } from './sql-exceptions.ts';

const explained = new Set<string>();
let planner: Promise<Executor> | undefined;

/**
 * Notes a statement for which SQLite would walk a whole bucket. It is explained on an empty schema of our own, where the plan
 * hangs on the fixed statistics alone (ADR 0028), and once a run, whatever number of tests sends it.
 */
export function guardPlan(sql: string): void {
  if (explained.has(sql) || !/^\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b.*\bbucket\b/is.test(sql)) return;
  explained.add(sql);
  if (MAY_WALK.some(({ statement }) => statement.test(sql))) return;
  noteWhenDone(explain(sql));
}

async function explain(sql: string): Promise<void> {
  const executor = await (planner ??= openPlanner());
  // A test may have tables of its own, which are not here.
  const plan = await queryRows<{ detail: string }>(executor, `EXPLAIN QUERY PLAN ${sql}`).catch(() => []);
  if (walksBucket(plan.map(({ detail }) => detail)))
    noteViolation(
      'SQLite walks a whole bucket: give it an index to begin with, or say by CROSS JOIN where to begin',
      sql,
    );
}

export function walksBucket(plan: readonly string[]): boolean {
  return plan.some((step) => /^SEARCH \w+ .*\(bucket=\?\)( LEFT-JOIN)?$/.test(step));
}

async function openPlanner(): Promise<Executor> {
  const file = createSqliteDatabase();
  const database = await connectDatabase({ client: 'sqlite', file });
  atEnd(async () => {
    await database.close();
    dropSqliteDatabase(file);
  });
  await migrate(database);
  return readerOf(database);
}

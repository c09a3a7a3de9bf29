import { queryRows, type Database } from '../../database/connect.ts';
import { inTransaction } from '../../database/transaction.ts';

export interface Statement {
  readonly sql: string;
  readonly bindings: readonly (string | number)[];
}

/** Grows with use: reading all of one of these for one step is the defect that this test looks for. */
const GROWING = [
  'element_instance',
  'variable',
  'user_task',
  'job',
  'timer',
  'message_subscription',
  'signal_subscription',
  'condition_subscription',
  'incident',
  'history_event',
  'token',
  'loop_item',
  'loop_result',
  'compensation_record',
  'process_instance',
  'decision_instance',
  'mail',
  'stored_file',
  'document',
  'user_task_candidate',
  'task_draft',
];

/** What is asked of the database meanwhile. */
export async function recordStatements(database: Database, work: () => Promise<void>): Promise<readonly Statement[]> {
  const seen: Statement[] = [];
  const record = ({ sql, bindings }: Statement): void => {
    if (/^(SELECT|INSERT|UPDATE|DELETE|WITH)/i.test(sql.trim())) seen.push({ sql, bindings });
  };
  const connections = [database.writer, database.reader];
  for (const connection of connections) connection.on('query', record);
  try {
    await work();
  } finally {
    for (const connection of connections) connection.removeListener('query', record);
  }
  return seen;
}

/** Statements that read more of a growing table than they need: all of it, or a whole bucket. */
export async function findScans(database: Database, statements: readonly Statement[]): Promise<string[]> {
  const bad: string[] = [];
  await inTransaction(database, async (tx) => {
    const explain = database.dialect.name === 'postgres' ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
    for (const { sql, bindings } of statements) {
      // The sweep for ended leases reads the open jobs, every few seconds; the lease itself has no index, so that claims are cheap.
      if (sql.includes('AND lease_until <= ')) continue;
      const plan = await queryRows(tx, `${explain} ${sql.replaceAll(/\$\d+/g, '?')}`, bindings);
      for (const row of plan) {
        const line = String(row['QUERY PLAN'] ?? row.detail);
        const scanned =
          /Seq Scan on (\w+)/.exec(line)?.[1] ??
          /^SCAN (\w+)(?! USING)/.exec(line)?.[1] ??
          /^SEARCH (\w+) USING .*\(bucket=\?\)$/.exec(line)?.[1];
        const table = scanned && tableOf(scanned, sql);
        if (table !== undefined && GROWING.includes(table))
          bad.push(`${line} in ${sql.replaceAll(/\s+/g, ' ').slice(0, 300)}`);
      }
    }
  });
  return bad;
}

/** SQLite names the alias. */
function tableOf(name: string, sql: string): string {
  return new RegExp(`(?:FROM|JOIN)\\s+(\\w+)\\s+(?:AS\\s+)?${name}\\b`, 'i').exec(sql)?.[1] ?? name;
}

import { BUCKET_COUNT, keyInBucket, type Key } from '#engine';
import { queryRows, type Database, type Executor } from '../server/database/connect.ts';
import { inTransaction } from '../server/database/transaction.ts';

/** Tables of an instance, without its history: no list reads that, and it is most of the bytes. */
const CLONED = [
  'process_instance',
  'element_instance',
  'variable',
  'user_task',
  'user_task_candidate',
  'timer',
] as const;
/** Keys of what instances share. */
const SHARED = new Set(['process_definition_key', 'deployment_key', 'conversation_key']);
/** Keys that a clone has for itself; an instance of the bench uses fewer. */
const STRIDE = 64;
const LOT = 20_000;
/** A block of keys is about so many instances (`pickBucket`). */
const TOGETHER = 64;

/**
 * Copies a stored instance by set-based SQL, so that a million rows take minutes and not hours. Copies are spread over the
 * buckets; every key moves by the same distance, and times by a second from copy to copy, so that lists have an order.
 */
export async function cloneInstance(
  database: Database,
  { key, copies, firstCopy }: { readonly key: Key; readonly copies: number; readonly firstCopy: number },
): Promise<void> {
  const own = Math.floor(key / keyInBucket(1, 0));
  for (let done = 0; done < copies; done += LOT) {
    await inTransaction(database, async (tx) => {
      for (const table of CLONED) {
        const columns = await columnsOf(tx, table);
        const owner = columns.includes('process_instance_key') ? 'process_instance_key' : 'user_task_key';
        const wanted =
          owner === 'process_instance_key'
            ? `t.process_instance_key = ?`
            : `t.user_task_key IN (SELECT user_task_key FROM user_task WHERE bucket = ${own} AND process_instance_key = ?)`;
        // As the server makes them: those made one after another share a bucket, then it moves on.
        const bucket = `((n / ${TOGETHER}) % ${BUCKET_COUNT})`;
        const nth = `((n / ${TOGETHER * BUCKET_COUNT}) * ${TOGETHER} + n % ${TOGETHER} + 1)`;
        const shift = `(${bucket} - ${own}) * ${keyInBucket(1, 0)} + ${nth} * ${STRIDE} + ${BASE}`;
        const values = columns.map((column) => {
          if (column === 'bucket') return bucket;
          if (column.endsWith('_key') && !SHARED.has(column)) return `t.${column} + ${shift}`;
          return /_at$/.test(column) ? `t.${column} + n * 1000` : `t.${column}`;
        });
        await queryRows(
          tx,
          `WITH RECURSIVE copy (n) AS (
             SELECT CAST(? AS bigint) UNION ALL SELECT n + 1 FROM copy WHERE n + 1 < CAST(? AS bigint))
           INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM copy, ${table} t WHERE t.bucket = ${own} AND ${wanted}`,
          [firstCopy + done, firstCopy + Math.min(done + LOT, copies), key],
        );
      }
    });
  }
}

/** Far above what the server gives out while the bench runs. */
const BASE = 2 ** 32;

async function columnsOf(executor: Executor, table: string): Promise<readonly string[]> {
  const statement =
    executor.dialect.name === 'sqlite'
      ? 'SELECT name FROM pragma_table_info(?)'
      : 'SELECT column_name AS name FROM information_schema.columns WHERE table_name = ?';
  return (await queryRows<{ name: string }>(executor, statement, [table])).map(({ name }) => name);
}

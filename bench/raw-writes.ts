import pg from 'pg';
import type { Database } from '../server/database/connect.ts';

/** A transaction as it was sent: each statement with its parameters. */
type Sent = readonly { readonly text: string; readonly values: readonly unknown[] }[];

/** Tables that only instances fill. */
const FILLED = [
  'process_instance element_instance variable user_task user_task_candidate job timer incident token loop_item loop_result',
  'compensation_record message_subscription signal_subscription condition_subscription history_event outbox command_log',
].flatMap((names) => names.split(' '));

/** Notes the transactions that reach the database until `stop`, in the order of their commits. */
export function recordTransactions({ writer }: Database): { readonly stop: () => readonly Sent[] } {
  const open = new Map<string, { text: string; values: readonly unknown[] }[]>();
  const sent: Sent[] = [];
  const listen = (query: {
    readonly sql: string;
    readonly bindings?: readonly unknown[];
    readonly __knexUid: string;
  }) => {
    const { sql: text, bindings: values = [], __knexUid: connection } = query;
    const statements = /^BEGIN/.test(text) ? [] : (open.get(connection) ?? []);
    statements.push({ text, values });
    open.set(connection, statements);
    if (/^COMMIT/.test(text) && statements.some((one) => one.text.startsWith('INSERT INTO history_event'))) {
      sent.push(statements);
    }
  };
  writer.on('query', listen);
  return {
    stop() {
      writer.removeListener('query', listen);
      return sent;
    },
  };
}

/**
 * The ceiling: the same transactions again by the bare driver on one connection, nothing computed between them. Empties
 * the tables of instances first.
 * @param pipeline as our runner sends them: all statements of a transaction at once, COMMIT when they have answered; else each
 * waits for the answer to the one before
 * @returns seconds
 */
export async function replay(url: string, sent: readonly Sent[], pipeline: boolean): Promise<number> {
  const client = new pg.Client({ connectionString: url, pipeline });
  await client.connect();
  await client.query(`TRUNCATE ${FILLED.join(', ')}`);
  const send = ({ text, values }: Sent[number]): Promise<unknown> =>
    values.length === 0 ? client.query(text) : client.query(text, [...values]);
  const started = performance.now();
  for (const transaction of sent) {
    if (pipeline) {
      await Promise.all(transaction.slice(0, -1).map(send));
      await send(transaction.at(-1)!);
    } else for (const statement of transaction) await send(statement);
  }
  const seconds = (performance.now() - started) / 1e3;
  await client.end();
  return seconds;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Dialect } from './dialects/dialect.ts';
import { openPostgres } from './open-postgres.ts';
import { openSqlite } from './open-sqlite.ts';

export type DatabaseSettings =
  | { readonly client: 'sqlite'; readonly file: string }
  | {
      readonly client: 'postgres';
      readonly url: string;
      /** For databases that only speak PostgreSQL: nothing that they lack is used. */
      readonly distributed?: boolean;
      /** For tests: the share of transactions that fail with a conflict (40001) and must be tried again. */
      readonly conflicts?: number;
    };

/** Open connections. Write only inside `inTransaction`; `reader` is for lists and look-ups outside of one. */
export interface Database {
  readonly dialect: Dialect;
  readonly writer: Knex;
  readonly reader: Knex;
  /** Opens a line to the other nodes; undefined where the database has none, and they look by themselves. */
  readonly openLine?: (onText: (text: string) => void) => Line;
  /** Tests make transactions fail here, as a conflict at COMMIT would. */
  readonly beforeCommit?: () => void;
  /** Tests make the process die here: it has happened, and nobody has been told. */
  readonly afterCommit?: () => void;
  /** Waits for running statements and closes every connection. Safe to call twice. */
  close(): Promise<void>;
}

/** Short texts from node to node, outside of any transaction. They may get lost; whoever waits for one also polls. */
export interface Line {
  send(text: string): void;
  close(): Promise<void>;
}

/** What a statement needs: a connection (pool or transaction) and the dialect it speaks. */
export interface Executor {
  readonly sql: Knex;
  readonly dialect: Dialect;
}

/**
 * Opens the database and checks that it is one we can keep our promises on: SQLite ≥ 3.51.3 (the WAL-reset fix), alone on
 * its file, or a primary PostgreSQL ≥ 15. Tables are made by `migrate`.
 * @throws UnsupportedDatabase, DatabaseInUse
 */
export function connectDatabase(settings: DatabaseSettings): Promise<Database> {
  return settings.client === 'sqlite' ? openSqlite(settings.file) : openPostgres(settings);
}

/** Reads outside of a transaction. */
export function readerOf(database: Database): Executor {
  return { sql: database.reader, dialect: database.dialect };
}

/** What knex does under a raw query; its own way there costs more than SQLite takes for most statements. */
interface Client {
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): Promise<void>;
  query(connection: unknown, query: object): Promise<{ readonly response: unknown }>;
}

const READ_PAUSE_MS = 100;

/**
 * Rows of a raw statement with `?` parameters, as the driver gives them. Outside of a transaction a read whose connection broke, or
 * found none, is done again for a while: whoever only looks hears nothing of a database that restarts.
 */
export async function queryRows<Row = Record<string, unknown>>(
  executor: Executor,
  statement: string,
  parameters: readonly Knex.RawBinding[] = [],
): Promise<readonly Row[]> {
  const { sql, dialect } = executor;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await queryOnce(executor, statement, parameters)) as readonly Row[];
    } catch (error) {
      const again = !sql.isTransaction && dialect.isConnectionLost(error) && /^\s*SELECT\b/i.test(statement);
      if (!again || attempt >= dialect.attempts) throw error;
      await sleep(READ_PAUSE_MS * attempt);
    }
  }
}

async function queryOnce(
  { sql, dialect }: Executor,
  statement: string,
  parameters: readonly Knex.RawBinding[],
): Promise<readonly Record<string, unknown>[]> {
  const client = sql.client as Client;
  const connection = await client.acquireConnection();
  try {
    const { response } = await client.query(connection, { method: 'raw', sql: statement, bindings: [...parameters] });
    return dialect.rowsOf(response);
  } finally {
    await client.releaseConnection(connection);
  }
}

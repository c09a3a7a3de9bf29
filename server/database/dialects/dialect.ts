import type { Knex } from 'knex';
import type { BaseType, TableSpec } from '../table-spec.ts';

/** What differs between the databases. Nothing else in the server asks which one it runs on. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** False where one writer at a time makes the clause needless (SQLite) or unreliable (CockroachDB #121917). */
  readonly supportsSkipLocked: boolean;
  /** One transaction writes at a time, whatever it touches: then the more commands share one, the better. */
  readonly writesOneByOne: boolean;
  /** Several servers may share the database: then each acts for the buckets that it holds a lease of. */
  readonly severalNodes: boolean;
  /** A writing connection takes statements before it has answered the last one, and carries them out in order. */
  readonly pipelines: boolean;
  /** How often a transaction is tried that the database refuses for a reason that passes. */
  readonly attempts: number;
  /** The statement that opens a writing transaction. */
  readonly begin: string;
  /** Ends a SELECT whose rows stay locked until the transaction ends. */
  readonly forUpdate: string;
  /** The same for the rows of one item of FROM only. */
  forUpdateOf(alias: string): string;
  /** Ends a SELECT whose rows nobody may change until the transaction ends, though others may hold them as well. */
  readonly forShare: string;
  /** Ends a SELECT that takes free rows and leaves those that others hold. */
  readonly forUpdateSkipLocked: string;
  /**
   * Follows a table in FROM and makes the planner use this index; nothing where it counts rows by itself. For indexes that come
   * and go with a register: of all others `fixStatistics` tells it enough.
   */
  indexedBy(index: string): string;
  /** The same value, from which the planner looks up no rows; the column itself where it counts rows by itself. */
  onlyChecked(column: string): string;
  /** Reads the server's clock in epoch milliseconds as `now`; null where the database has no clock of its own. */
  readonly clock: string | null;
  columnType(type: BaseType): string;
  /** What follows the closing bracket of CREATE TABLE. `hot` tables are updated often. */
  tableOptions(hot: boolean): string;
  /**
   * A FROM item named `alias` with the columns of `spec`, read from ONE parameter: a JSON array of `count` objects. The
   * count is for the planner: PostgreSQL takes an unknown list for 100 rows and then reads a table of 20,000 as a whole.
   */
  rowsFromJson(spec: Pick<TableSpec, 'columns'>, alias: string, count?: number): string;
  /** A sub-select of whole numbers (or texts) from ONE parameter: a JSON array. For `key IN (…)`. */
  listFromJson(type: 'key' | 'text'): string;
  /** `column` is one of a list that ONE parameter brings, a JSON array; planned as a list and not as a join. */
  isAmong(column: string, type: 'key' | 'text'): string;
  /** The text at `path` inside a JSON column, or NULL. For checks and look-ups by operators, never for the hot path. */
  jsonText(column: string, path: readonly string[]): string;
  /** Follows a text in an index, a comparison or ORDER BY: bytes are compared, so that both databases have one order. */
  readonly binaryOrder: string;
  /** Reads the names of the indexes of a table (its parameter) as `name`. */
  readonly listIndexes: string;
  /** The values of these expressions as one text: a JSON array. */
  jsonArray(expressions: readonly string[]): string;
  /** The rows of a raw answer. */
  rowsOf(answer: unknown): readonly Record<string, unknown>[];
  /** True when the database has surely rolled back and the same work may be tried again. */
  isTransient(error: unknown): boolean;
  /** True when the connection broke: before COMMIT nothing happened, at COMMIT nobody knows. */
  isConnectionLost(error: unknown): boolean;
  isUniqueViolation(error: unknown): boolean;
  /**
   * Tells the planner how the tables look once they have grown, whatever they hold now; nothing where the database counts
   * rows by itself. Part of every start, so that it holds for new indexes, and after an ANALYZE by hand (ADR 0028).
   */
  fixStatistics(sql: Knex): Promise<void>;
  /** Held until the transaction ends, so that two nodes never migrate at once. */
  lockMigrations(sql: Knex): Promise<void>;
}

import type { Executor } from '../connect.ts';
import { queryRows } from '../connect.ts';
import { baseTypeOf, type ColumnType } from '../table-spec.ts';

/**
 * One step of the schema, for both databases. Never changed once released: expand (add nullable or defaulted columns,
 * tables, indexes) → backfill in batches → contract in a later release, so that node N−1 and node N run together.
 */
export interface Migration {
  /** `0012-drafts`: its number and what it adds. Recorded in `schema_migration`. */
  readonly id: string;
  up(schema: SchemaEditor): Promise<void>;
}

export interface TableShape {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly primaryKey: readonly string[];
  /** SQL literals such as `0` or `'{}'`, the same in both databases. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Rows are updated often: PostgreSQL leaves room on the page and vacuums soon. */
  readonly hot?: boolean;
}

export interface IndexShape {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly unique?: boolean;
  /** Condition of a partial index. */
  readonly where?: string;
}

/** Changes of the schema in words that both databases share. Each is idempotent: a second run does nothing. */
export interface SchemaEditor {
  createTable(shape: TableShape): Promise<void>;
  createIndex(shape: IndexShape): Promise<void>;
  addColumn(
    table: string,
    column: { readonly name: string; readonly type: ColumnType; readonly default?: string },
  ): Promise<void>;
  /** Anything else, in SQL that both understand. */
  run(statement: string): Promise<void>;
}

export function createSchemaEditor(tx: Executor): SchemaEditor {
  const { dialect } = tx;
  const run = async (statement: string): Promise<void> => void (await queryRows(tx, statement));
  const column = (name: string, type: ColumnType, fallback?: string): string =>
    `${name} ${dialect.columnType(baseTypeOf(type))}${type.endsWith('?') ? '' : ' NOT NULL'}` +
    (fallback === undefined ? '' : ` DEFAULT ${fallback}`);
  return {
    run,
    createTable({ name, columns, primaryKey, defaults = {}, hot = false }) {
      const lines = Object.entries(columns).map(([id, type]) => column(id, type, defaults[id]));
      return run(
        `CREATE TABLE IF NOT EXISTS ${name} (${lines.join(', ')}, PRIMARY KEY (${primaryKey.join(', ')}))` +
          dialect.tableOptions(hot),
      );
    },
    createIndex({ name, table, columns, unique = false, where }) {
      const condition = where === undefined ? '' : ` WHERE ${where}`;
      return run(
        `CREATE ${unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${name} ON ${table} (${columns.join(', ')})${condition}`,
      );
    },
    async addColumn(table, { name, type, default: fallback }) {
      const present = await tx.sql.schema.hasColumn(table, name);
      if (!present) await run(`ALTER TABLE ${table} ADD COLUMN ${column(name, type, fallback)}`);
    },
  };
}

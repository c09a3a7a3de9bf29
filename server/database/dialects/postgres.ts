import { connectionLost } from '../connection-lost.ts';
import { baseTypeOf, type BaseType } from '../table-spec.ts';
import type { Dialect } from './dialect.ts';

const COLUMN_TYPES: Readonly<Record<BaseType, string>> = {
  key: 'bigint',
  time: 'bigint',
  integer: 'bigint',
  smallint: 'smallint',
  text: 'text',
  json: 'text',
  boolean: 'boolean',
};

/** A number of our own for the one advisory lock that we take. */
const MIGRATION_LOCK = 7_318_207;

/**
 * The limits are SET LOCAL, because behind pgbouncer in transaction mode a session SET is lost; they travel with BEGIN, so
 * they cost no round trip.
 */
export function beginOf(isolation: 'READ COMMITTED' | 'SERIALIZABLE'): string {
  return (
    `BEGIN ISOLATION LEVEL ${isolation}; ` +
    "SET LOCAL synchronous_commit = 'on'; SET LOCAL statement_timeout = '30s'; " +
    "SET LOCAL lock_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '10s'"
  );
}

/** PostgreSQL ≥ 15, READ COMMITTED with row locks. */
export const postgresDialect: Dialect = {
  name: 'postgres',
  supportsSkipLocked: true,
  writesOneByOne: false,
  pipelines: true,
  severalNodes: true,
  attempts: 6,
  begin: beginOf('READ COMMITTED'),
  forUpdate: ' FOR UPDATE',
  forUpdateOf: (alias) => ` FOR UPDATE OF ${alias}`,
  forShare: ' FOR SHARE',
  forUpdateSkipLocked: ' FOR UPDATE SKIP LOCKED',
  indexedBy: () => '',
  onlyChecked: (column) => column,
  clock: 'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now',
  columnType: (type) => COLUMN_TYPES[type],
  // Room on each page lets an update stay on it, and dead rows of a queue are swept at once (reliability.md §4 L1).
  tableOptions: (hot) =>
    hot
      ? ' WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, ' +
        'autovacuum_vacuum_cost_delay = 0)'
      : '',
  rowsFromJson(spec, alias, count) {
    const columns = Object.entries(spec.columns).map(([name, type]) => `${name} ${COLUMN_TYPES[baseTypeOf(type)]}`);
    const limit = count === undefined ? '' : ` LIMIT ${count}`;
    return `(SELECT * FROM jsonb_to_recordset(?::jsonb) AS j(${columns.join(', ')})${limit}) AS ${alias}`;
  },
  listFromJson: (type) => `SELECT value::${COLUMN_TYPES[type]} FROM jsonb_array_elements_text(?::jsonb)`,
  isAmong: (column, type) =>
    `${column} = ANY (ARRAY(SELECT value::${COLUMN_TYPES[type]} FROM jsonb_array_elements_text(?::jsonb)))`,
  jsonText: (column, path) => `(${column}::jsonb #>> '{${path.join(',')}}')`,
  listIndexes: 'SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ?',
  binaryOrder: ' COLLATE "C"',
  jsonArray: (expressions) => `json_build_array(${expressions.join(', ')})::text`,
  rowsOf: (answer) => (answer as { rows: readonly Record<string, unknown>[] }).rows,
  // Serialization failure, deadlock, lock timeout.
  isTransient: (error) => ['40001', '40P01', '55P03'].includes(codeOf(error)),
  isConnectionLost: connectionLost,
  isUniqueViolation: (error) => codeOf(error) === '23505',
  fixStatistics: () => Promise.resolve(),
  async lockMigrations(sql) {
    await sql.raw('SELECT pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
  },
};

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

import { noteViolation } from '../../test/sql-violations.ts';
import type { Database } from '../connect.ts';
import { migrations } from '../migrations/index.ts';
import type { SchemaEditor, TableShape } from '../migrations/schema-editor.ts';
import { guardPlan } from './plan-guard.ts';
import { EXCEPTIONS } from './sql-exceptions.ts';

/** Tables by name with their primary keys, as the migrations make them. */
export type Schema = ReadonlyMap<string, readonly string[]>;

/** What the migrations would make, without a database. */
export async function readSchema(): Promise<Schema> {
  const tables = new Map<string, readonly string[]>();
  const editor: SchemaEditor = {
    createTable: ({ name, primaryKey }: TableShape) => Promise.resolve(void tables.set(name, primaryKey)),
    createIndex: () => Promise.resolve(),
    addColumn: () => Promise.resolve(),
    run: () => Promise.resolve(),
  };
  for (const { up } of migrations) await up(editor);
  return tables;
}

export interface Situation {
  readonly schema: Schema;
  /** Outside of one are lists, which may look into all buckets, and what tests damage by hand. */
  readonly inTransaction: boolean;
  readonly supportsSkipLocked: boolean;
}

/** Words that belong to a dialect, to a session, or to what does not exist in every database of the family. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\b(LISTEN|NOTIFY|pg_notify)\b/i, 'LISTEN and NOTIFY stand in the line between the nodes only'],
  [/\bpg_(try_)?advisory\w*/i, 'advisory locks stand in the dialect only'],
  [
    /\b(nextval|currval|CREATE\s+SEQUENCE|(BIG|SMALL)?SERIAL|GENERATED\s+(ALWAYS|BY))\b/i,
    'keys are made by the application',
  ],
  [
    /\b(now|random|clock_timestamp|gen_random_uuid|uuid_generate_v4)\s*\(|\bCURRENT_(TIMESTAMP|DATE|TIME)\b/i,
    'values come as parameters',
  ],
  [
    /\b(CREATE|ALTER)\s+(TRIGGER|FUNCTION|PROCEDURE)\b|\bLOCK\s+TABLE\b|\b(DEFERRABLE|TEMP|TEMPORARY)\b|\bDECLARE\s+\w+\s+CURSOR\b/i,
    'not every database of the family has it',
  ],
  [/\bSET\s+(?!LOCAL\b)(SESSION\b|TIME\b|search_path\b)/i, 'a session setting is lost behind a pool'],
];

/** The rules that a statement breaks. */
export function rulesBroken(sql: string, { schema, inTransaction, supportsSkipLocked }: Situation): readonly string[] {
  const text = sql.replace(/'[^']*'/g, "''").replace(/\s+/g, ' ');
  const broken = FORBIDDEN.filter(([word]) => word.test(text)).map(([, rule]) => rule);
  if (!supportsSkipLocked && /\bSKIP LOCKED\b/i.test(text)) broken.push('SKIP LOCKED where the dialect has none');
  if (!/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(text)) return broken;
  if ((text.match(/\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/gi) ?? []).length > 1)
    broken.push('one write a statement');
  if (!inTransaction) return broken;
  for (const { table, alias } of referencesIn(text)) {
    if (schema.get(table)?.[0] !== 'bucket') continue;
    const named = alias === table ? String.raw`(?<![.\w])(${table}\.)?bucket\b` : String.raw`\b${alias}\.bucket\b`;
    if (!new RegExp(named, 'i').test(text)) broken.push(`${table} (${alias}) without its bucket`);
  }
  return broken;
}

const NO_ALIAS = new Set(
  'where set on join left right inner cross full order group limit values using indexed for select returning as and union having'.split(
    ' ',
  ),
);

function referencesIn(text: string): readonly { readonly table: string; readonly alias: string }[] {
  return [...text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE) ([a-z_]+)(?: (?:AS )?([a-z_]\w*))?/gi)].map(
    ([, table = '', alias = '']) => ({
      table: table.toLowerCase(),
      alias: alias === '' || NO_ALIAS.has(alias.toLowerCase()) ? table.toLowerCase() : alias,
    }),
  );
}

const schema = await readSchema();

/** Looks at every statement of this database from now on. */
export function guardSql({ writer, reader, dialect }: Database): void {
  const { supportsSkipLocked } = dialect;
  const seen = new Set<string>();
  const look = ({ sql, __knexTxId: transaction }: { readonly sql: string; readonly __knexTxId?: string }): void => {
    const inTransaction = transaction !== undefined;
    if (seen.has(`${inTransaction} ${sql}`)) return;
    seen.add(`${inTransaction} ${sql}`);
    if (dialect.name === 'sqlite') guardPlan(sql);
    const excepted = EXCEPTIONS.some(
      ({ statement, plainOnly = false }) => statement.test(sql) && (supportsSkipLocked || !plainOnly),
    );
    if (excepted) return;
    for (const rule of rulesBroken(sql, { schema, inTransaction, supportsSkipLocked })) noteViolation(rule, sql);
  };
  for (const connections of [writer, reader]) connections.on('query', look);
}

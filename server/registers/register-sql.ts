import { createHash } from 'node:crypto';
import type { Dialect } from '../database/dialects/dialect.ts';

/**
 * The key of a register as it stands in SQL. A parameter would not do: only a condition that is word for word that of a partial
 * index lets the database use it. The reader of definitions lets nothing else through; this is the second lock.
 */
export function registerLiteral(registerKey: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(registerKey)) throw new Error(`Expected the key of a register, got ${registerKey}.`);
  return `'${registerKey}'`;
}

/** What rows are sorted and looked up by; word for word the expression of the index. */
export function sortExpression(dialect: Dialect, field: string): string {
  if (!/^[\p{L}_][\p{L}\d_]*$/u.test(field)) throw new Error(`Expected the name of a field, got ${field}.`);
  return `${dialect.jsonText('sort_values', [field])}${dialect.binaryOrder}`;
}

export function rowKeyOrder(dialect: Dialect): string {
  return `row_key${dialect.binaryOrder}`;
}

/** Of one register and field; short, because PostgreSQL cuts names at 63 bytes. */
export function indexName(registerKey: string, kind: 'sort' | 'unique', field: string): string {
  return `${indexPrefix(registerKey)}${kind}_${hash(field)}`;
}

export function indexPrefix(registerKey: string): string {
  return `register_${hash(registerKey)}_`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

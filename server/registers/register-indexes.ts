import type { RegisterModel } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { indexName, indexPrefix, registerLiteral, rowKeyOrder, sortExpression } from './register-sql.ts';

/** Makes the indexes that a definition declares, and drops those that it no longer does. Idempotent. */
export async function prepareIndexes(tx: Executor, register: RegisterModel): Promise<void> {
  const sorted = register.indexed.map((field) => ({ name: indexName(register.key, 'sort', field), field }));
  const unique = register.unique.map((field) => ({ name: indexName(register.key, 'unique', field), field }));
  const names = [...sorted, ...unique].map(({ name }) => name);
  const present = await queryRows<{ name: string }>(tx, tx.dialect.listIndexes, ['register_row']);
  for (const { name } of present) {
    if (name.startsWith(indexPrefix(register.key)) && !names.includes(name))
      await queryRows(tx, `DROP INDEX IF EXISTS ${name}`);
  }
  const ofRegister = `WHERE register_key = ${registerLiteral(register.key)}`;
  for (const { name, field } of sorted) {
    const columns = `${sortExpression(tx.dialect, field)}, ${rowKeyOrder(tx.dialect)}`;
    await queryRows(tx, `CREATE INDEX IF NOT EXISTS ${name} ON register_row (${columns}) ${ofRegister}`);
  }
  for (const { name, field } of unique) {
    const value = sortExpression(tx.dialect, field);
    // Empty values are not compared with each other.
    const filled = `${ofRegister} AND ${value} <> ''`;
    await queryRows(tx, `CREATE UNIQUE INDEX IF NOT EXISTS ${name} ON register_row (${value}) ${filled}`);
  }
}

import type { Knex } from 'knex';

interface KnexTransaction {
  begin(connection: unknown): Promise<unknown>;
  readonly trxClient: { query(connection: unknown, sql: string): Promise<unknown> };
}

/**
 * Makes every transaction of `knex` open with `statement`: knex itself knows only BEGIN and isolation levels. Unlike
 * knex's own, a failing BEGIN rejects before the work starts. A COMMIT that failed may have left SQLite inside the old
 * transaction; it is rolled back first.
 */
export function beginWith(knex: Knex, statement: string): Knex {
  const client = knex.client as { transaction(...args: unknown[]): KnexTransaction };
  const original = client.transaction;
  client.transaction = function (...args) {
    const transaction = original.apply(this, args);
    transaction.begin = async (connection) => {
      const send = (sql: string): Promise<unknown> => transaction.trxClient.query(connection, sql);
      try {
        await send(statement);
      } catch (error) {
        if (!/within a transaction/.test((error as Error).message)) throw error;
        await send('ROLLBACK');
        await send(statement);
      }
    };
    return transaction;
  };
  return knex;
}

import { queryRows, readerOf, type Database } from '../../database/connect.ts';

/** What a refused request may write: it counts attempts, it knows who asks, and it reserves keys that are never seen. */
const NOT_STATE = /^(?:key_block|key_range|.*attempt.*|user_session|knex_.*|migration.*|sqlite_.*)$/;

/** The number of rows of every table that holds state, by table; two of these are equal when nothing was added or removed. */
export async function countRows(database: Database): Promise<Readonly<Record<string, number>>> {
  const reader = readerOf(database);
  const listing =
    database.dialect.name === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
      : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`;
  const tables = (await queryRows<{ name: string }>(reader, listing))
    .map(({ name }) => name)
    .filter((name) => !NOT_STATE.test(name));
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await queryRows<{ n: number | string }>(reader, `SELECT count(*) AS n FROM "${table}"`);
    counts[table] = Number(row!.n);
  }
  return counts;
}

import { queryRows } from '../../database/connect.ts';
import { MOST_SHOWN, type FsckSite, type Invariant } from '../invariant.ts';

/** The database's own check: `integrity_check` and `foreign_key_check` on SQLite, `amcheck` on PostgreSQL. */
export const databaseIsSound: Invariant = {
  id: 'database-is-sound',
  rule: {
    ru: 'Страницы и индексы базы данных целы (проверяет сама база).',
    en: 'The pages and indexes of the database are whole (checked by the database itself).',
  },
  remedy: {
    ru: 'Остановите сервер, сохраните файлы базы как есть и восстановите последнюю копию (reglament restore). Проверьте диск и память машины.',
    en: 'Stop the server, keep the database files as they are and restore the last backup (reglament restore). Check the disk and the memory of the machine.',
  },
  async *look(site) {
    const found = site.executor.dialect.name === 'sqlite' ? await checkSqlite(site) : await checkPostgres(site);
    for (const text of found) yield { ru: text, en: text };
  },
};

async function checkSqlite({ executor, fast }: FsckSite): Promise<readonly string[]> {
  const check = fast ? 'quick_check' : 'integrity_check';
  const pages = await queryRows<Record<string, string>>(executor, `PRAGMA ${check}(${MOST_SHOWN + 1})`);
  const keys = await queryRows<{ table: string; parent: string }>(executor, 'PRAGMA foreign_key_check');
  return [
    ...pages.flatMap((row) => Object.values(row)).filter((text) => text !== 'ok'),
    ...keys.slice(0, MOST_SHOWN).map(({ table, parent }) => `${table}: a row refers to nothing in ${parent}`),
  ];
}

/**
 * `amcheck` belongs to PostgreSQL but is switched on by an administrator (`CREATE EXTENSION amcheck`); without it, or
 * without the right to run it, there is nothing to ask.
 */
async function checkPostgres({ executor, fast }: FsckSite): Promise<readonly string[]> {
  const [{ able } = { able: false }] = await queryRows<{ able: boolean }>(
    executor,
    `SELECT count(*) > 0 AS able FROM pg_proc
     WHERE proname = 'bt_index_check' AND has_function_privilege(oid, 'EXECUTE')`,
  );
  if (!able) return [];
  const indexes = await queryRows<{ oid: number; name: string }>(
    executor,
    `SELECT c.oid::int8 AS oid, c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE a.amname = 'btree' AND i.indisvalid AND n.nspname = current_schema() ORDER BY c.relname`,
  );
  const broken: string[] = [];
  for (const { oid, name } of indexes) {
    try {
      await queryRows(executor, `SELECT bt_index_check(?::oid, ${!fast})`, [oid]);
    } catch (error) {
      broken.push(`${name}: ${(error as Error).message}`);
    }
  }
  return broken;
}

import type { Dialect } from './dialect.ts';
import { beginOf, postgresDialect } from './postgres.ts';

/**
 * «Distributed mode»: what databases that speak PostgreSQL but are spread over machines (Citus, YugabyteDB, CockroachDB) have in
 * common. SERIALIZABLE, whose conflicts (40001) the application repeats; no SKIP LOCKED, no LISTEN, no advisory locks
 * (reliability.md §4, the table of L2). On plain PostgreSQL it is the daily proof that we need none of them.
 */
export const distributedDialect: Dialect = {
  ...postgresDialect,
  supportsSkipLocked: false,
  attempts: 12,
  begin: beginOf('SERIALIZABLE'),
  // Who takes what another has just taken gets 40001 and looks again.
  forUpdateSkipLocked: '',
  async lockMigrations(sql) {
    try {
      await sql.raw('CREATE TABLE IF NOT EXISTS migration_turn (id smallint PRIMARY KEY, turn bigint NOT NULL)');
      await sql.raw('INSERT INTO migration_turn (id, turn) VALUES (1, 0) ON CONFLICT (id) DO NOTHING');
    } catch (error) {
      // Two nodes make the table at once: the second begins again and finds it.
      const { code } = error as { readonly code?: string };
      if (code === '23505' || code === '42P07') throw Object.assign(new Error('Begin again.'), { code: '40001' });
      throw error;
    }
    // An update and no FOR UPDATE: a second one waits and then fails, so that it begins with what the first has done.
    await sql.raw('UPDATE migration_turn SET turn = turn + 1 WHERE id = 1');
  },
};

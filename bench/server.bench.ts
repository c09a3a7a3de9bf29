import { createPostgresDatabase } from '../server/test/postgres-database.ts';
import { startPostgresServer } from '../server/test/postgres-server.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../server/test/sqlite-database.ts';
import type { ConnectionSettings } from '../server/test/dialects.ts';
import { measureTogether } from './measure-together.ts';
import { writeResults } from './measure.ts';
import { openRoundTrips } from './server-round-trips.ts';

/** Complete user-task round trips, durable as in production: SQLite with synchronous=FULL, PostgreSQL with fsync. */
const MILLISECONDS = Number(process.env['BENCH_MS'] ?? 3_000);
const CONCURRENCIES = [1, 16];
const rows: unknown[] = [];

const file = createSqliteDatabase();
await bench('sqlite', { dialect: 'sqlite', filename: file });
dropSqliteDatabase(file);
const server = await startPostgresServer({ durable: true });
await bench('postgres', { dialect: 'postgres', connectionString: await createPostgresDatabase(server) });
await server.stop();
console.log(`written to ${await writeResults('server', rows)}`);

async function bench(database: string, settings: ConnectionSettings): Promise<void> {
  const trips = await openRoundTrips(settings);
  for (const through of ['runner', 'http'] as const) {
    for (const concurrency of CONCURRENCIES) {
      const what = `start W2 and complete its user task, through the ${through === 'http' ? 'HTTP API' : 'runner'}`;
      const measured = await measureTogether(
        { name: `${database} ${through}`, what, milliseconds: MILLISECONDS, concurrency },
        trips[through],
      );
      const { perSecond, p50, p99 } = measured;
      console.log(
        `${database.padEnd(8)} ${through.padEnd(6)} × ${String(concurrency).padStart(2)}: ${perSecond} round trips/s, p50 ${p50} ms, p99 ${p99} ms`,
      );
      rows.push({ database, through, ...measured });
    }
  }
  await trips.close();
}

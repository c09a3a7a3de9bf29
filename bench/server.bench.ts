import { createPostgresDatabase } from '../server/test/postgres-database.ts';
import { startPostgresServer } from '../server/test/postgres-server.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../server/test/sqlite-database.ts';
import type { ConnectionSettings } from '../server/test/dialects.ts';
import { measureTogether } from './measure-together.ts';
import { measureOverHttp } from './measure-over-http.ts';
import { writeResults, type Measurement } from './measure.ts';
import { recordTransactions, replay } from './raw-writes.ts';
import { openRoundTrips, type RoundTrips } from './server-round-trips.ts';

/** Complete user-task round trips, durable as in production: SQLite with synchronous=FULL, PostgreSQL with fsync. */
const MILLISECONDS = Number(process.env['BENCH_MS'] ?? 3_000);
const CASES = [
  { through: 'step', what: 'complete one user task, through the runner', concurrencies: [1, 16, 200] },
  { through: 'runner', what: 'start W2 and complete its user task, through the runner', concurrencies: [1, 16, 200] },
] as const;
const HTTP_CASES = [
  { load: 'trip', what: 'start W2, find and complete its user task: three requests', concurrencies: [1, 64] },
  { load: 'step', what: 'find and complete one user task: two requests', concurrencies: [1, 64] },
] as const;
const SERVICE_INSTANCES = 500;
const rows: unknown[] = [];

const file = createSqliteDatabase();
await bench('sqlite', { dialect: 'sqlite', filename: file });
dropSqliteDatabase(file);
const server = await startPostgresServer({ durable: true });
const url = await createPostgresDatabase(server);
await bench('postgres', { dialect: 'postgres', connectionString: url });
await server.stop();
console.log(`written to ${await writeResults('server', rows)}`);

async function bench(database: string, settings: ConnectionSettings): Promise<void> {
  const trips = await openRoundTrips(settings);
  if (settings.dialect === 'postgres') await againstTheCeiling(trips, settings.connectionString);
  for (const { through, what, concurrencies } of CASES) {
    for (const concurrency of concurrencies) {
      const name = `${database} ${through}`;
      const options = { name, what, milliseconds: MILLISECONDS, concurrency };
      record({ database, through, ...(await measureTogether(options, trips[through])) });
    }
  }
  for (const { load, what, concurrencies } of HTTP_CASES) {
    for (const concurrency of concurrencies) {
      const options = { name: `${database} http ${load}`, what, milliseconds: MILLISECONDS, concurrency };
      record({ database, through: `http ${load}`, ...(await measureOverHttp(options, trips.http(load))) });
    }
  }
  await trips.services(50);
  const started = performance.now();
  await trips.services(SERVICE_INSTANCES);
  const perSecond = Math.round(SERVICE_INSTANCES / ((performance.now() - started) / 1e3));
  const what = 'instances of five service tasks done by our own worker';
  console.log(`${database} services: ${perSecond} ${what} per second`);
  rows.push({ database, through: 'services', what, perSecond });
  await trips.close();
}

function record(
  row: Measurement & { readonly database: string; readonly through: string; readonly concurrency: number },
) {
  const { name, concurrency, perSecond, perCpuSecond, p50, p99 } = row;
  const at = `${name.padEnd(19)} × ${String(concurrency).padStart(3)}`;
  console.log(`${at}: ${perSecond}/s, ${perCpuSecond} per CPU second, p50 ${p50} ms, p99 ${p99} ms`);
  rows.push(row);
}

/** What share of the speed of the bare writes is left when the commands are computed, too. */
async function againstTheCeiling(trips: RoundTrips, connectionString: string): Promise<void> {
  const concurrency = 200;
  const options = { name: 'postgres ceiling', what: 'start W2 and complete its task', milliseconds: MILLISECONDS };
  // The bare driver has nothing to compile; what a server does in its first seconds (a tenth less) is no measure of it.
  await measureTogether({ ...options, concurrency }, trips.runner);
  const recorded = recordTransactions(trips.database);
  const started = performance.now();
  await measureTogether({ ...options, concurrency }, trips.runner);
  const ours = (performance.now() - started) / 1e3;
  const transactions = recorded.stop();
  for (const pipeline of [false, true]) {
    const raw = await replay(connectionString, transactions, pipeline);
    const share = Math.round((raw / ours) * 100) / 100;
    const how = pipeline ? 'sent as we send them' : 'each sent after the answer to the last';
    console.log(
      `postgres ceiling: the same writes, ${how}: ${raw.toFixed(2)} s, us ${ours.toFixed(2)} s: ${share} of it`,
    );
    rows.push({
      database: 'postgres',
      through: 'ceiling',
      what: `share of the speed of the same writes alone, ${how}`,
      share,
    });
  }
}

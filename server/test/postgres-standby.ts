import { spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { once } from './once.ts';
import { findPostgresBinaries, unprivilegedUser } from './postgres-binaries.ts';
import {
  endPostgres,
  findFreePort,
  launchPostgres,
  startWatchdog,
  waitUntilReady,
  type PostgresServer,
} from './postgres-server.ts';

export interface PostgresStandby {
  readonly url: string;
  /** Makes it the primary server. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

/** A copy of a running server that follows it; from now on no COMMIT of the first is answered before the copy has it on its disk. */
export async function startStandby(primary: PostgresServer): Promise<PostgresStandby> {
  const directory = mkdtempSync(join(tmpdir(), 'reglament-standby-'));
  const { uid, gid } = unprivilegedUser();
  if (uid !== undefined && gid !== undefined) chownSync(directory, uid, gid);
  const binaries = await findPostgresBinaries(directory);
  const dataDirectory = join(directory, 'cluster');
  await copyCluster(primary, dataDirectory);
  const port = await findFreePort();
  const logPath = join(directory, 'server.log');
  const server = launchPostgres(binaries, dataDirectory, logPath, port, { durable: true });
  const watchdog = startWatchdog(server, directory);
  const url = new URL(primary.url);
  url.port = String(port);
  await waitUntilReady(url.href, server, logPath);
  await query(primary.url, "ALTER SYSTEM SET synchronous_standby_names = '*'");
  await query(primary.url, 'SELECT pg_reload_conf()');
  for (const end = Date.now() + 10_000; ; await sleep(50)) {
    const [row] = await query(primary.url, 'SELECT sync_state FROM pg_stat_replication');
    if (row?.['sync_state'] === 'sync') break;
    if (Date.now() > end) throw new Error('Expected the standby to follow within 10 s.');
  }
  return {
    url: url.href,
    async promote() {
      await query(url.href, 'SELECT pg_promote(true, 20)');
    },
    stop: once(async () => {
      await endPostgres(server);
      watchdog.stdin?.end('stopped');
      rmSync(directory, { recursive: true, force: true });
    }),
  };
}

/** What pg_basebackup would do, which the npm package does not bring. */
async function copyCluster(primary: PostgresServer, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: primary.url });
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('copy', true)");
    const copied = spawnSync('cp', ['-a', primary.dataDirectory!, to]);
    // Files that go while it copies are told with 1; the log of the backup makes good for them.
    if (copied.error !== undefined) throw copied.error;
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    rmSync(join(to, 'postmaster.pid'), { force: true });
    writeFileSync(join(to, 'backup_label'), rows[0]!.labelfile);
    writeFileSync(join(to, 'standby.signal'), '');
    const { hostname, port, username, password } = new URL(primary.url);
    appendFileSync(
      join(to, 'postgresql.auto.conf'),
      `primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${password} application_name=standby'\n`,
    );
    const { uid, gid } = unprivilegedUser();
    if (uid !== undefined && gid !== undefined) spawnSync('chown', ['-R', `${uid}:${gid}`, to]);
  } finally {
    await client.end();
  }
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { atEnd } from './at-end.ts';
import { once } from './once.ts';
import { findPostgresBinaries, unprivilegedUser, type PostgresBinaries } from './postgres-binaries.ts';

const START_TIMEOUT_MS = 40_000;
const STOP_TIMEOUT_MS = 10_000;
/**
 * Below those that the system gives out by itself (from 32768 on Linux): between the probe and the start, or while a killed server
 * begins again, one of the thousands of connections of other tests could be given the port.
 */
const PORTS = { from: 15_000, to: 32_000 } as const;
const WATCHDOG = fileURLToPath(new URL('./postgres-watchdog.mjs', import.meta.url));

/** A running PostgreSQL of the tests. `pid` and `dataDirectory` are absent for a server given by its URL. */
export interface PostgresServer {
  /** `postgres://…` of the maintenance database; its user may create databases. */
  readonly url: string;
  readonly pid?: number;
  readonly dataDirectory?: string;
  /** Kills it with -9 in the middle of whatever it does, and starts it again in its files; absent for one given by its URL. */
  readonly crash?: () => Promise<void>;
  /** Stops the server and removes its files. Safe to call twice; does nothing to a server given by its URL. */
  readonly stop: () => Promise<void>;
}

export interface PostgresServerOptions {
  /** True keeps fsync and full_page_writes on, for crash tests and benchmarks. Default false: tests run 2–3 times faster. */
  readonly durable?: boolean;
  /** Further settings for the command line, e.g. `{ max_connections: 200 }`. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/**
 * Starts a throw-away PostgreSQL 18 on a free loopback port (init ≈ 1.5 s, start ≈ 0.1 s).
 * Sorts Russian as people do: an ICU locale, because the C locale puts ё after я.
 * Should this process die without `stop`, a watchdog ends the server and removes its files.
 */
export async function startPostgresServer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), 'reglament-pg-'));
  try {
    const { uid, gid } = unprivilegedUser();
    if (uid !== undefined && gid !== undefined) chownSync(directory, uid, gid);
    const binaries = await findPostgresBinaries(directory);
    const password = crypto.randomUUID();
    const dataDirectory = initialise(directory, binaries, password);
    const port = await findFreePort();
    const logPath = join(directory, 'server.log');
    const begin = (): ChildProcess => launchPostgres(binaries, dataDirectory, logPath, port, options);
    let server = begin();
    let watchdog = startWatchdog(server, directory);
    const url = `postgres://reglament:${password}@127.0.0.1:${port}/postgres`;
    const stop = once(async () => {
      await endPostgres(server);
      watchdog.stdin?.end('stopped');
      rmSync(directory, { recursive: true, force: true });
    });
    const crash = async (): Promise<void> => {
      const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
      server.kill('SIGKILL');
      await gone;
      watchdog.stdin?.end('stopped');
      for (const deadline = Date.now() + START_TIMEOUT_MS; ;) {
        server = begin();
        try {
          await waitUntilReady(url, server, logPath);
          break;
        } catch (error) {
          // Its backends may not have noticed yet that it is dead; as long as one lives, the files are not given to another.
          if (Date.now() > deadline) throw error;
          await sleep(50);
        }
      }
      watchdog = startWatchdog(server, directory);
    };
    try {
      await waitUntilReady(url, server, logPath);
    } catch (error) {
      await stop();
      throw error;
    }
    return { url, pid: server.pid!, dataDirectory, stop, crash };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

let shared: Promise<PostgresServer> | undefined;

/** The one server of this mocha run, started at first use; `REGLAMENT_TEST_PG_URL` names another in its place. */
export function sharedPostgresServer(): Promise<PostgresServer> {
  shared ??= openShared();
  return shared;
}

async function openShared(): Promise<PostgresServer> {
  const given = process.env.REGLAMENT_TEST_PG_URL;
  if (given) return { url: given, stop: () => Promise.resolve() };
  const server = await startPostgresServer();
  atEnd(server.stop);
  return server;
}

function initialise(directory: string, binaries: PostgresBinaries, password: string): string {
  const passwordPath = join(directory, 'password');
  const dataDirectory = join(directory, 'cluster');
  writeFileSync(passwordPath, password, { mode: 0o644 });
  const result = spawnSync(
    binaries.initdb,
    ['-D', dataDirectory, '-U', 'reglament', '-A', 'scram-sha-256', `--pwfile=${passwordPath}`, '-E', 'UTF8'].concat([
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=ru-RU',
      '--data-checksums',
      '--no-sync',
    ]),
    { ...unprivilegedUser(), cwd: directory, encoding: 'utf8' },
  );
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
  return dataDirectory;
}

/** @param dataDirectory of a cluster that exists */
export function launchPostgres(
  binaries: PostgresBinaries,
  dataDirectory: string,
  logPath: string,
  port: number,
  { durable = false, settings = {} }: PostgresServerOptions,
): ChildProcess {
  const all = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logPath, 'a');
  const server = spawn(binaries.postgres, ['-D', dataDirectory, ...args], {
    ...unprivilegedUser(),
    cwd: dataDirectory,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  server.unref();
  return server;
}

export function startWatchdog(server: ChildProcess, directory: string): ChildProcess {
  const watchdog = spawn(process.execPath, [WATCHDOG, String(server.pid), directory], {
    detached: true, // Ctrl+C reaches our whole process group; the watchdog must outlive it.
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  (watchdog.stdin as unknown as { unref(): void }).unref();
  return watchdog;
}

export async function waitUntilReady(url: string, server: ChildProcess, logPath: string): Promise<void> {
  let launchError: Error | undefined;
  server.once('error', (error) => (launchError = error));
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(25)) {
    if (launchError !== undefined || server.exitCode !== null) break;
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch {
      // Not listening yet, or still starting up.
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error(`PostgreSQL did not start: ${launchError?.message ?? readFileSync(logPath, 'utf8').slice(-2000)}`);
}

/** Fast shutdown (SIGINT), and an immediate one (SIGQUIT) when a backend hangs. */
export async function endPostgres(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill('SIGINT');
  const impatience = setTimeout(() => server.kill('SIGQUIT'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(impatience);
}

export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

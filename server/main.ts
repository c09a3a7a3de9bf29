import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import { createApp } from './app.ts';
import { runCommand } from './command-line.ts';
import { readConfig, type Config } from './config.ts';
import { connectDatabase } from './database/connect.ts';
import { migrate } from './database/migrate.ts';
import { watchDisk } from './disk/disk-space.ts';
import { closeServer, createHttpServer, listen } from './http/http-server.ts';
import { watchInbox } from './intake/watch-inbox.ts';
import { deployPacks } from './packs/deploy-packs.ts';
import { packsFolder, readPackRows } from './packs/read-pack.ts';
import { createSharedClock } from './runtime/clock.ts';
import { createPinnableClock } from './runtime/pinnable-clock.ts';
import { traceOfLog } from './telemetry/in-span.ts';
import { startTracing } from './telemetry/start-tracing.ts';
import { addDemoUsers, demoLoginTable, type DemoLogin } from './users/demo-users.ts';
import { STANDARD_GROUPS } from './users/standard-groups.ts';
import { createUsers, type Users } from './users/users.ts';

/** Files that nothing refers to are looked for this often; they wait a week anyway. */
const SWEEP_MS = 60 * 60_000;

/** Starts everything in the order in which each part needs the one before, and gives back how to stop it. */
async function start(config: Config): Promise<() => Promise<void>> {
  // People read stdout; the log goes to stderr as one JSON object a line.
  const redact = ['*.password', '*.authorization'];
  const logger = pino({ level: config.logLevel, redact, mixin: traceOfLog }, destination(2));
  const root = packsFolder();
  const stopTracing = await startTracing({ env: process.env, version: versionOf(root) });
  mkdirSync(config.dataFolder, { recursive: true });
  const database = await connectDatabase(config.database);
  await migrate(database);
  const clock = await createSharedClock(database);
  const logins = await prepareUsers(config, createUsers({ database, now: () => clock.now() }));
  let accepting = true;
  const disk = await watchDisk({
    folder: config.dataFolder,
    ballast: config.database.client === 'sqlite',
    onChange: (low, free) =>
      logger[low ? 'error' : 'info']({ free }, low ? 'disk low: intake stopped' : 'disk: intake goes on'),
  });
  const app = await createApp({
    config,
    database,
    clock: config.testMode ? createPinnableClock(clock) : clock,
    logger,
    version: versionOf(root),
    demo: existsSync(demoMarker(config)),
    designerFolder: join(root, 'dist', 'designer'),
    accepting: () => accepting,
    disk,
  });
  await deployPacks(app.deployments);
  if (existsSync(demoMarker(config))) await app.loadDemoRows(await readPackRows('service-base'));

  const server = createHttpServer(app.http);
  const port = await listen(server, { port: config.port, host: config.host });
  app.worker.start();
  const inboxFolder = join(config.dataFolder, 'inbox');
  const inbox = await watchInbox({
    folder: inboxFolder,
    intake: app.intake,
    logger,
    isOurs: () => app.node.isIts('inbox'),
  });
  const sweeper = setInterval(() => {
    if (!app.node.isIts('file-sweep')) return;
    for (const store of [app.files, app.uploads, app.nobodysUploads, app.apiFiles, app.submissions]) {
      store.sweep().catch((err: unknown) => logger.error({ err }, 'sweep'));
    }
  }, SWEEP_MS).unref();

  const address =
    config.publicUrl?.href ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/`;
  const lines = [`Регламент работает / Reglament is running: ${address}`, `Папка для писем / inbox: ${inboxFolder}`];
  if (logins.length > 0) {
    const samples = join(root, 'processes', 'claim-intake', 'demo');
    lines.push('', demoLoginTable(logins), '', `Примеры писем / sample mails: cp ${samples}/*.eml ${inboxFolder}/`);
    lines.push(`Форма без входа / form without sign-in: ${address}start/repair-request`, '');
  }
  process.stdout.write(`${lines.join('\n')}\n`);

  return async () => {
    accepting = false;
    clearInterval(sweeper);
    disk.stop();
    await inbox.stop();
    await closeServer(server);
    await app.close();
    clock.stop();
    await database.close();
    await stopTracing();
  };
}

/** @returns the demonstration logins when they were made just now */
async function prepareUsers(config: Config, users: Users): Promise<readonly DemoLogin[]> {
  await users.addGroups(STANDARD_GROUPS);
  // A fresh SQLite folder is somebody trying the product out; a PostgreSQL server is not, unless they say so.
  const wanted = config.demo === 'on' || (config.demo === 'auto' && config.database.client === 'sqlite');
  const logins = wanted ? await addDemoUsers(users) : [];
  if (logins.length > 0) writeFileSync(demoMarker(config), 'This installation began with demonstration accounts.\n');
  return logins;
}

/** Remembers that demonstration accounts were made here, so that the sign-in screen may speak of them. */
function demoMarker(config: Config): string {
  return join(config.dataFolder, 'demo');
}

function versionOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

const [verb, ...rest] = process.argv.slice(2);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

try {
  const code = await runCommand({ verb, args: rest, env: process.env, print });
  if (code !== null) process.exit(code);
  const started = start(readConfig(process.env, process.argv.slice(2)));
  let stopping = false;
  // Before it has started: whoever has just read its address may already ask it to stop.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A second signal is a person who does not want to wait.
      if (stopping) process.exit(1);
      stopping = true;
      void started
        .then((stop) => stop())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    });
  }
  await started;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

// npm run start:nodes [-- --nodes 3 --port 8080]: a throw-away PostgreSQL, three servers on it and a plain reverse proxy, on this
// machine, to see how an installation of several nodes behaves (docs/guide/scaling.md). Ctrl+C ends all of it and removes what it stored.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgresServer } from '../server/test/postgres-server.ts';
import { buildProduct } from './build-product.mjs';
import { ROOT } from './list-files.mjs';
import { startProxy } from './reverse-proxy.mjs';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '3' },
    port: { type: 'string', default: process.env.REGLAMENT_PORT || process.env.PORT || '8080' },
  },
});
const count = Number(values.nodes);
if (!Number.isInteger(count) || count < 1 || count > 9) {
  throw new Error(`Expected --nodes to be a whole number from 1 to 9, but it is "${values.nodes}".`);
}

/** What was started, in its order; it is ended the other way round. @type {(() => Promise<void>)[]} */
const endings = [];
let ending;
const end = () =>
  (ending ??= (async () => {
    for (const stop of endings.reverse()) await stop();
  })());
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end().then(() => process.exit(0)));

try {
  if (!(await buildProduct())) process.exit(1);
  // One folder for all: files, inbox and outbox belong to the installation and not to a node.
  const data = mkdtempSync(join(tmpdir(), 'reglament-nodes-'));
  endings.push(async () => rmSync(data, { recursive: true, force: true }));
  const postgres = await startPostgresServer({ durable: true });
  endings.push(postgres.stop);

  const nodes = [];
  for (let number = 1; number <= count; number += 1) {
    // The first makes the demonstration accounts; passwords are shown once.
    const node = await startNode({ number, data, url: postgres.url, demo: number === 1 });
    endings.push(node.stop);
    nodes.push(node);
  }
  const proxy = await startProxy({ port: Number(values.port), targets: nodes.map(({ url }) => url) });
  endings.push(proxy.stop);

  const logins = /^Учётные записи[\s\S]*?(?=\n\n)/m.exec(nodes[0].output())?.[0] ?? '';
  console.log(
    [
      '',
      `Регламент работает на ${count} узлах / Reglament is running on ${count} nodes: ${proxy.url}/`,
      ...nodes.map(({ number, url, pid }) => `  узел / node ${number}: ${url}  pid ${pid}`),
      `Папка для писем / inbox: ${join(data, 'inbox')}`,
      '',
      logins,
      '',
      'Ctrl+C останавливает всё / stops all of it.',
    ].join('\n'),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await end();
  process.exit(1);
}

/** Starts a server on a free port and waits until it says where it is. */
async function startNode({ number, data, url, demo }) {
  const child = spawn(process.execPath, ['--disable-proto=delete', `${ROOT}dist/server/main.js`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl+C reaches this script, which stops the nodes in their order.
    detached: true,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      REGLAMENT_DATABASE_URL: url,
      REGLAMENT_DATA: data,
      REGLAMENT_PORT: '0',
      REGLAMENT_DEMO: demo ? 'on' : 'off',
      REGLAMENT_TRUSTED_PROXIES: '1',
      REGLAMENT_LOG_LEVEL: process.env.REGLAMENT_LOG_LEVEL || 'warn',
    },
  });
  let output = '';
  child.stdout.on('data', (part) => (output += part));
  child.stderr.on('data', (part) => process.stderr.write(`[${number}] ${part}`));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let stopping = false;
  void gone.then(() => stopping || console.log(`узел / node ${number}: остановлен / gone`));
  const stop = async () => {
    stopping = true;
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await gone;
  };
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /is running: (http:\S+?)\/\n/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    void gone.then(() => reject(new Error(`Expected node ${number} to start, but it ended:\n${output}`)));
  });
  return { number, url: address, pid: child.pid, output: () => output, stop };
}

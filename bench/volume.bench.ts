import { queryRows, readerOf, type Database } from '../server/database/connect.ts';
import { startApp, type PersonName, type TestApp } from '../server/http/test/start-app.ts';
import { bpmn, sequence, timer, userTask } from '../server/runtime/test/bpmn.ts';
import type { ConnectionSettings } from '../server/test/dialects.ts';
import { createPostgresDatabase } from '../server/test/postgres-database.ts';
import { startPostgresServer } from '../server/test/postgres-server.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../server/test/sqlite-database.ts';
import { cloneInstance } from './clone-instances.ts';
import { measure, writeResults } from './measure.ts';
import { measureDrain } from './measure-drain.ts';

/** Smaller volumes for a quick look: VOLUME_FINISHED, VOLUME_RUNNING, VOLUME_TIMERS; VOLUME_ONLY=sqlite or postgres. */
const volume = (name: string, otherwise: number): number => Number(process.env[`VOLUME_${name}`] ?? otherwise);
const FINISHED = volume('FINISHED', 1_000_000);
const RUNNING = volume('RUNNING', 100_000);
const TIMERS = volume('TIMERS', 100_000);
const MILLISECONDS = Number(process.env['BENCH_MS'] ?? 3_000);
const ONLY = process.env['VOLUME_ONLY'];

/** Goal: 100 ms at p99. */
const PAGES: readonly {
  readonly who: PersonName;
  readonly what: string;
  readonly request: string;
  readonly body?: object;
}[] = [
  { who: 'dispatcher', what: 'work list, tab of the group', request: 'GET /api/tasks?tab=group' },
  { who: 'dispatcher', what: 'work list, own tasks', request: 'GET /api/tasks?tab=mine' },
  { who: 'analyst', what: 'work list, all tasks', request: 'GET /api/tasks?tab=all' },
  { who: 'analyst', what: 'cases', request: 'GET /api/cases' },
  {
    who: 'analyst',
    what: 'user tasks (Camunda 8)',
    request: 'POST /v2/user-tasks/search',
    body: { filter: { state: 'CREATED' } },
  },
  {
    who: 'analyst',
    what: 'process instances, latest first (Camunda 8)',
    request: 'POST /v2/process-instances/search',
    body: { sort: [{ field: 'startDate', order: 'DESC' }] },
  },
];
const rows: unknown[] = [];

if (ONLY !== 'postgres') {
  const file = createSqliteDatabase();
  await bench('sqlite', { dialect: 'sqlite', filename: file });
  dropSqliteDatabase(file);
}
if (ONLY !== 'sqlite') {
  const server = await startPostgresServer({ durable: true });
  await bench('postgres', { dialect: 'postgres', connectionString: await createPostgresDatabase(server) });
  await server.stop();
}
if (process.env['VOLUME_WRITE'] !== '0') console.log(`written to ${await writeResults('volume', rows)}`);

async function bench(database: string, settings: ConnectionSettings): Promise<void> {
  const test = await startApp(settings, { checkAtEnd: false });
  await fill(test);
  for (const { who, what, request, body } of PAGES) {
    const once = async (): Promise<void> => {
      const { status, body: answer } = await test.call(who, request, body);
      if (status !== 200) throw new Error(`${request}: ${status} ${JSON.stringify(answer)}`);
    };
    const { perSecond, p50, p99, runs } = await measure({ name: what, what, milliseconds: MILLISECONDS }, once);
    console.log(`${database} ${what}: p50 ${p50} ms, p99 ${p99} ms`);
    rows.push({ database, what, request, finished: FINISHED, running: RUNNING, runs, perSecond, p50, p99 });
  }
  const drain = await measureDrain(test, TIMERS);
  console.log(
    `${database} ${TIMERS} overdue timers: ${drain.seconds} s, requests meanwhile p50 ${drain.p50} ms, p99 ${drain.p99} ms`,
  );
  rows.push({ database, what: 'overdue timers drained at the start', timers: TIMERS, ...drain });
  await test.close();
}

/** One finished case, some kinds of running ones and one that waits for a timer, each made by the server and then copied. */
async function fill(test: TestApp): Promise<void> {
  const { database } = test;
  const started = performance.now();
  const group = (name: string) => `<zeebe:assignmentDefinition candidateGroups="${name}" />`;
  const kinds = ['dispatchers', 'warehouse', 'logistics', 'production'];
  const deployed = new Map<string, number>();
  for (const kind of kinds) {
    const content = bpmn(`volume-${kind}`, sequence(userTask('ask', group(kind))));
    const resources = [{ name: `${kind}.bpmn`, content }];
    deployed.set(kind, (await test.app.deployments.deploy({ resources, by: 'analyst' })).definitions[0]!.definitionKey);
  }
  const start = async (processDefinitionKey: number): Promise<number> =>
    (await test.app.runner.start({ processDefinitionKey, variables: { amount: 100, text: 'насос' }, by: 'analyst' }))
      .processInstanceKey;
  let firstCopy = 0;
  const copy = async (key: number, copies: number): Promise<void> => {
    await cloneInstance(database, { key, copies, firstCopy });
    firstCopy += copies;
  };
  const finished = await start(deployed.get('dispatchers')!);
  await test.app.runner.run({
    processInstanceKey: finished,
    by: 'dispatcher',
    build: ({ instance }) => ({
      kind: 'completeUserTask',
      userTaskKey: [...instance.userTasks.keys()][0]!,
      variables: {},
    }),
  });
  await copy(finished, FINISHED);
  for (const kind of kinds) await copy(await start(deployed.get(kind)!), Math.floor(RUNNING / kinds.length));
  const content = bpmn('volume-timer', sequence(timer('wait', 'PT1H'), userTask('after')));
  const resources = [{ name: 'timer.bpmn', content }];
  const timerKey = (await test.app.deployments.deploy({ resources, by: 'analyst' })).definitions[0]!.definitionKey;
  await copy(await start(timerKey), TIMERS);
  await settleStatistics(database);
  const [row] = await queryRows<{ n: number }>(readerOf(database), 'SELECT count(*) AS n FROM process_instance');
  console.log(`${database.dialect.name}: ${row!.n} instances in ${Math.round((performance.now() - started) / 1e3)} s`);
}

/** What autovacuum does in its time, else it begins amid the pages; SQLite goes without, as it does in production. */
async function settleStatistics({ dialect, writer }: Database): Promise<void> {
  if (dialect.name === 'postgres') await writer.raw('VACUUM (ANALYZE)');
}

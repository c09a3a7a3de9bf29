/** How a test of `reliability.md` §2 is run at its full volume: a program of its own, so that one that dies ends no other. */
export interface ReliabilityTest {
  readonly id: string;
  /** In the words of the table, with the full volume. */
  readonly what: string;
  /** Arguments of Node. */
  readonly args: (seed: number) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const SOURCE = ['--import', 'tsx', '--conditions=source'];
const MOCHA = ['node_modules/mocha/bin/mocha.js'];
const R = 'server/test/reliability';
const mocha =
  (...files: readonly string[]) =>
  () => [...MOCHA, ...files];
const only = (grep: string, file: string) => () => [...MOCHA, file, '--grep', grep];

export const RELIABILITY_TESTS: readonly ReliabilityTest[] = [
  {
    id: 'R1',
    what: '20,000 random models × 5 random schedules in memory; R2 after every step of them: state from history = state',
    args: (seed) => [...SOURCE, 'engine/test/random/soak.ts', '20000', String(seed)],
  },
  {
    id: 'R2',
    what: 'state from rows = state, after every step of the scenarios, on both databases',
    args: mocha('server/runtime/scenario-rows.db.test.ts'),
  },
  {
    id: 'R3',
    what: '300 drawn models, the process dies before and behind every commit',
    args: only('dies before or behind', `${R}/crash-points.db.test.ts`),
  },
  {
    id: 'R4',
    what: '100 drawn models, an error of the database at every statement',
    args: only('an error of the database', `${R}/crash-points.db.test.ts`),
  },
  {
    id: 'R5',
    what: '5,000 drawn orders of two nodes, late workers, take-overs and clock jumps',
    args: mocha(`${R}/interleavings.db.test.ts`),
  },
  {
    id: 'R6',
    what: 'the whole database suite in distributed mode, one of ten transactions failing with 40001',
    args: mocha('server/**/*.db.test.ts'),
    env: { DIALECTS: 'distributed' },
  },
  {
    id: 'R7',
    what: '200 × kill -9 of the server under load, SQLite',
    args: mocha('server/test/kill-nine.e2e.test.ts'),
  },
  { id: 'R8', what: '1,000 tears of the write-ahead log', args: only('tears', `${R}/sqlite-file.db.test.ts`) },
  { id: 'R9', what: 'fsync by strace, 200 commits', args: only('told to the disk', `${R}/sqlite-file.db.test.ts`) },
  { id: 'R10', what: 'a real disk (tmpfs) fills up under a server', args: mocha(`${R}/disk-full.soak.ts`) },
  {
    id: 'R11',
    what: '15 × kill -9 of PostgreSQL under two servers',
    args: only('when it is killed', `${R}/postgres-crash.soak.ts`),
  },
  {
    id: 'R12',
    what: 'PostgreSQL fails over to a synchronous standby under load',
    args: mocha(`${R}/failover.soak.ts`),
  },
  {
    id: 'R13',
    what: '200 connections reset in the middle of COMMIT',
    args: only('carries out each of', 'server/http/lost-connection.e2e.test.ts'),
  },
  { id: 'R14', what: 'two servers race for 20,000 jobs', args: mocha(`${R}/race.soak.ts`) },
  {
    id: 'R15',
    what: '20,000 schedules in 25 zones, 2020–2035',
    args: mocha('engine/time/next-due.property.test.ts'),
    env: { RUNS: '20000' },
  },
  {
    id: 'R16',
    what: '100,000 overdue timers at the start of a server that people use, on both databases',
    args: () => [...SOURCE, 'bench/volume.bench.ts'],
    env: { VOLUME_FINISHED: '1000', VOLUME_RUNNING: '1000', VOLUME_WRITE: '0', BENCH_MS: '500' },
  },
  { id: 'R17', what: '5,000 writes, each sent one to five times', args: mocha(`${R}/duplicates.e2e.test.ts`) },
  { id: 'R18', what: '50 of each kind of poison beside good work', args: mocha(`${R}/poison.e2e.test.ts`) },
  {
    id: 'R20',
    what: '5 minutes of 150 instances a second, 45 KB of variables, SQLite',
    args: mocha(`${R}/load.soak.ts`),
  },
  {
    id: 'R22',
    what: 'two servers on PostgreSQL restarted one after the other under load',
    args: only('restarted one after', `${R}/postgres-crash.soak.ts`),
  },
  { id: 'R24', what: 'backup under load, restore, on with the work', args: mocha('server/backup/backup.e2e.test.ts') },
];

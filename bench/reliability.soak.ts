// npm run soak:reliability [-- R1 R2 …]   The tests of reliability.md §2 at their full volume, one after another; all when none is named.
// SEED=… repeats a run. RELIABILITY_SCALE=0.1 does a tenth. Each result goes to bench/results/reliability-<date>.json when it is there.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeResults } from './measure.ts';
import { RELIABILITY_TESTS, type ReliabilityTest } from './reliability-tests.ts';

const ROOT = join(import.meta.dirname, '..');
const TAIL = 4_000;
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const scale = process.env['RELIABILITY_SCALE'] ?? '1';

interface Result {
  readonly id: string;
  readonly what: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly seed: number;
  /** Of the full volume. */
  readonly scale: number;
  readonly at: string;
  readonly measured: readonly object[];
  /** The end of what it printed, when it failed. */
  readonly output?: string;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !RELIABILITY_TESTS.some((test) => test.id === id));
if (unknown.length > 0) {
  throw new Error(
    `Expected tests among ${RELIABILITY_TESTS.map(({ id }) => id).join(', ')}, but got ${unknown.join(', ')}.`,
  );
}
for (const test of RELIABILITY_TESTS) {
  if (wanted.length > 0 && !wanted.includes(test.id)) continue;
  console.log(`${test.id}: ${test.what} (seed ${seed}, × ${scale})`);
  const result = await run(test);
  const { passed, seconds, measured, output } = result;
  console.log(
    `  ${passed ? 'passed' : 'FAILED'} in ${seconds} s${measured.map((one) => `\n  ${JSON.stringify(one)}`).join('')}`,
  );
  if (output !== undefined) console.log(output);
  console.log(`  written to ${await writeResults('reliability', [...earlier(test.id), result].sort(byNumber))}`);
  if (!passed) process.exitCode = 1;
}

async function run({ id, what, args, env }: ReliabilityTest): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'reglament-soak-'));
  const notes = join(folder, 'notes');
  const began = performance.now();
  const child = spawn(process.execPath, args(seed), {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      RELIABILITY: 'full',
      RELIABILITY_SCALE: scale,
      RELIABILITY_NOTES: notes,
      SEED: String(seed),
      ...env,
    },
  });
  let output = '';
  const listen = (part: Buffer): void => {
    output = (output + part.toString()).slice(-20_000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines = existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [];
  rmSync(folder, { recursive: true });
  // What writes no notes says in its last lines what it did.
  const said = output.trim().split('\n').slice(-20);
  const measured = lines.length > 0 ? lines.map((line) => JSON.parse(line) as object) : [{ said: said.slice(-6) }];
  const passed = code === 0;
  return {
    ...{ id, what, passed, seconds: Math.round((performance.now() - began) / 100) / 10, seed },
    ...{ scale: Number(scale), at: new Date().toISOString(), measured },
    ...(passed ? {} : { output: output.slice(-TAIL) }),
  };
}

/** Results of the same day stay, but those of a test that is run again. */
function earlier(id: string): readonly Result[] {
  const file = join(import.meta.dirname, 'results', `reliability-${new Date().toISOString().slice(0, 10)}.json`);
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as { results: Result[] }).results.filter((one) => one.id !== id);
}

function byNumber(a: Result, b: Result): number {
  return Number(a.id.slice(1)) - Number(b.id.slice(1));
}

// npm test [-- gate…]: every gate, two lanes side by side, all of them even after a failure; then the summary.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DISTRIBUTED, GATES, lanesOf } from './gates.mjs';
import { runNode } from './run-command.mjs';
import { SUITES } from './suites.mjs';

const counts = mkdtempSync(join(tmpdir(), 'reglament-test-'));
const wanted = process.argv.slice(2);
const lanes = lanesOf(GATES.filter((gate) => wanted.length === 0 || wanted.includes(gate)));
const results = [];
const startedAt = performance.now();

try {
  await Promise.all(lanes.map(runLane));
} finally {
  rmSync(counts, { recursive: true, force: true });
}
summarise();

async function runLane(lane) {
  for (const gate of lane) {
    const gateStartedAt = performance.now();
    const outcome = await (lanes.length > 1 ? runToItsEnd(gate) : runAloud(gate));
    results.push({ gate, seconds: secondsSince(gateStartedAt), ...outcome });
  }
}

function runAloud(gate) {
  console.log(headline(gate));
  return runGate(gate);
}

/** Says what the gate said when it is done: two of them at once would talk across each other. */
async function runToItsEnd(gate) {
  console.log(`${gate}…`);
  const said = [];
  const outcome = await runGate(gate, (text) => said.push(text));
  process.stdout.write(`${headline(gate)}\n${Buffer.concat(said).toString('utf8')}`);
  return outcome;
}

/** A suite that dies before it reports counts as one failed test. */
async function runGate(gate, print) {
  const path = join(counts, `${gate}.json`);
  const code = await runNode(['scripts/run-gate.mjs', gate], { env: { REGLAMENT_TEST_COUNTS: path }, print });
  if (!isSuite(gate)) return { failed: code !== 0 };
  try {
    const counted = JSON.parse(readFileSync(path, 'utf8'));
    // A hook of the run itself (the global teardown) fails without a failed test.
    return { failed: code !== 0, tests: code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted };
  } catch {
    return { failed: true, tests: { passed: 0, failed: 1, pending: 0, failures: ['died before it reported'] } };
  }
}

function isSuite(gate) {
  return gate === DISTRIBUTED || SUITES.includes(gate);
}

function summarise() {
  console.log(headline('summary'));
  const inOrder = [...results].sort((left, right) => GATES.indexOf(left.gate) - GATES.indexOf(right.gate));
  for (const { gate, failed, seconds, tests } of inOrder) {
    const detail =
      tests === undefined ? '' : `${tests.passed} passed, ${tests.failed} failed, ${tests.pending} pending`;
    console.log(`${failed ? 'FAILED' : 'ok    '}  ${gate.padEnd(11)} ${seconds.toFixed(1).padStart(6)} s  ${detail}`);
  }
  // Again at the very end: of a long log that is what is read, or all that is kept.
  for (const { gate, tests } of inOrder) {
    for (const failure of tests?.failures ?? []) console.log(`\n${gate}: ${failure}`);
  }
  const sum = (key) => results.reduce((total, { tests }) => total + (tests?.[key] ?? 0), 0);
  const broken = inOrder.filter(({ failed }) => failed).map(({ gate }) => gate);
  if (broken.length > 0) console.log(`\nFailed gates: ${broken.join(', ')}`);
  console.log(`\n${secondsSince(startedAt).toFixed(0)} s in all`);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}

function headline(title) {
  return `\n── ${title} ${'─'.repeat(Math.max(0, 60 - title.length))}`;
}

function secondsSince(from) {
  return (performance.now() - from) / 1000;
}

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { buildCalendarSet, instanceRows, readBpmn, readDmn, type Instance, type Key } from '#engine';
import { runTrace } from '#engine/testing';
import { inTransaction } from '../database/transaction.ts';
import { openTestDatabase, type OpenTestDatabase } from '../database/test/open-test-database.ts';
import { invariants } from '../fsck/invariants.ts';
import { findViolations } from '../fsck/test/find-violations.ts';
import { forEachDialect } from '../test/dialects.ts';
import { NO_CASE } from './instance-rows.ts';
import { loadInstances, writeSteps, type Step } from './instance-store.ts';

const SCENARIOS = new URL('../../engine/test/scenarios/', import.meta.url);
const CALENDARS = new URL('../../processes/calendars/', import.meta.url);
const OWNED = [
  'process_instance element_instance variable token loop_item loop_result compensation_record',
  'user_task_candidate user_task job timer message_subscription signal_subscription condition_subscription',
  'incident history_event',
].flatMap((names) => names.split(' '));

/** The steps are written without a deployment, without keys of the installation and without called instances. */
const ofInstances = invariants.filter(
  ({ id }) => !['definition-is-there', 'keys-reserved', 'called-once', 'database-is-sound'].includes(id),
);

const calendars = buildCalendarSet(
  readdirSync(CALENDARS)
    .filter((name) => /\.(calendar|schedule)\.json$/.test(name))
    .map((name) => ({ name, content: JSON.parse(readFileSync(new URL(name, CALENDARS), 'utf8')) as unknown })),
);

/** Every step of a scenario of the engine, as the runner would store it. */
async function stepsOf(scenario: string): Promise<readonly Step[]> {
  const read = (ending: string): string => readFileSync(new URL(`${scenario}${ending}`, SCENARIOS), 'utf8');
  const { processes } = await readBpmn(read('.bpmn'));
  const decisions = existsSync(new URL(`${scenario}.dmn`, SCENARIOS)) ? (await readDmn(read('.dmn'))).decisions : [];
  const nodes = processes.flatMap((process) => [...process.nodes.values()]);
  const forms = nodes.flatMap((node) => ('form' in node && node.form !== undefined ? [node.form.id.text] : []));
  const steps: Step[] = [];
  const latest = new Map<Key, Instance>();
  runTrace(read('.trace'), { processes, decisions, forms, calendars }, (history, instance, changes) => {
    const key = instance.header.processInstanceKey;
    const now = history.at(-1)?.at ?? 0;
    const events = history.map(({ event }) => event);
    const accepted = { accepted: true, instance, events, history, changes, effects: [], nextKey: 0 } as const;
    steps.push({ ...NO_CASE, before: latest.get(key) ?? null, accepted, processName: scenario, callDepth: 0, now });
    latest.set(key, instance);
  });
  return steps;
}

forEachDialect((dialect) => {
  describe('after every step of every scenario the rows give the state that was in memory', () => {
    let open: OpenTestDatabase;
    before(async () => (open = await openTestDatabase(dialect)));
    after(() => open.drop());
    afterEach(() =>
      inTransaction(open.database, async (tx) => {
        for (const table of OWNED) await tx.sql(table).del();
      }),
    );

    const traces = readdirSync(SCENARIOS).filter((name) => name.endsWith('.trace'));
    for (const scenario of traces.map((name) => name.slice(0, -'.trace'.length)).sort()) {
      it(scenario, async () => {
        for (const step of await stepsOf(scenario)) {
          const key = step.accepted.instance.header.processInstanceKey;
          const loaded = await inTransaction(open.database, async (tx) => {
            await writeSteps(tx, [step]);
            return (await loadInstances(tx, [key])).get(key)!.instance;
          });
          assert.deepEqual(plain(loaded), plain(step.accepted.instance));
        }
        assert.deepEqual(await findViolations(open.database, { only: ofInstances }), []);
      });
    }
  });
});

function plain(instance: Instance): unknown {
  return JSON.parse(JSON.stringify(instanceRows(instance)));
}
